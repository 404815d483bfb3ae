package health.carryover.clinical.body;

import static health.carryover.clinical.motion.Landmark.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.motion.Landmark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Compensations have the size that was asked for, measured here on the points at the peak. */
class DeviationTest {
    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration PEAK = Duration.ofMillis(1700);

    private static BodyModel one(Move move) {
        return BodyModel.doing(move, 2)
                .tempo(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMillis(500))
                .noise(0, 1)
                .active(Active.LEFT);
    }

    private static double[] at(double[][] body, Landmark landmark) {
        return body[landmark.ordinal()];
    }

    /** Degrees from the vertical, in the frontal plane, of the line from one point up to another; left positive. */
    private static double frontal(double[] low, double[] high) {
        return Math.toDegrees(Math.atan2(high[0] - low[0], high[1] - low[1]));
    }

    private static double valgus(double[][] body) {
        return frontal(at(body, LEFT_KNEE), at(body, LEFT_HIP)) - frontal(at(body, LEFT_ANKLE), at(body, LEFT_KNEE));
    }

    private static double pelvis(double[][] body) {
        double[] left = at(body, LEFT_HIP);
        double[] right = at(body, RIGHT_HIP);
        return Math.toDegrees(Math.asin((left[1] - right[1])
                / Math.hypot(Math.hypot(left[0] - right[0], left[1] - right[1]), left[2] - right[2])));
    }

    private static double lean(double[][] body) {
        double[] low = Axes.middle(at(body, LEFT_HIP), at(body, RIGHT_HIP));
        double[] high = Axes.middle(at(body, LEFT_SHOULDER), at(body, RIGHT_SHOULDER));
        return Math.toDegrees(Math.atan2(high[2] - low[2], high[1] - low[1]));
    }

    private static double trunk(double[][] body) {
        return Axes.length(Axes.minus(
                Axes.middle(at(body, LEFT_HIP), at(body, RIGHT_HIP)),
                Axes.middle(at(body, LEFT_SHOULDER), at(body, RIGHT_SHOULDER))));
    }

    @Test
    void a_knee_goes_inward_by_the_asked_angle_and_bends_as_before() {
        double straight = valgus(one(Move.SQUAT).bodyAt(PEAK));
        BodyModel model = one(Move.SQUAT).with(Deviation.KNEE_VALGUS, 15);
        assertThat(valgus(model.bodyAt(PEAK)) - straight).isCloseTo(15, within(0.5));
        assertThat(model.truth().getFirst().peakDeg()).isCloseTo(95, within(0.1));
        assertThat(model.truth().getFirst().deviations()).containsEntry(Deviation.KNEE_VALGUS, 15.0);
    }

    @Test
    void it_is_nothing_at_rest_and_only_on_the_chosen_repetitions() {
        BodyModel second = one(Move.SQUAT).with(Deviation.TRUNK_FORWARD_LEAN, 20, 2);
        assertThat(lean(second.bodyAt(REST))).isCloseTo(lean(one(Move.SQUAT).bodyAt(REST)), within(1e-9));
        assertThat(lean(second.bodyAt(PEAK))).isCloseTo(lean(one(Move.SQUAT).bodyAt(PEAK)), within(1e-9));
        Duration peakOfSecond = PEAK.plusMillis(2900);
        assertThat(lean(second.bodyAt(peakOfSecond)) - lean(one(Move.SQUAT).bodyAt(peakOfSecond)))
                .isCloseTo(20, within(0.1));
    }

    @Test
    void the_trunk_leans_aside_to_the_working_side() {
        double[][] body = one(Move.SHOULDER_ABDUCTION).with(Deviation.TRUNK_SIDE_LEAN, 12).bodyAt(PEAK);
        double[] low = Axes.middle(at(body, LEFT_HIP), at(body, RIGHT_HIP));
        double[] high = Axes.middle(at(body, LEFT_SHOULDER), at(body, RIGHT_SHOULDER));
        assertThat(frontal(low, high)).isCloseTo(12, within(0.2));
    }

