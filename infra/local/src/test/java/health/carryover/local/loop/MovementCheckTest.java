package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.local.cloud.Invocation;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.records.Measurements;
import health.carryover.platform.records.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the device claims beside what its recording shows, as the therapist reads it. */
class MovementCheckTest extends MeasuredCloud {
    @ParameterizedTest
    @EnumSource
    void a_wrong_count_is_shown_to_the_therapist_whichever_comes_first(Order order) {
        Done done = done(order, TEN, 14);
        JsonNode check = done.check();
        assertThat(check.path("exercise").asText()).isEqualTo("squat");
        assertThat(done.verdict()).isEqualTo("DISAGREES");
        assertThat(check.path("claimedRepetitions").asInt()).isEqualTo(14);
        assertThat(check.path("countedRepetitions").asInt()).isEqualTo(10);
        // The simulated person bends the knee by 90 degrees from 5; seen from in front that is an estimate.
        assertThat(check.path("medianPeakAngleDegrees").asDouble()).isCloseTo(95, within(15.0));
        assertThat(check.path("confidence").asDouble()).isBetween(0.2, 1.0);
        assertThat(check.path("algorithms").path(0).asText()).isEqualTo(MotionMeter.VERSION + "+local");
        assertThat(check.path("tolerance").asText()).isEqualTo("v1");
        assertThat(new Tables(CLOUD).audit(Key.patientPk(done.small().ref())))
                .contains("MeasureRecording MEASURED", "CompareMovement DISAGREES");
    }

    @ParameterizedTest
    @EnumSource
    void a_right_count_is_not_flagged_whichever_comes_first(Order order) {
        Done done = done(order, TEN, 10);
        assertThat(done.verdict()).isEqualTo("AGREES");
        assertThat(done.check().path("countedRepetitions").asInt()).isEqualTo(10);
        assertThat(new Tables(CLOUD).audit(Key.patientPk(done.small().ref())))
                .contains("CompareMovement AGREES")
                .doesNotContain("CompareMovement DISAGREES");
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of(9, "AGREES"),
                Arguments.of(11, "AGREES"),
                Arguments.of(12, "DISAGREES"),
                Arguments.of(8, "DISAGREES"),
                Arguments.of(0, "DISAGREES"),
                Arguments.of(null, "NOT_CLAIMED"));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void one_repetition_more_or_less_is_a_matter_of_opinion(Integer claimed, String verdict) {
        assertThat(done(Order.SESSION_FIRST, TEN, claimed).verdict()).isEqualTo(verdict);
    }

    @Test
    void the_measurement_is_kept_with_its_peaks_and_nothing_of_it_is_in_clear() {
        Done done = done(Order.RECORDING_FIRST, TEN, 10);
        Measurement measurement = records()
                .get(Key.measurement(done.small().ref(), done.sessionId(), done.uploadId()), Kind.MEASUREMENT)
                .orElseThrow()
                .content();
        assertThat(measurement.movement().repetitions()).isEqualTo(10);
        assertThat(measurement.movement().peakAnglesDegrees()).hasSize(10);
        var item = new Tables(CLOUD)
                .items("Records", Key.patientPk(done.small().ref()), "MEASURE#")
                .getFirst();
        assertThat(item.keySet()).containsExactlyInAnyOrder("PK", "SK", "type", "version", "sealed");
        assertThat(item.get("SK").s()).isEqualTo("MEASURE#" + done.sessionId() + "#" + done.uploadId());
    }

