package health.carryover.clinical.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.MeasurementError;
import health.carryover.clinical.exercise.MeasurementErrors;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Progress by the third to fourth week, and a range that falls. The knee from the side errs by 18 degrees. */
class ReviewRuleTest {
    private static final ReviewRule RULE = new ReviewRule("v1", 21, 34, 7, 2, 2, 3, 0.5, Duration.ofDays(28));
    private static final MeasurementErrors ERRORS = new MeasurementErrors(List.of(
            new MeasurementError(
                    Joint.KNEE_FLEXION,
                    View.LATERAL,
                    Grade.GOOD,
                    OptionalDouble.of(18),
                    OptionalDouble.of(6),
                    "made up"),
            new MeasurementError(
                    Joint.KNEE_FLEXION,
                    View.FRONTAL,
                    Grade.NOT,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    "made up")));
    private static final LocalDate START = LocalDate.parse("2026-03-02");

    private static List<PainSeen> pains(int first, int latest, int today) {
        return List.of(
                new PainSeen(START, first),
                new PainSeen(START.plusDays(3), first),
                new PainSeen(START.plusDays(today - 3L), latest),
                new PainSeen(START.plusDays(today), latest));
    }

    private static RangeSeen knee(int day, View view, double degrees) {
        return new RangeSeen(START.plusDays(day), "sit_to_stand", Joint.KNEE_FLEXION, null, view, degrees);
    }

    private static Progress progress(int day, List<PainSeen> pains, List<RangeSeen> ranges) {
        return Progress.of(RULE, START, START.plusDays(day), pains, ranges, ERRORS);
    }

