package health.carryover.clinical.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.exercise.Exercise.BodyRegion;
import health.carryover.clinical.exercise.Symmetry.Course;
import health.carryover.clinical.exercise.Symmetry.Deficit;
import health.carryover.clinical.exercise.Symmetry.Even;
import health.carryover.clinical.exercise.Symmetry.NotJudged;
import health.carryover.clinical.exercise.Symmetry.Why;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SymmetryTest {
    private static final Course HEALED = new Course(12, true);
    private static final double SMALL_ERROR = 6;

    private static final Exercise EXTENSION = ExerciseBuilder.squat()
            .measured(new Movement(
                    Joint.KNEE_FLEXION, Direction.SHRINKS, Sides.EITHER, 75, Duration.ofMillis(350), false, true))
            .region(BodyRegion.KNEE)
            .symmetry()
            .build();

    /** One session from the side for each: how much less the left side reached than the right, degrees. */
    private static List<Symmetry.Sides> leftLessBy(double... degrees) {
        return from(View.LATERAL, degrees);
    }

    private static List<Symmetry.Sides> from(View view, double... leftLess) {
        List<Symmetry.Sides> sessions = new ArrayList<>();
        for (double each : leftLess) sessions.add(new Symmetry.Sides(view, 70 - each, 70));
        return sessions;
    }

    private static Symmetry judge(List<Symmetry.Sides> sessions) {
        return Symmetry.of(EXTENSION, sessions, SMALL_ERROR, HEALED);
    }

    @Test
    void three_of_the_latest_five_sessions_make_a_deficit_and_two_do_not() {
        assertThat(judge(leftLessBy(20, 0, 20, 0, 20))).isEqualTo(new Deficit(Side.LEFT, 20, 3));
        assertThat(judge(leftLessBy(20, 0, 0, 0, 20))).isEqualTo(new Even());
    }

    @Test
    void what_was_before_the_latest_five_is_past() {
        assertThat(judge(leftLessBy(30, 30, 30, 0, 0, 0, 20, 20))).isEqualTo(new Even());
        assertThat(judge(leftLessBy(0, 0, 0, 30, 20, 0, 20, 20))).isEqualTo(new Deficit(Side.LEFT, 22.5, 4));
    }

    @Test
    void the_side_that_reached_less_is_named() {
        assertThat(judge(leftLessBy(15, 15, 15))).isEqualTo(new Deficit(Side.LEFT, 15, 3));
        assertThat(judge(leftLessBy(-15, -18, -21))).isEqualTo(new Deficit(Side.RIGHT, 18, 3));
    }

    @Test
    void sides_behind_in_turn_are_even() {
        assertThat(judge(leftLessBy(20, -20, 20, -20))).isEqualTo(new Even());
    }

    @Test
    void the_difference_is_the_mean_of_the_sessions_that_showed_it() {
        assertThat(judge(leftLessBy(12, 0, 18, 24, -5)))
                .asInstanceOf(InstanceOfAssertFactories.type(Deficit.class))
                .isEqualTo(new Deficit(Side.LEFT, 18, 3));
    }

    @Test
    void ten_degrees_are_never_a_difference_however_small_the_error() {
        assertThat(judge(leftLessBy(10, 10, 10, 10, 10))).isEqualTo(new Even());
        assertThat(judge(leftLessBy(10.1, 10.1, 10.1))).isInstanceOf(Deficit.class);
    }

    @Test
    void a_difference_within_a_larger_error_is_none() {
        assertThat(Symmetry.of(EXTENSION, leftLessBy(22, 22, 22), 22, HEALED)).isEqualTo(new Even());
        assertThat(Symmetry.of(EXTENSION, leftLessBy(22.1, 22.1, 22.1), 22, HEALED))
                .isInstanceOf(Deficit.class);
    }

    @Test
    void only_sessions_from_the_view_of_the_latest_are_compared() {
        List<Symmetry.Sides> mixed = new ArrayList<>(from(View.OBLIQUE, 25, 25, 25));
        mixed.addAll(from(View.LATERAL, 25, 25));
        assertThat(judge(mixed)).isEqualTo(new NotJudged(Why.TOO_FEW));
        mixed.addAll(from(View.OBLIQUE, 25));
        mixed.addAll(from(View.LATERAL, 25));
        assertThat(judge(mixed)).isEqualTo(new Deficit(Side.LEFT, 25, 3));
    }

    @Test
    void fewer_than_three_sessions_are_not_judged() {
        for (List<Symmetry.Sides> few : List.of(leftLessBy(), leftLessBy(40), leftLessBy(40, 40)))
            assertThat(judge(few)).isEqualTo(new NotJudged(Why.TOO_FEW));
    }

    @Test
    void before_the_sixth_week_and_without_clearance_it_is_too_early() {
        List<Symmetry.Sides> behind = leftLessBy(40, 40, 40);
        for (Course early : List.of(new Course(5, true), new Course(6, false), new Course(0, true)))
            assertThat(Symmetry.of(EXTENSION, behind, SMALL_ERROR, early)).isEqualTo(new NotJudged(Why.TOO_EARLY));
        assertThat(Symmetry.of(EXTENSION, behind, SMALL_ERROR, new Course(6, true)))
                .isInstanceOf(Deficit.class);
    }

    @Test
    void an_exercise_of_both_legs_at_once_is_never_compared() {
        assertThat(Symmetry.of(ExerciseBuilder.squat().build(), leftLessBy(40, 40, 40), SMALL_ERROR, HEALED))
                .isEqualTo(new NotJudged(Why.NOT_APPLICABLE));
    }
}