    @Test
    void the_pelvis_tilts() {
        assertThat(pelvis(one(Move.SINGLE_LEG_STANCE).with(Deviation.HIP_HIKE, 10).bodyAt(PEAK)))
                .isCloseTo(10, within(0.1));
        // the left leg carries: the right side drops
        assertThat(pelvis(one(Move.STEP_UP).with(Deviation.PELVIC_DROP, 8).bodyAt(PEAK))).isCloseTo(8, within(0.1));
        // the right leg carries: the lifted left side drops
        assertThat(pelvis(one(Move.SINGLE_LEG_STANCE).with(Deviation.PELVIC_DROP, 8).bodyAt(PEAK)))
                .isCloseTo(-8, within(0.1));
    }

    @Test
    void the_shoulder_rises_to_the_ear_by_a_share_of_the_trunk() {
        double[][] plain = one(Move.SHOULDER_FLEXION).bodyAt(PEAK);
        double[][] shrugged = one(Move.SHOULDER_FLEXION).with(Deviation.SHOULDER_SHRUG, 0.15).bodyAt(PEAK);
        double rise = at(shrugged, LEFT_SHOULDER)[1] - at(plain, LEFT_SHOULDER)[1];
        assertThat(rise / trunk(plain)).isCloseTo(0.15, within(0.005));
        assertThat(at(shrugged, RIGHT_SHOULDER)).isEqualTo(at(plain, RIGHT_SHOULDER));
    }

    @Test
    void a_rounded_back_is_shorter_and_an_arched_one_too() {
        double straight = trunk(one(Move.HIP_HINGE).bodyAt(PEAK));
        // an arc of 60 degrees: its chord is sin(30) / 0.5236 of its length; the shoulders come forward and down besides
        assertThat(trunk(one(Move.HIP_HINGE).with(Deviation.ROUNDED_BACK, 60).bodyAt(PEAK)) / straight)
                .isBetween(0.85, 0.9549);
        double[][] arched = one(Move.PRONE_HIP_EXTENSION).with(Deviation.LUMBAR_ARCH, 20).bodyAt(PEAK);
        double[][] plain = one(Move.PRONE_HIP_EXTENSION).bodyAt(PEAK);
        assertThat(at(arched, LEFT_KNEE)[1]).isGreaterThan(at(plain, LEFT_KNEE)[1] + 0.05);
    }

    @Test
    void arm_knee_and_heel_leave_their_place() {
        double[][] drift = one(Move.BICEP_CURL).with(Deviation.ELBOW_DRIFT, 25).bodyAt(PEAK);
        double[][] plain = one(Move.BICEP_CURL).bodyAt(PEAK);
        assertThat(Axes.between(
                        Axes.minus(at(drift, LEFT_ELBOW), at(drift, LEFT_SHOULDER)),
                        Axes.minus(at(plain, LEFT_ELBOW), at(plain, LEFT_SHOULDER))))
                .isCloseTo(25, within(0.5));
        double[][] lag = one(Move.STRAIGHT_LEG_RAISE).with(Deviation.KNEE_LAG, 18).bodyAt(PEAK);
        assertThat(Axes.between(
                        Axes.minus(at(lag, LEFT_KNEE), at(lag, LEFT_HIP)),
                        Axes.minus(at(lag, LEFT_ANKLE), at(lag, LEFT_KNEE))))
                .isCloseTo(18, within(0.1));
        double[][] heel = one(Move.SQUAT).with(Deviation.HEEL_RISE, 15).bodyAt(PEAK);
        double[] sole = Axes.minus(at(heel, LEFT_HEEL), at(heel, LEFT_FOOT_INDEX));
        assertThat(Math.toDegrees(Math.asin(sole[1] / Axes.length(sole)))).isCloseTo(15, within(0.6));
    }
}
