package health.carryover.local.loop;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Recording;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.streams.ImuEncoder;
import health.carryover.platform.streams.ImuHeader;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.s3.S3Client;

/** The cloud with phones that film. */
abstract class RecordedCloud extends LoopCloud {
    static final S3Client S3 = CLOUD.client(S3Client.builder());
    static final String BUCKET =
            Objects.requireNonNull(CLOUD.template().resource("Recordings")).ref();

    /** A simulated person's squats as a landmark recording. */
    static byte[] squats(int repetitions) {
        try {
            Recording recording = BodyModel.doing(Move.SQUAT, repetitions).record();
            var bytes = new ByteArrayOutputStream();
            try (var encoder = new LandmarksEncoder(
                    bytes, new LandmarksHeader("body-model", "1", recording.fps(), new ImageSize(1280, 720)))) {
                for (Frame frame : recording.frames()) encoder.add(frame);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Two sensors at rest; blocks of ten samples, in the order and with the gaps of these block numbers. */
    static byte[] sensors(int... blocks) {
        var header = new ImuHeader(
                "made-up-imu",
                "1",
                100,
                List.of(
                        new ImuHeader.Sensor(Segment.THIGH, ImuHeader.Side.LEFT),
                        new ImuHeader.Sensor(Segment.SHANK, ImuHeader.Side.LEFT)));
        var bytes = new ByteArrayOutputStream();
        try (var encoder = new ImuEncoder(bytes, header)) {
            for (int number : blocks) {
                long[] timesUs = new long[10];
                for (int i = 0; i < 10; i++) timesUs[i] = (number * 10L + i) * 10_000;
                encoder.add(ImuBlock.of(0, number * 10L, timesUs[9], 70 - number, false, timesUs, new float[90]));
            }
            return closed(encoder, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A whole recording of sensors on these segments, all of the right side. */
    static byte[] worn(List<Segment> segments, List<ImuBlock> blocks) {
        var header = new ImuHeader(
                "made-up-imu",
                "1",
                100,
                segments.stream()
                        .map(segment -> new ImuHeader.Sensor(segment, ImuHeader.Side.RIGHT))
                        .toList());
        var bytes = new ByteArrayOutputStream();
        try (var encoder = new ImuEncoder(bytes, header)) {
            for (ImuBlock block : blocks) encoder.add(block);
            return closed(encoder, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] closed(ImuEncoder encoder, ByteArrayOutputStream bytes) throws IOException {
        encoder.close();
        return bytes.toByteArray();
    }

    static Map<String, Object> announcement(Small small, byte[] content) {
        return announcement(small.clinic().sessionId(now()), "landmarks.v1", content);
    }

    static Map<String, Object> announcement(String sessionId, String format, byte[] content) {
        return new HashMap<>(Map.of(
                "sessionId",
                sessionId,
                "exercise",
                "squat",
                "format",
                format,
                "bytes",
                content.length,
                "sha256",
                ApiClient.sha256(content)));
    }

    /** @return upload id, address and headers */
    static JsonNode announced(Small small, Map<String, Object> announcement) {
        return small.patient().api().post("/v1/uploads", announcement).ok();
    }

    static JsonNode announced(Small small, byte[] content) {
        return announced(small, announcement(small, content));
    }

    static int put(JsonNode address, byte[] content) {
        Map<String, String> headers = new HashMap<>();
        address.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        int status = ApiClient.upload(address.path("url").asText(), headers, content);
        CLOUD.waitUntilQuiet();
        return status;
    }

    static String state(Small small, JsonNode address) {
        return records()
                .get(Key.recording(small.ref(), address.path("uploadId").asText()), Kind.RECORDING)
                .orElseThrow()
                .clear()
                .get(Clear.state);
    }

    static String key(PatientRef patient, String uploadId) {
        return String.join("/", "landmarks", patient.clinic(), patient.patient(), uploadId);
    }

    static String key(Small small, JsonNode address) {
        return key(small.ref(), address.path("uploadId").asText());
    }

    /** Versions and delete markers of a key: what is left of it in whatever form. */
    static int left(String key) {
        return S3.listObjectVersions(list -> list.bucket(BUCKET).prefix(key))
                .versions()
                .size();
    }
}
