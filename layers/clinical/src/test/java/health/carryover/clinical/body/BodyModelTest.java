package health.carryover.clinical.body;

import static health.carryover.clinical.motion.Landmark.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.motion.Side;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The body itself: its bones, its angles, its truth. Angles are computed here anew from the points, not by the model's code. */
class BodyModelTest {
    private static final List<List<Landmark>> BONES = List.of(
            List.of(LEFT_HIP, LEFT_KNEE),
            List.of(RIGHT_HIP, RIGHT_KNEE),
            List.of(LEFT_KNEE, LEFT_ANKLE),
            List.of(RIGHT_KNEE, RIGHT_ANKLE),
            List.of(LEFT_SHOULDER, LEFT_ELBOW),
            List.of(RIGHT_SHOULDER, RIGHT_ELBOW),
            List.of(LEFT_ELBOW, LEFT_WRIST),
            List.of(RIGHT_ELBOW, RIGHT_WRIST),
            List.of(LEFT_HIP, RIGHT_HIP),
            List.of(LEFT_HEEL, LEFT_FOOT_INDEX),
            List.of(RIGHT_ANKLE, RIGHT_FOOT_INDEX));

    private static Duration s(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static BodyModel two(Move move) {
        return BodyModel.doing(move, 2).tempo(s(1), s(0.4), s(1), s(0.6)).noise(0, 1);
    }

    private static double distance(double[][] body, Landmark a, Landmark b) {
        return Math.hypot(
                Math.hypot(body[a.ordinal()][0] - body[b.ordinal()][0], body[a.ordinal()][1] - body[b.ordinal()][1]),
                body[a.ordinal()][2] - body[b.ordinal()][2]);
    }

    /** Between the bones a-b and b-c, degrees: 0 when straight; by the law of cosines. */
    private static double bend(double[][] body, Landmark a, Landmark b, Landmark c) {
        double ab = distance(body, a, b);
        double bc = distance(body, b, c);
        double ac = distance(body, a, c);
        return 180 - Math.toDegrees(Math.acos((ab * ab + bc * bc - ac * ac) / (2 * ab * bc)));
    }

    private static double[][] points(Frame frame) {
        double[][] points = new double[COUNT][];
        for (Landmark l : Landmark.values())
            points[l.ordinal()] = new double[] {frame.x(l), frame.y(l), frame.z(l)};
        return points;
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void bones_keep_their_length_and_nothing_sinks_into_the_floor(Move move) {
        BodyModel model = two(move).variability(1).body(1.6, Sex.FEMALE, 0.03);
        double[][] first = model.bodyAt(Duration.ZERO);
        for (double t = 0; t < model.length().toMillis() / 1000.0; t += 0.1) {
            double[][] body = model.bodyAt(s(t));
            for (List<Landmark> bone : BONES)
                assertThat(distance(body, bone.getFirst(), bone.getLast()))
                        .as("%s at %.1f s", bone, t)
                        .isCloseTo(distance(first, bone.getFirst(), bone.getLast()), within(1e-6));
            for (Landmark l : List.of(LEFT_ANKLE, RIGHT_ANKLE, LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE))
                assertThat(body[l.ordinal()][1]).as("%s at %.1f s", l, t).isGreaterThan(-0.03); // a swinging foot may graze it
        }
    }

    @ParameterizedTest(name = "{0} reaches {1} degrees from {2}")
    @CsvSource({
        "SQUAT, 75, 5",
        "SIT_TO_STAND, 10, 90",
        "KNEE_EXTENSION, 15, 85",
        "SEATED_KNEE_FLEXION, 110, 50",
        "HEEL_SLIDE, 95, 5",
        "SHORT_ARC_QUAD, 8, 38",
        "LUNGE, 70, 5",
        "STEP_UP, 12, 65",
        "TERMINAL_KNEE_EXTENSION, 10, 32",
        "STEP, 60, 5",
        "BICEP_CURL, 120, 10",
        "SHOULDER_PRESS, 40, 115",
        "BAND_ROW, 90, 15"
    })
    void the_asked_angle_is_the_angle_in_space(Move move, double peak, double rest) {
        BodyModel model = two(move).range(Math.abs(peak - rest)).active(Active.LEFT).seenFrom(30);
        boolean arm = move.primary() == Anatomy.ELBOW_FLEXION;
        List<Frame> world = model.recordWorld().frames();
        double low = Double.MAX_VALUE;
        double high = -1;
        for (Frame frame : world) {
            double angle = arm
                    ? bend(points(frame), LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST)
                    : bend(points(frame), LEFT_HIP, LEFT_KNEE, LEFT_ANKLE);
            low = Math.min(low, angle);
            high = Math.max(high, angle);
        }
        assertThat(low).isCloseTo(Math.min(peak, rest), within(0.5));
        assertThat(high).isCloseTo(Math.max(peak, rest), within(0.5));
        assertThat(model.truth()).allSatisfy(rep -> {
            assertThat(rep.peakDeg()).isCloseTo(peak, within(0.5));
            assertThat(rep.excursionDeg()).isCloseTo(Math.abs(peak - rest), within(0.5));
        });
    }

    @Test
    void the_thigh_of_a_raised_leg_and_the_raised_arm_stand_at_the_asked_angle_to_the_floor_and_the_trunk() {
        double[][] leg = two(Move.STRAIGHT_LEG_RAISE).range(48).bodyAt(s(1.8)); // lying: the trunk is level
        double up = leg[LEFT_KNEE.ordinal()][1] - leg[LEFT_HIP.ordinal()][1];
        assertThat(Math.toDegrees(Math.asin(up / distance(leg, LEFT_HIP, LEFT_KNEE)))).isCloseTo(50, within(0.5));
        double[][] arm = two(Move.SHOULDER_ABDUCTION).range(78).bodyAt(s(1.8)); // 90: level
        assertThat(arm[LEFT_ELBOW.ordinal()][1]).isCloseTo(arm[LEFT_SHOULDER.ordinal()][1], within(0.01));
    }

    @Test
    void the_truth_names_times_sides_and_shares() {
        List<TrueRep> reps = two(Move.LUNGE)
                .shares(List.of(1.0, 0.4, 1.0))
                .active(Active.ALTERNATING)
                .truth();
        assertThat(reps).extracting(TrueRep::start).containsExactly(s(0.6), s(3.6), s(6.6));
        assertThat(reps).extracting(TrueRep::peakAt).containsExactly(s(1.8), s(4.8), s(7.8));
        assertThat(reps).extracting(TrueRep::end).containsExactly(s(3), s(6), s(9));
        assertThat(reps).extracting(TrueRep::sides).containsExactly(Set.of(Side.LEFT), Set.of(Side.RIGHT), Set.of(Side.LEFT));
        assertThat(reps.get(1).excursionDeg()).isCloseTo(0.4 * 80, within(0.5));
    }

    @Test
    void a_recording_that_begins_in_the_middle_cuts_the_first_and_leaves_out_what_it_never_shows() {
        assertThat(two(Move.SQUAT).startingAt(s(1)).truth()).extracting(TrueRep::cut).containsExactly(true, false);
        assertThat(two(Move.SQUAT).startingAt(s(2)).truth()).singleElement().satisfies(rep -> {
            assertThat(rep.cut()).isFalse();
            assertThat(rep.start()).isEqualTo(s(1.6));
        });
    }

    @Test
    void people_are_uneven_and_the_truth_knows_it() {
        List<TrueRep> reps = BodyModel.doing(Move.SQUAT, 20).variability(1).truth();
        double[] depths = reps.stream().mapToDouble(TrueRep::excursionDeg).toArray();
        double mean = java.util.Arrays.stream(depths).average().orElseThrow();
        double sd = Math.sqrt(java.util.Arrays.stream(depths).map(d -> (d - mean) * (d - mean)).average().orElseThrow());
        assertThat(mean).isCloseTo(90, within(3.0));
        assertThat(sd).isBetween(1.0, 5.0);
    }

    @Test
    void the_same_settings_give_the_same_recording_and_another_seed_another() {
        Recording one = BodyModel.doing(Move.SQUAT, 1).noise(1, 7).record();
        Recording again = BodyModel.doing(Move.SQUAT, 1).noise(1, 7).record();
        Recording other = BodyModel.doing(Move.SQUAT, 1).noise(1, 8).record();
        for (int i = 0; i < one.frames().size(); i++)
            assertThat(one.frames().get(i).x(LEFT_KNEE)).isEqualTo(again.frames().get(i).x(LEFT_KNEE));
        assertThat(one.frames().get(5).x(LEFT_KNEE)).isNotEqualTo(other.frames().get(5).x(LEFT_KNEE));
    }

    @Test
    void a_setting_leaves_the_model_it_came_from_as_it_was() {
        BodyModel model = two(Move.SQUAT);
        BodyModel bent = model.with(Deviation.TRUNK_FORWARD_LEAN, 20).hiding(Limb.FEET, s(0), s(1)).range(40);
        assertThat(bent.rangeDeg()).isEqualTo(40);
        assertThat(model.rangeDeg()).isEqualTo(90);
        assertThat(model.truth().getFirst().deviations()).isEmpty();
    }

    @Test
    void nonsense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> two(Move.SQUAT).shares(List.of(0.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> two(Move.SQUAT).range(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> two(Move.STEP_UP).active(Active.ALTERNATING));
        assertThatIllegalArgumentException().isThrownBy(() -> two(Move.SQUAT).tempo(s(1), s(-1), s(1), s(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> two(Move.SQUAT).losing(1, 1));
    }

    @ParameterizedTest
    @EnumSource(Activity.class)
    void everyday_life_holds_no_repetitions_and_keeps_its_bones(Activity activity) {
        BodyModel model = BodyModel.living(activity, Duration.ofMinutes(1), 3);
        assertThat(model.truth()).isEmpty();
        assertThat(model.length()).isEqualTo(Duration.ofMinutes(1));
        double thigh = distance(model.bodyAt(Duration.ZERO), LEFT_HIP, LEFT_KNEE);
        double speed = 0;
        for (double t = 0.05; t < 60; t += 0.05) {
            double[][] body = model.bodyAt(s(t));
            assertThat(distance(body, LEFT_HIP, LEFT_KNEE)).isCloseTo(thigh, within(1e-6));
            double[] before = model.bodyAt(s(t - 0.05))[LEFT_HIP.ordinal()];
            speed = Math.max(speed, Math.hypot(body[LEFT_HIP.ordinal()][0] - before[0], body[LEFT_HIP.ordinal()][2] - before[2]) / 0.05);
        }
        assertThat(speed).as("nobody jumps: metres a second").isBetween(0.01, 3.0);
    }
}
