package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.body.Active;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Deviation;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How far what should stay still strays, on simulated people without noise whose compensation has a known size. */
class CompensationTest {
    private static final double FRONT = 0;
    private static final double SIDE = 90;

    /** Depth finds the repetitions from the front; what strays is measured in the picture alone. */
    private static Movement movement(Joint joint, Direction direction, Sides sides, double rangeDeg) {
        return new Movement(joint, direction, sides, rangeDeg, Duration.ofMillis(350), true, true);
    }

    private static Movement movement(Move move) {
        return switch (move) {
            case SQUAT -> movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.ALIKE, 90);
            case STEP -> movement(Joint.HIP_FLEXION, Direction.GROWS, Sides.EITHER, 60);
            case SINGLE_LEG_STANCE -> movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.EITHER, 70);
            case STEP_UP -> movement(Joint.KNEE_FLEXION, Direction.SHRINKS, Sides.EITHER, 58);
            case KNEE_EXTENSION -> movement(Joint.KNEE_FLEXION, Direction.SHRINKS, Sides.EITHER, 78);
            case STRAIGHT_LEG_RAISE -> movement(Joint.HIP_FLEXION, Direction.GROWS, Sides.EITHER, 50);
            case BRIDGE -> movement(Joint.HIP_FLEXION, Direction.SHRINKS, Sides.ALIKE, 53);
            case HIP_HINGE -> movement(Joint.HIP_FLEXION, Direction.GROWS, Sides.ALIKE, 70);
            case BIRD_DOG -> movement(Joint.HIP_FLEXION, Direction.SHRINKS, Sides.EITHER, 72);
            case BICEP_CURL -> movement(Joint.ELBOW_FLEXION, Direction.GROWS, Sides.EITHER, 125);
            case SHOULDER_PRESS -> movement(Joint.ELBOW_FLEXION, Direction.SHRINKS, Sides.EITHER, 95);
            case LATERAL_RAISE -> movement(Joint.SHOULDER_ABDUCTION, Direction.GROWS, Sides.EITHER, 75);
            case SHOULDER_FLEXION -> movement(Joint.SHOULDER_FLEXION, Direction.GROWS, Sides.EITHER, 135);
            default -> throw new IllegalArgumentException("not watched here");
        };
    }

    private static BodyModel person(Move move, double azimuthDeg) {
        BodyModel two = BodyModel.doing(move, 2)
                .tempo(
                        Duration.ofMillis(1_200),
                        Duration.ofMillis(600),
                        Duration.ofMillis(1_200),
                        Duration.ofSeconds(1))
                .noise(0, 1)
                .seenFrom(azimuthDeg);
        return move.kind() == Move.Kind.BOTH ? two : two.active(Active.LEFT);
    }

    /** Of the working side, in the second of two repetitions. */
    private static double stray(Compensation watched, BodyModel person) {
        MotionReport report = RepCounter.analyse(
                person.record(), movement(person.move()), Set.of(View.LATERAL), RangeGoal.NONE, List.of(watched));
        return report.full().stream()
                .filter(rep -> rep.sides() != Rep.Sides.RIGHT)
                .skip(1)
                .findFirst()
                .orElseThrow()
                .strays()
                .get(watched);
    }

    record Row(Compensation watched, Deviation done, Move move, double azimuthDeg, double little, double much) {
        @Override
        public String toString() {
            return done + " of " + much + " in " + move;
        }
    }

    static Stream<Row> visible() {
        return Stream.of(
                new Row(Compensation.KNEE_VALGUS, Deviation.KNEE_VALGUS, Move.STEP, FRONT, 8, 15),
                new Row(Compensation.KNEE_VALGUS, Deviation.KNEE_VALGUS, Move.SINGLE_LEG_STANCE, FRONT, 8, 15),
                new Row(Compensation.KNEE_VALGUS, Deviation.KNEE_VALGUS, Move.STEP_UP, FRONT, 8, 15),
                new Row(Compensation.TRUNK_SIDE_LEAN, Deviation.TRUNK_SIDE_LEAN, Move.LATERAL_RAISE, FRONT, 8, 15),
                new Row(Compensation.TRUNK_SIDE_LEAN, Deviation.TRUNK_SIDE_LEAN, Move.SHOULDER_PRESS, FRONT, 8, 15),
                new Row(Compensation.TRUNK_SIDE_LEAN, Deviation.TRUNK_SIDE_LEAN, Move.SQUAT, FRONT, 8, 15),
                new Row(Compensation.TRUNK_SWAY, Deviation.TRUNK_FORWARD_LEAN, Move.BICEP_CURL, SIDE, 8, 15),
                new Row(Compensation.TRUNK_SWAY, Deviation.TRUNK_FORWARD_LEAN, Move.BICEP_CURL, SIDE, -8, -15),
                new Row(Compensation.TRUNK_SWAY, Deviation.TRUNK_FORWARD_LEAN, Move.KNEE_EXTENSION, SIDE, -8, -15),
                new Row(Compensation.TRUNK_SWAY, Deviation.TRUNK_FORWARD_LEAN, Move.SHOULDER_FLEXION, SIDE, -8, -15),
                new Row(Compensation.HIP_HIKE, Deviation.HIP_HIKE, Move.STEP, FRONT, 6, 12),
                new Row(Compensation.HIP_HIKE, Deviation.HIP_HIKE, Move.SINGLE_LEG_STANCE, FRONT, 6, 12),
                new Row(Compensation.PELVIC_DROP, Deviation.PELVIC_DROP, Move.STEP, FRONT, 6, 12),
                new Row(Compensation.PELVIC_DROP, Deviation.PELVIC_DROP, Move.SINGLE_LEG_STANCE, FRONT, 6, 12),
                new Row(Compensation.SHOULDER_SHRUG, Deviation.SHOULDER_SHRUG, Move.LATERAL_RAISE, FRONT, 0.08, 0.15),
                new Row(Compensation.SHOULDER_SHRUG, Deviation.SHOULDER_SHRUG, Move.SHOULDER_PRESS, FRONT, 0.08, 0.15),
                new Row(Compensation.SHOULDER_SHRUG, Deviation.SHOULDER_SHRUG, Move.SHOULDER_FLEXION, SIDE, 0.08, 0.15),
                new Row(Compensation.ELBOW_DRIFT, Deviation.ELBOW_DRIFT, Move.BICEP_CURL, SIDE, 10, 25),
                new Row(Compensation.KNEE_LAG, Deviation.KNEE_LAG, Move.STRAIGHT_LEG_RAISE, SIDE, 10, 20),
                new Row(Compensation.HEEL_RISE, Deviation.HEEL_RISE, Move.SQUAT, SIDE, 8, 15),
                new Row(Compensation.HEEL_RISE, Deviation.HEEL_RISE, Move.STEP_UP, SIDE, 8, 15));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("visible")
    void what_strays_is_told_by_about_its_size_and_what_stays_by_little(Row row) {
        BodyModel clean = person(row.move(), row.azimuthDeg());
        double without = stray(row.watched(), clean);
        double little = stray(row.watched(), clean.with(row.done(), row.little()));
        double much = stray(row.watched(), clean.with(row.done(), row.much()));
        double size = Math.abs(row.much());
        assertThat(without).isLessThan(0.15 * size);
        assertThat(little).isCloseTo(Math.abs(row.little()), within(0.35 * Math.abs(row.little())));
        assertThat(much).isCloseTo(size, within(0.3 * size)).isGreaterThan(little);
    }

    @Test
    void a_back_that_rounds_comes_nearer_to_the_hip_by_shares_of_the_thigh() {
        for (Move move : List.of(Move.HIP_HINGE, Move.BIRD_DOG)) {
            BodyModel clean = person(move, SIDE);
            double without = stray(Compensation.ROUNDED_BACK, clean);
            double little = stray(Compensation.ROUNDED_BACK, clean.with(Deviation.ROUNDED_BACK, 30));
            double much = stray(Compensation.ROUNDED_BACK, clean.with(Deviation.ROUNDED_BACK, 60));
            assertThat(without).isLessThan(0.02);
            assertThat(little).isGreaterThan(without + 0.02);
            assertThat(much).isGreaterThan(little + 0.05);
        }
    }

    @Test
    void an_arched_back_in_a_bridge_strays_further_than_a_straight_one() {
        BodyModel clean = person(Move.BRIDGE, SIDE);
        double without = stray(Compensation.LUMBAR_ARCH, clean);
        double little = stray(Compensation.LUMBAR_ARCH, clean.with(Deviation.LUMBAR_ARCH, 15));
        double much = stray(Compensation.LUMBAR_ARCH, clean.with(Deviation.LUMBAR_ARCH, 30));
        // the hip opens by half of it more
        assertThat(little - without).isCloseTo(7.5, within(2.5));
        assertThat(much - without).isCloseTo(15, within(2.5));
    }

    @Test
    void leaning_to_a_side_hardly_shows_from_the_side_nor_swaying_from_the_front() {
        assertThat(stray(Compensation.TRUNK_SWAY, person(Move.BICEP_CURL, SIDE).with(Deviation.TRUNK_SIDE_LEAN, 15)))
                .isLessThan(2);
        assertThat(stray(
                        Compensation.TRUNK_SIDE_LEAN,
                        person(Move.LATERAL_RAISE, FRONT).with(Deviation.TRUNK_FORWARD_LEAN, 15)))
                .isLessThan(2);
    }

    @Test
    void a_knee_that_goes_outward_is_no_valgus() {
        BodyModel outward = person(Move.STEP, FRONT).with(Deviation.KNEE_VALGUS, -15);
        assertThat(stray(Compensation.KNEE_VALGUS, outward)).isLessThan(2);
    }

    @Test
    void a_repetition_is_not_blamed_for_another() {
        BodyModel firstOnly = person(Move.BICEP_CURL, SIDE).with(Deviation.ELBOW_DRIFT, 25, 1);
        assertThat(stray(Compensation.ELBOW_DRIFT, firstOnly)).isLessThan(2);
    }

    @Test
    void right_and_left_are_measured_alike() {
        BodyModel left = person(Move.STRAIGHT_LEG_RAISE, SIDE).with(Deviation.KNEE_LAG, 20);
        MotionReport right = RepCounter.analyse(
                left.active(Active.RIGHT).seenFrom(-SIDE).record(),
                movement(Move.STRAIGHT_LEG_RAISE),
                Set.of(View.LATERAL),
                RangeGoal.NONE,
                List.of(Compensation.KNEE_LAG));
        assertThat(right.full()).hasSize(2).allSatisfy(rep -> {
            assertThat(rep.sides()).isEqualTo(Rep.Sides.RIGHT);
            assertThat(rep.strays().get(Compensation.KNEE_LAG))
                    .isCloseTo(stray(Compensation.KNEE_LAG, left), within(0.5));
        });
    }
}
