package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Recording;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

class RecordingTest extends LoopCloud {
    private static final byte[] SQUATS = squats();
    private static final S3Client S3 = CLOUD.client(S3Client.builder());
    private static final String BUCKET =
            Objects.requireNonNull(CLOUD.template().resource("Recordings")).ref();

    private static byte[] squats() {
        try {
            Recording recording = BodyModel.doing(Move.SQUAT, 3).record();
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

    private static String sha256(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> announcement(byte[] content) {
        return new HashMap<>(Map.of(
                "exercise", "squat", "format", "landmarks.v1", "bytes", content.length, "sha256", sha256(content)));
    }

    private static JsonNode announced(Small small, byte[] content) {
        return small.patient().api().post("/v1/uploads", announcement(content)).ok();
    }

    private static int put(JsonNode address, byte[] content) {
        Map<String, String> headers = new HashMap<>();
        address.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        int status = ApiClient.upload(address.path("url").asText(), headers, content);
        CLOUD.waitUntilQuiet();
        return status;
    }

    private static String state(Small small, JsonNode address) {
        return records()
                .get(Key.recording(small.ref(), address.path("uploadId").asText()), Kind.RECORDING)
                .orElseThrow()
                .clear()
                .get(Clear.state);
    }

    private static String key(PatientRef patient, String uploadId) {
        return String.join("/", "landmarks", patient.clinic(), patient.patient(), uploadId);
    }

    private static String key(Small small, JsonNode address) {
        return key(small.ref(), address.path("uploadId").asText());
    }

    /** Versions and delete markers of a key: what is left of it in whatever form. */
    private static int left(String key) {
        return S3.listObjectVersions(list -> list.bucket(BUCKET).prefix(key))
                .versions()
                .size();
    }

    @Test
    void an_announced_recording_is_checked_on_arrival_and_accepted() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        assertThat(state(small, address)).isEqualTo("ANNOUNCED");

        assertThat(put(address, SQUATS)).isEqualTo(200);

        assertThat(state(small, address)).isEqualTo("ACCEPTED");
        assertThat(S3.getObjectTagging(get -> get.bucket(BUCKET).key(key(small, address)))
                        .tagSet())
                .containsExactly(Tag.builder().key("accepted").value("true").build());
        assertThat(new Tables(CLOUD).audit(Key.patientPk(small.ref())))
                .contains("UploadRecording ALLOWED", "RecordingArrived ACCEPTED");
    }

    @Test
    void what_is_not_what_was_announced_does_not_enter_storage() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        byte[] otherBytes = SQUATS.clone();
        otherBytes[100]++;
        assertThat(put(address, otherBytes)).isBetween(400, 403);
        assertThat(put(
                        address,
                        (new String(SQUATS, StandardCharsets.ISO_8859_1) + "x").getBytes(StandardCharsets.ISO_8859_1)))
                .isBetween(400, 403);
        assertThat(put(address, new byte[0])).isBetween(400, 411);
        assertThat(ApiClient.upload(address.path("url").asText(), Map.of(), SQUATS))
                .isEqualTo(403);
        assertThat(left(key(small, address))).isZero();
        assertThat(state(small, address)).isEqualTo("ANNOUNCED");
    }

    @Test
    void a_recording_cannot_be_overwritten() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        assertThat(put(address, SQUATS)).isEqualTo(200);
        assertThat(put(address, SQUATS)).isEqualTo(412);
        assertThat(left(key(small, address))).isEqualTo(1);
    }