    @ParameterizedTest(name = "pain {0} in the first week, {1} in the latest: {2}")
    @CsvSource({"6,6,None", "6,5,None", "6,4,Made", "6,9,None", "2,0,Made", "2,1,None", "1,0,NotJudged", "0,0,NotJudged"
    })
    void pain_that_falls_by_what_matters_to_patients_is_progress(int first, int latest, String expected) {
        assertThat(progress(21, pains(first, latest, 21), List.of()).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "knee {0} in the first week, {1} in the latest, {2}: {3}")
    @CsvSource({
        "60,70,LATERAL,None",
        "60,77.9,LATERAL,None",
        "60,78,LATERAL,Made",
        "78,60,LATERAL,None",
        "60,120,FRONTAL,NotJudged"
    })
    void range_that_grows_beyond_its_error_is_progress(double first, double latest, View view, String expected) {
        List<RangeSeen> ranges =
                List.of(knee(0, view, first), knee(2, view, first), knee(18, view, latest), knee(21, view, latest));
        assertThat(progress(21, List.of(), ranges).getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void one_measure_that_improved_is_enough_and_all_that_stayed_are_counted() {
        List<RangeSeen> ranges = List.of(
                knee(0, View.LATERAL, 60),
                knee(2, View.LATERAL, 60),
                knee(18, View.LATERAL, 60),
                knee(21, View.LATERAL, 60));
        assertThat(progress(21, pains(6, 3, 21), ranges)).isEqualTo(new Progress.Made());
        assertThat(progress(21, pains(6, 6, 21), ranges)).isEqualTo(new Progress.None(2));
    }

    @ParameterizedTest(name = "day {0}: {1}")
    @CsvSource({"20,NotJudged", "21,None", "34,None", "35,NotJudged"})
    void it_is_judged_from_the_end_of_the_third_week_on_for_a_fortnight(int day, String expected) {
        assertThat(progress(day, pains(6, 6, day), List.of()).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void too_few_sessions_on_either_side_say_nothing() {
        List<PainSeen> pains = pains(6, 6, 21);
        assertThat(progress(21, pains.subList(0, 3), List.of()))
                .isEqualTo(new Progress.NotJudged(Progress.Why.TOO_LITTLE));
        assertThat(progress(21, pains.subList(1, 4), List.of()))
                .as("who began on the fourth day has one session in the first week")
                .isEqualTo(new Progress.NotJudged(Progress.Why.TOO_LITTLE));
        assertThat(progress(21, List.of(), List.of())).isEqualTo(new Progress.NotJudged(Progress.Why.TOO_LITTLE));
    }

    @Test
    void who_began_to_measure_a_fortnight_ago_is_not_compared_with_the_same_days() {
        List<PainSeen> pains = new ArrayList<>();
        for (int day = 10; day <= 21; day++) pains.add(new PainSeen(START.plusDays(day), 6));
        assertThat(progress(21, pains, List.of())).isEqualTo(new Progress.NotJudged(Progress.Why.TOO_LITTLE));
        assertThat(progress(23, pains, List.of())).isInstanceOf(Progress.None.class);
    }

    private static List<RangeSeen> course(View view, double... degrees) {
        List<RangeSeen> course = new ArrayList<>();
        for (double each : degrees) course.add(knee(course.size(), view, each));
        return course;
    }

    @Test
    void a_range_that_fell_beyond_its_error_in_each_of_the_latest_three_is_found() {
        assertThat(FallingRange.of(RULE, course(View.LATERAL, 100, 100, 98, 80, 79, 82), ERRORS))
                .contains(new FallingRange(new RangeSeen.Moved("sit_to_stand", null), View.LATERAL, 100, 80));
        assertThat(FallingRange.of(RULE, course(View.LATERAL, 60, 90, 100, 100, 100, 90, 82, 82, 82), ERRORS))
                .as("slowly, against the best of before")
                .contains(new FallingRange(new RangeSeen.Moved("sit_to_stand", null), View.LATERAL, 100, 82));
    }

    @Test
    void one_better_session_a_smaller_fall_or_too_few_sessions_are_none() {
        assertThat(FallingRange.of(RULE, course(View.LATERAL, 100, 100, 98, 80, 85, 82), ERRORS))
                .isEmpty();
        assertThat(FallingRange.of(RULE, course(View.LATERAL, 100, 100, 98, 82.1, 82, 82), ERRORS))
                .isEmpty();
        assertThat(FallingRange.of(RULE, course(View.LATERAL, 100, 100, 60, 60, 60), ERRORS))
                .isEmpty();
        assertThat(FallingRange.of(RULE, List.of(), ERRORS)).isEmpty();
    }

    @Test
    void one_very_good_day_is_no_best_to_be_held_against() {
        assertThat(FallingRange.of(RULE, course(View.LATERAL, 80, 130, 80, 80, 80, 80), ERRORS))
                .isEmpty();
    }

    @Test
    void degrees_from_a_side_that_does_not_see_the_angle_or_from_two_sides_are_not_compared() {
        assertThat(FallingRange.of(RULE, course(View.FRONTAL, 100, 100, 98, 60, 60, 60), ERRORS))
                .isEmpty();
        List<RangeSeen> mixed = new ArrayList<>(course(View.OBLIQUE, 100, 100, 100));
        mixed.addAll(course(View.LATERAL, 60, 60, 60));
        assertThat(FallingRange.of(RULE, mixed, ERRORS)).isEmpty();
    }

    @Test
    void the_side_that_was_operated_on_is_not_held_against_the_other() {
        List<RangeSeen> sides = new ArrayList<>();
        for (int day = 0; day < 6; day++)
            sides.add(new RangeSeen(
                    START.plusDays(day),
                    "heel_slide",
                    Joint.KNEE_FLEXION,
                    day < 3 ? Side.LEFT : Side.RIGHT,
                    View.LATERAL,
                    day < 3 ? 120 : 70));
        assertThat(FallingRange.of(RULE, sides, ERRORS)).isEmpty();
    }

    @Test
    void a_rule_that_makes_no_sense_is_refused_by_its_column() {
        assertThatThrownBy(() -> new ReviewRule("v", 13, 34, 7, 2, 2, 3, 0.5, Duration.ZERO))
                .hasMessageContaining("from_day");
        assertThatThrownBy(() -> new ReviewRule("v", 21, 34, 7, 2, Double.NaN, 3, 0.5, Duration.ZERO))
                .hasMessageContaining("pain_points");
        assertThatThrownBy(() -> new ReviewRule("v", 21, 34, 7, 2, 2, 1, 0.5, Duration.ZERO))
                .hasMessageContaining("fall_sessions");
    }
}