    @Test
    void several_recordings_of_one_exercise_count_together_once_all_are_there() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode first = announced(small, announcement(sessionId, "landmarks.v1", TEN));
        JsonNode second = announced(small, announcement(sessionId, "landmarks.v1", FIVE));
        upload(
                        small.patient(),
                        filmed(
                                small,
                                sessionId,
                                15,
                                List.of(
                                        first.path("uploadId").asText(),
                                        second.path("uploadId").asText())))
                .ok();
        put(first, TEN);
        assertThat(checks(small, sessionId).path(0).path("verdict").asText()).isEqualTo("WAITING");
        put(second, FIVE);
        JsonNode check = checks(small, sessionId).path(0);
        assertThat(check.path("verdict").asText()).isEqualTo("AGREES");
        assertThat(check.path("countedRepetitions").asInt()).isEqualTo(15);
        assertThat(check.path("recordings")).hasSize(2);
    }

    /** EventBridge delivers at least once, and anybody who may tag makes the same event. */
    @ParameterizedTest
    @EnumSource
    void the_same_news_twice_changes_nothing(Order order) {
        Done done = done(order, TEN, 14);
        Tables tables = new Tables(CLOUD);
        var before = items(tables, done);
        List<String> audit = tables.audit(Key.patientPk(done.small().ref()));
        JsonNode news = Json.MAPPER.valueToTree(Map.of(
                "detail", Map.of("object", Map.of("key", key(done.small(), done.address())))));
        for (int i = 0; i < 2; i++)
            assertThat(CLOUD.invoke("MotionAnalysisFunction", news))
                    .isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree("MEASURED")));
        assertThat(CLOUD.invoke("RecordingArrivalFunction", news))
                .isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree("ACCEPTED")));
        CLOUD.waitUntilQuiet();
        assertThat(items(tables, done)).isEqualTo(before);
        assertThat(tables.audit(Key.patientPk(done.small().ref()))).isEqualTo(audit);
    }

    private static List<Map<String, AttributeValue>> items(Tables tables, Done done) {
        String pk = Key.patientPk(done.small().ref());
        return tables.items("Records").stream()
                .filter(item -> item.get("PK").s().equals(pk))
                .toList();
    }

    /** Whoever stores last has everything in view, and whoever looked too early is told to look again. */
    @Test
    void of_recordings_and_a_session_that_arrive_at_once_none_is_left_out() throws Exception {
        Environment environment = CLOUD.environment("MotionAnalysisFunction");
        for (int round = 0; round < 5; round++) {
            Small small = small();
            String sessionId = small.clinic().sessionId(now());
            List<Callable<Object>> arrivals = new ArrayList<>();
            arrivals.add(() -> upload(small.patient(), filmed(small, sessionId, 16, List.of()))
                    .ok());
            for (int i = 0; i < 8; i++) {
                Measurement measurement = measurement("u-" + i, 2);
                Records records = records();
                arrivals.add(() -> {
                    records.commit(List.of(Measurements.store(small.ref(), sessionId, measurement)));
                    new Measurements(environment, records).settle(small.ref(), sessionId);
                    return measurement;
                });
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(arrivals.size())) {
                for (var arrival : threads.invokeAll(arrivals)) arrival.get();
            }
            CLOUD.waitUntilQuiet();
            JsonNode check = checks(small, sessionId).path(0);
            assertThat(check.path("countedRepetitions").asInt()).isEqualTo(16);
            assertThat(check.path("verdict").asText()).isEqualTo("AGREES");
        }
    }

    @Test
    void a_sensor_recording_tells_what_the_radio_lost_and_why_nothing_was_counted() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        byte[] recording = sensors(0, 2, 1, 1, 5);
        JsonNode address = announced(small, announcement(sessionId, "imu.v1", recording));
        put(address, recording);
        upload(small.patient(), filmed(small, sessionId, 10, List.of())).ok();
        JsonNode check = checks(small, sessionId).path(0);
        assertThat(check.path("verdict").asText()).isEqualTo("NOT_COUNTED");
        assertThat(check.has("countedRepetitions")).isFalse();
        assertThat(check.path("notMeasured").path(0).path("reason").asText()).isEqualTo("SENSOR_MISSING");
        assertThat(check.path("notMeasured").path(0).path("details").path(0).asText())
                .isEqualTo("SHANK");
        JsonNode thigh = check.path("sensors").path(0);
        assertThat(thigh.path("segment").asText()).isEqualTo("THIGH");
        assertThat(thigh.path("samples").asInt()).isEqualTo(40);
        assertThat(thigh.path("doubledSamples").asInt()).isEqualTo(10);
        assertThat(thigh.path("lostSamples").asInt()).isEqualTo(20);
        assertThat(thigh.path("lateBlocks").asInt()).isEqualTo(2);
        assertThat(thigh.path("lowestBatteryPercent").asInt()).isEqualTo(65);
        assertThat(check.path("sensors").path(1).path("blocks").asInt()).isZero();
    }
}