    @Test
    void the_address_lives_a_quarter_of_an_hour_and_its_life_is_signed() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        String url = address.path("url").asText();
        assertThat(url).contains("X-Amz-Expires=900&");
        ObjectNode longer = address.deepCopy();
        longer.put("url", url.replace("X-Amz-Expires=900", "X-Amz-Expires=9000"));
        assertThat(put(longer, SQUATS)).isEqualTo(403);
        longer.put("url", url.replaceFirst("X-Amz-Date=[0-9TZ]+", "X-Amz-Date=20250101T000000Z"));
        assertThat(put(longer, SQUATS)).isEqualTo(403);
        longer.put(
                "url",
                url.replace(address.path("uploadId").asText(), small.clinic().sessionId(now())));
        assertThat(put(longer, SQUATS)).isEqualTo(403);
        assertThat(left(key(small, address))).isZero();
    }

    @Test
    void consent_withdrawn_while_the_recording_was_on_its_way_erases_it() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
        assertThat(put(address, SQUATS)).isEqualTo(200);
        assertThat(state(small, address)).isEqualTo("NO_CONSENT");
        assertThat(left(key(small, address))).isZero();
        assertThat(small.patient()
                        .api()
                        .post("/v1/uploads", announcement(SQUATS))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "cut off", "a byte changed", "gzip of nothing"})
    void content_that_is_no_recording_is_erased_though_its_digest_is_right(String what) throws IOException {
        Small small = small();
        byte[] content = switch (what) {
            case "garbage" -> "not a recording at all".getBytes(StandardCharsets.UTF_8);
            case "cut off" -> java.util.Arrays.copyOf(SQUATS, SQUATS.length / 2);
            case "a byte changed" -> {
                byte[] changed = SQUATS.clone();
                changed[changed.length / 2] ^= 1;
                yield changed;
            }
            default -> {
                var bytes = new ByteArrayOutputStream();
                new java.util.zip.GZIPOutputStream(bytes).close();
                yield bytes.toByteArray();
            }
        };
        JsonNode address = announced(small, content);
        assertThat(put(address, content)).isEqualTo(200);
        assertThat(state(small, address)).matches("[A-Z_]+").isNotIn("ANNOUNCED", "ACCEPTED", "NO_CONSENT");
        assertThat(left(key(small, address))).isZero();
    }

    @Test
    void an_object_that_nobody_announced_is_erased() {
        Small small = small();
        for (String key : List.of(
                key(small.ref(), small.clinic().sessionId(now())),
                "landmarks/nobody/nobody/nothing",
                "landmarks/a b/c#d/e",
                "elsewhere/x",
                "x")) {
            S3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(SQUATS));
            CLOUD.waitUntilQuiet();
            assertThat(left(key)).as(key).isZero();
        }
    }

    /** EventBridge delivers at least once. */
    @Test
    void the_news_of_an_arrival_may_come_twice() {
        Small small = small();
        JsonNode good = announced(small, SQUATS);
        byte[] garbage = "not a recording".getBytes(StandardCharsets.UTF_8);
        JsonNode bad = announced(small, garbage);
        put(good, SQUATS);
        put(bad, garbage);
        for (JsonNode address : List.of(good, bad)) {
            String state = state(small, address);
            Invocation again = CLOUD.invoke(
                    "RecordingArrivalFunction",
                    Json.MAPPER.valueToTree(Map.of("detail", Map.of("object", Map.of("key", key(small, address))))));
            assertThat(again).isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree(state)));
            assertThat(state(small, address)).isEqualTo(state);
        }
        assertThat(left(key(small, good))).isEqualTo(1);
    }

    @Test
    void an_announcement_of_what_is_never_a_recording_is_refused() {
        Small small = small();
        Map<String, Object> wrong = announcement(SQUATS);
        wrong.put("bytes", 20_000_001);
        wrong.put("sha256", "AAAA");
        wrong.put("format", "video");
        ApiClient.Response refused = small.patient().api().post("/v1/uploads", wrong);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("problems"))
                .extracting(problem -> problem.path("pointer").asText())
                .containsExactlyInAnyOrder("/bytes", "/sha256", "/format");
        wrong = announcement(SQUATS);
        wrong.put("exercise", "levitation");
        assertThat(small.patient().api().post("/v1/uploads", wrong).status()).isEqualTo(422);
    }
}
