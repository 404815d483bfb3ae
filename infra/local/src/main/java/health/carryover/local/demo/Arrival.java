package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Recording;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** How a session reaches the clinic: filmed, counted on the phone, uploaded, stored once, counted again. */
final class Arrival {
    private final LocalCloud cloud;
    private final DemoClinic.Filled filled;
    private final Clinic.Person rosa;
    private final Clinic.Person therapist;
    private final Teller teller;

    Arrival(LocalCloud cloud, DemoClinic.Filled filled, Teller teller) {
        this.cloud = cloud;
        this.filled = filled;
        this.teller = teller;
        rosa = filled.patients().getFirst();
        therapist = filled.therapists().getFirst();
    }

    void tell(Story.Filmed filmed) {
        Exercise exercise = ExerciseLibrary.builtIn().find(filmed.exercise()).orElseThrow();
        MotionReport report = exercise.analyse(filmed.recording()).orElseThrow();
        teller.line(
                "Rosa's phone", "films %s (%s)".formatted(exercise.name().toLowerCase(Locale.ROOT), filmed.source()));
        teller.line(
                "layers/clinical",
                "counts on the phone: %d repetitions, %d partial, view %s, confidence %.2f"
                        .formatted(
                                report.full().size(),
                                report.partial().size(),
                                report.view().name().toLowerCase(Locale.ROOT),
                                report.confidence()));
        byte[] landmarks = landmarks(filmed.recording());
        Instant ended = cloud.clock().instant().minus(Duration.ofDays(6));
        String sessionId = filled.clinic().sessionId(ended);
        JsonNode address = rosa.api()
                .post(
                        "/v1/uploads",
                        Map.of(
                                "sessionId",
                                sessionId,
                                "exercise",
                                filmed.exercise(),
                                "format",
                                "landmarks.v1",
                                "bytes",
                                landmarks.length,
                                "sha256",
                                ApiClient.sha256(landmarks)))
                .ok();
        Map<String, String> headers = new HashMap<>();
        address.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        int status = ApiClient.upload(address.path("url").asText(), headers, landmarks);
        cloud.waitUntilQuiet();
        if (status != 200) throw new IllegalStateException("the recording was not taken: " + status);
        String key = cloud
                .client(S3Client.builder())
                .listObjectsV2(list ->
                        list.bucket(cloud.environment("SessionUploadFunction").variable("RECORDINGS_BUCKET")))
                .contents()
                .stream()
                .map(object -> object.key())
                .filter(name -> name.endsWith(address.path("uploadId").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the recording is not in storage"));
        teller.line(
                "S3 Recordings",
                "%,d bytes of landmarks.v1 by presigned PUT, accepted on arrival: %s".formatted(landmarks.length, key));

        Map<String, Object> session = new HashMap<>();
        session.put("sessionId", sessionId);
        session.put("programVersion", 1);
        session.put("startedAt", ended.minus(Duration.ofMinutes(17)).toString());
        session.put("endedAt", ended.toString());
        session.put("zone", Story.ZONE.getId());
        session.put("recordedBy", "CAMERA");
        session.put(
                "exercises",
                List.of(
                        Map.of(
                                "code", filmed.exercise(),
                                "completion", "DONE",
                                "repetitions", report.full().size(),
                                "partialRepetitions", report.partial().size()),
                        Map.of("code", "heel_slide", "completion", "SKIPPED")));
        session.put("pain", Map.of("before", 4, "after", 5));
        session.put("notes", "Knee feels stiff in the evening, the slides hurt.");
        session.put("recordings", List.of(address.path("uploadId").asText()));
        Map<String, String> sentAt =
                Map.of("Carryover-Sent-At", cloud.clock().instant().toString());
        ApiClient.Response first = rosa.api().call("POST", "/v1/sessions", session, sentAt);
        ApiClient.Response second = rosa.api().call("POST", "/v1/sessions", session, sentAt);
        first.ok();
        second.ok();
        cloud.waitUntilQuiet();
        teller.line(
                "POST /v1/sessions",
                "her session of %s, done offline, uploaded now: %d; the phone sends it twice: %d, stored once"
                        .formatted(Teller.local(ended), first.status(), second.status()));
        measured(sessionId);
    }

    private void measured(String sessionId) {
        for (JsonNode stored : therapist
                .api()
                .get("/v1/patients/" + rosa.id() + "/sessions")
                .ok()
                .path("sessions")) {
            if (!stored.path("session").path("sessionId").asText().equals(sessionId)) continue;
            JsonNode check = stored.path("movement").path(0);
            if (check.isMissingNode()) throw new IllegalStateException("the recording was not measured");
            teller.line(
                    "motion-analysis",
                    "counts again in the cloud, from the recording: %d repetitions, the phone claims %d: %s"
                            .formatted(
                                    check.path("countedRepetitions").asInt(),
                                    check.path("claimedRepetitions").asInt(),
                                    check.path("verdict").asText().toLowerCase(Locale.ROOT)));
        }
    }

    private static byte[] landmarks(Recording recording) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LandmarksHeader header = new LandmarksHeader("pose-landmarker", "full", recording.fps(), recording.size());
        try (LandmarksEncoder encoder = new LandmarksEncoder(bytes, header)) {
            for (Frame frame : recording.frames()) encoder.add(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
