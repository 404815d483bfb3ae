package health.carryover.clinical.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Exercise.BodyRegion;
import health.carryover.clinical.exercise.Exercise.Fallback;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Hold;
import health.carryover.clinical.motion.Hold.Band;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExerciseTest {
    private static final Set<Landmark> ALL = EnumSet.allOf(Landmark.class);
    private static final Measurement KNEE = movement(Joint.KNEE_FLEXION, Sides.EITHER);
    private static final Measurement NONE = new Measurement.NotByCamera();
    private static final StabilityCheck LAG = new StabilityCheck(Compensation.KNEE_LAG, 10, true, "a book");

    private static Movement movement(Joint joint, Sides sides) {
        return new Movement(joint, Direction.GROWS, sides, 90, Duration.ofMillis(350), false, false);
    }

    private static Exercise exercise(
            BodyRegion region, Measurement measurement, Set<Landmark> landmarks, boolean symmetry) {
        Grade camera = measurement.equals(NONE) ? Grade.NOT : Grade.GOOD;
        return exercise(region, measurement, landmarks, symmetry, camera, List.of());
    }

    private static Exercise exercise(
            BodyRegion region,
            Measurement measurement,
            Set<Landmark> landmarks,
            boolean symmetry,
            Grade camera,
            List<StabilityCheck> checks) {
        return new Exercise(
                "squat",
                "Squat",
                region,
                measurement,
                List.of("lower", "hold", "rise"),
                List.of(View.LATERAL),
                landmarks,
                Posture.STANDING,
                camera,
                Grade.GOOD,
                Fallback.SELF_REPORT,
                checks,
                symmetry,
                new Gate(OptionalInt.empty(), false, false, ""),
                Map.of(),
                Map.of(),
                "a book");
    }

    @Test
    void legs_that_move_one_at_a_time_may_be_compared() {
        assertThat(exercise(BodyRegion.KNEE, KNEE, ALL, true).symmetry()).isTrue();
    }

    @Test
    void neither_arms_nor_backs_nor_legs_that_move_together_are_compared() {
        for (BodyRegion region : List.of(BodyRegion.SHOULDER, BodyRegion.ELBOW, BodyRegion.BACK))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exercise(region, KNEE, ALL, true))
                    .withMessageStartingWith("symmetry: ");
        for (Sides sides : List.of(Sides.ALIKE, Sides.TOGETHER))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exercise(BodyRegion.KNEE, movement(Joint.KNEE_FLEXION, sides), ALL, true))
                    .withMessageStartingWith("symmetry: ");
    }

    @Test
    void the_points_of_the_angles_must_be_among_those_that_must_be_seen() {
        Set<Landmark> knee = EnumSet.noneOf(Landmark.class);
        knee.addAll(Set.of(Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE));
        knee.addAll(Set.of(Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE));
        assertThat(exercise(BodyRegion.KNEE, KNEE, knee, false).landmarks()).isEqualTo(knee);
        var plank = new Hold(List.of(new Band(Joint.HIP_FLEXION, 0, 25)), Duration.ofSeconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exercise(BodyRegion.BACK, plank, knee, false))
                .withMessage("landmarks: LEFT_SHOULDER of the measured angle is missing");
    }

    @Test
    void the_camera_is_graded_exactly_where_it_measures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exercise(BodyRegion.KNEE, NONE, Set.of(), false, Grade.LIMITED, List.of()))
                .withMessageStartingWith("camera: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exercise(BodyRegion.KNEE, KNEE, ALL, false, Grade.NOT, List.of()))
                .withMessageStartingWith("camera: ");
    }

    @Test
    void a_check_that_is_told_needs_words() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exercise(BodyRegion.KNEE, KNEE, ALL, false, Grade.GOOD, List.of(LAG)))
                .withMessage("checks: no words for KNEE_LAG");
    }

    @Test
    void what_no_camera_measures_has_no_report() {
        Exercise set = exercise(BodyRegion.KNEE, NONE, Set.of(), false);
        assertThat(set.movement()).isEmpty();
        assertThat(set.analyse(BodyModel.doing(Move.SQUAT, 1).record())).isEmpty();
    }

    @Test
    void a_gate_is_within_two_years_of_surgery_both_ends_included() {
        for (int week : List.of(0, 104))
            assertThat(new Gate(OptionalInt.of(week), false, false, "").usualWeek())
                    .hasValue(week);
        for (int week : List.of(-1, 105))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Gate(OptionalInt.of(week), false, false, ""))
                    .withMessageStartingWith("gate_week: ");
    }

    @Test
    void a_phrase_names_the_language_that_is_missing_or_too_long() {
        assertThat(new Phrase("a".repeat(Phrase.LONGEST), "b").english()).hasSize(120);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Phrase("a".repeat(Phrase.LONGEST + 1), "b"))
                .withMessageStartingWith("english: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Phrase("a", " "))
                .withMessageStartingWith("spanish: ");
    }
}
