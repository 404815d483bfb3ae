package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.clinical.session.SensorMeter;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the device claims beside what the cloud counts in its sensors' stream, as the therapist reads it. */
class SensorCheckTest extends MeasuredCloud {
    private static final List<Segment> LEG = List.of(Segment.THIGH, Segment.SHANK);
    private static final byte[] TEN_FELT = worn(LEG, SquattingLeg.squats(10));

    private static Done felt(Order order, byte[] recording, Integer claimed) {
        return done(order, "imu.v1", recording, claimed);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_count_is_shown_to_the_therapist_whichever_comes_first(Order order) {
        Done done = felt(order, TEN_FELT, 14);
        JsonNode check = done.check();
        assertThat(done.verdict()).isEqualTo("DISAGREES");
        assertThat(check.path("claimedRepetitions").asInt()).isEqualTo(14);
        assertThat(check.path("countedRepetitions").asInt()).isEqualTo(10);
        assertThat(check.path("medianPeakAngleDegrees").asDouble()).isCloseTo(90, within(4.0));
        assertThat(check.path("confidence").asDouble()).isGreaterThan(0.95);
        assertThat(check.path("views")).isEmpty();
        assertThat(check.path("notMeasured")).isEmpty();
        assertThat(check.path("algorithms").path(0).asText()).isEqualTo(SensorMeter.VERSION + "+local");
        assertThat(check.path("sensors")).hasSize(2);
        assertThat(new Tables(CLOUD).audit(Key.patientPk(done.small().ref())))
                .contains("MeasureRecording MEASURED", "CompareMovement DISAGREES");
    }

    @ParameterizedTest
    @EnumSource
    void a_right_count_is_not_flagged_whichever_comes_first(Order order) {
        Done done = felt(order, TEN_FELT, 10);
        assertThat(done.verdict()).isEqualTo("AGREES");
        assertThat(done.check().path("countedRepetitions").asInt()).isEqualTo(10);
        Measurement stored = records()
                .get(Key.measurement(done.small().ref(), done.sessionId(), done.uploadId()), Kind.MEASUREMENT)
                .orElseThrow()
                .content();
        assertThat(stored.movement().peakAnglesDegrees()).hasSize(10);
        assertThat(stored.movement().view()).isNull();
    }

    @Test
    void without_a_still_pose_it_says_so_and_guesses_nothing() {
        Done done = felt(Order.RECORDING_FIRST, worn(LEG, SquattingLeg.withoutStillPose(10)), 14);
        assertThat(done.verdict()).isEqualTo("NOT_COUNTED");
        JsonNode check = done.check();
        assertThat(check.has("countedRepetitions")).isFalse();
        assertThat(check.path("notMeasured").path(0).path("reason").asText()).isEqualTo("NO_STILL_POSE");
        assertThat(check.path("notMeasured").path(0).path("details"))
                .extracting(JsonNode::asText)
                .contains("TURNING");
        assertThat(check.path("sensors").path(0).path("samples").asInt()).isGreaterThan(4_000);
    }

    @Test
    void sensors_on_other_segments_than_the_angle_needs_are_said_to() {
        Done done =
                felt(Order.SESSION_FIRST, worn(List.of(Segment.UPPER_ARM, Segment.FOREARM), SquattingLeg.squats(2)), 2);
        assertThat(done.verdict()).isEqualTo("NOT_COUNTED");
        assertThat(done.check().path("notMeasured").path(0).path("reason").asText())
                .isEqualTo("SENSOR_MISSING");
    }

    /** The same repetitions, filmed and felt, are not twice as many. */
    @Test
    void a_camera_and_sensors_at_once_count_the_same_repetitions_once() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode camera = announced(small, announcement(sessionId, "landmarks.v1", TEN));
        JsonNode sensors = announced(small, announcement(sessionId, "imu.v1", TEN_FELT));
        put(camera, TEN);
        put(sensors, TEN_FELT);
        upload(small.patient(), filmed(small, sessionId, 10, List.of())).ok();
        JsonNode check = checks(small, sessionId).path(0);
        assertThat(check.path("countedRepetitions").asInt()).isEqualTo(10);
        assertThat(check.path("verdict").asText()).isEqualTo("AGREES");
        assertThat(check.path("recordings")).hasSize(2);
    }

    /** One of two sets cannot be counted: the sum says nothing against the device. */
    @Test
    void a_set_that_could_not_be_measured_makes_the_count_uncertain() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        List<ImuBlock> moving = SquattingLeg.withoutStillPose(10);
        byte[] unmeasured = worn(LEG, moving);
        put(announced(small, announcement(sessionId, "imu.v1", TEN_FELT)), TEN_FELT);
        put(announced(small, announcement(sessionId, "imu.v1", unmeasured)), unmeasured);
        upload(small.patient(), filmed(small, sessionId, 20, List.of())).ok();
        JsonNode check = checks(small, sessionId).path(0);
        assertThat(check.path("verdict").asText()).isEqualTo("UNCERTAIN");
        assertThat(check.path("notMeasured")).hasSize(1);
    }
}
