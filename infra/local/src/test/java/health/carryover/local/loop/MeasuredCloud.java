package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.records.Measurement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cloud with a session, its recording, and what the therapist reads about both. */
abstract class MeasuredCloud extends RecordedCloud {
    static final byte[] TEN = squats(10);
    static final byte[] FIVE = squats(5);

    enum Order {
        RECORDING_FIRST,
        SESSION_FIRST
    }

    record Done(Small small, String sessionId, JsonNode address) {
        String uploadId() {
            return address.path("uploadId").asText();
        }

        JsonNode check() {
            return checks(small, sessionId).path(0);
        }

        String verdict() {
            return check().path("verdict").asText();
        }
    }

    static JsonNode checks(Small small, String sessionId) {
        JsonNode sessions = small.therapist()
                .api()
                .get("/v1/patients/" + small.patient().id() + "/sessions")
                .ok()
                .path("sessions");
        for (JsonNode stored : sessions)
            if (stored.path("session").path("sessionId").asText().equals(sessionId)) return stored.path("movement");
        throw new AssertionError("no such session");
    }

    static Map<String, Object> filmed(Small small, String sessionId, Integer repetitions, List<String> uploads) {
        Map<String, Object> session = session(small.clinic(), now());
        session.put("sessionId", sessionId);
        session.put("recordedBy", "CAMERA");
        Map<String, Object> squat = new HashMap<>(Map.of("code", "squat", "completion", "DONE"));
        if (repetitions != null) squat.put("repetitions", repetitions);
        session.put("exercises", List.of(squat));
        session.put("recordings", uploads);
        return session;
    }

    /** One session and its one recording, in the given order. */
    static Done done(Order order, byte[] recording, Integer claimed) {
        return done(order, "landmarks.v1", recording, claimed);
    }

    static Done done(Order order, String format, byte[] recording, Integer claimed) {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode address = announced(small, announcement(sessionId, format, recording));
        Map<String, Object> session = filmed(
                small, sessionId, claimed, List.of(address.path("uploadId").asText()));
        if (order == Order.SESSION_FIRST) upload(small.patient(), session).ok();
        assertThat(put(address, recording)).isEqualTo(200);
        if (order == Order.RECORDING_FIRST) upload(small.patient(), session).ok();
        return new Done(small, sessionId, address);
    }

    static Measurement measurement(String uploadId, int repetitions) {
        return new Measurement(
                uploadId,
                "squat",
                "a test",
                now(),
                new Measurement.Movement(repetitions, 0, List.of(90.0), "FRONTAL", 0.9, List.of()),
                List.of(),
                null,
                null);
    }
}
