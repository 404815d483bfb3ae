package health.carryover.clinical.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.exercise.Coach.Said;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CoachTest {
    private static final double ERROR_DEG = 15;
    private static final Dose NINETY = dose(OptionalDouble.empty(), TempoGoal.CONTROLLED, true);
    private static final Rep HASTY = RepBuilder.full().tempo(300, 100, 300).build();
    private static final Rep SHORT = RepBuilder.partial(50).build();
    private static final Rep GOOD = RepBuilder.full().build();

    private static Dose dose(OptionalDouble limitDeg, TempoGoal tempo, boolean mayGoFurther) {
        return new Dose(10, RangeGoal.prescribed(90), limitDeg, tempo, mayGoFurther);
    }

    private static Dose limitedTo(double degrees) {
        return dose(OptionalDouble.of(degrees), TempoGoal.CONTROLLED, true);
    }

    private static Coach coach(Dose dose) {
        return new Coach(ExerciseBuilder.squat().build(), dose, ERROR_DEG);
    }

    private static StabilityCheck watched(Compensation compensation, double limit, boolean on) {
        return new StabilityCheck(compensation, limit, on, "a book");
    }

    private static List<String> spoken(Optional<Said> said) {
        return said.map(Said::what).stream().toList();
    }

    /** What is said to repetitions that end ten seconds apart. */
    private static List<String> spoken(Coach coach, Rep... reps) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < reps.length; i++)
            all.add(coach.after(reps[i], View.LATERAL, 10_000L * (i + 1))
                    .map(Said::what)
                    .orElse("-"));
        return all;
    }

    @Test
    void after_something_was_said_four_seconds_are_quiet() {
        Coach coach = coach(NINETY);
        assertThat(spoken(coach.after(HASTY, View.LATERAL, 1_000))).containsExactly("SLOWER");
        assertThat(coach.after(HASTY, View.LATERAL, 4_999)).isEmpty();
        assertThat(spoken(coach.after(HASTY, View.LATERAL, 5_000))).containsExactly("SLOWER");
    }

    @Test
    void a_repetition_that_nothing_was_said_about_does_not_lengthen_the_quiet() {
        Coach coach = coach(NINETY);
        coach.after(HASTY, View.LATERAL, 1_000);
        coach.after(HASTY, View.LATERAL, 3_000);
        assertThat(spoken(coach.after(HASTY, View.LATERAL, 5_000))).containsExactly("SLOWER");
    }

    @Test
    void stop_there_comes_five_degrees_before_the_limit_whatever_was_said_just_before() {
        Coach coach = coach(limitedTo(100));
        coach.after(HASTY, View.LATERAL, 1_000);
        assertThat(coach.moving(1_100, 94.9)).isEmpty();
        assertThat(spoken(coach.moving(1_133, 95))).containsExactly("STOP_THERE");
        assertThat(coach.after(HASTY, View.LATERAL, 5_000))
                .as("it starts the quiet anew")
                .isEmpty();
    }

    @Test
    void stop_there_is_said_once_in_a_repetition_and_again_in_the_next() {
        Coach coach = coach(limitedTo(100));
        List<Integer> stops = new ArrayList<>();
        double[] path = {5, 60, 96, 101, 94, 96, 110, 91, 97, 60, 5, 60, 96, 100, 5};
        for (int i = 0; i < path.length; i++)
            if (coach.moving(i * 300L, path[i]).isPresent()) stops.add(i);
        assertThat(stops).containsExactly(2, 12);
    }

    private static List<Integer> stops(Coach coach, double... path) {
        List<Integer> stops = new ArrayList<>();
        for (int i = 0; i < path.length; i++)
            if (coach.moving(i * 300L, path[i]).isPresent()) stops.add(i);
        return stops;
    }

    /** Going back by less than the measurement error may be no movement at all; more is another try. */
    @Test
    void who_wobbles_at_the_limit_hears_it_once_and_who_goes_back_and_tries_again_hears_it_again() {
        assertThat(stops(coach(limitedTo(100)), 97, 81, 97, 85, 100, 80, 97)).containsExactly(0);
        assertThat(stops(coach(limitedTo(100)), 97, 79.9, 94, 96)).containsExactly(0, 3);
    }

    /** Rest may be nearer to the limit than the measurement error. */
    @Test
    void the_next_repetition_is_warned_of_the_limit_however_small_it_is() {
        Coach coach = coach(limitedTo(20));
        assertThat(stops(coach, 12, 16, 12, 16)).containsExactly(1);
        coach.after(RepBuilder.full().build(), View.LATERAL, 2_000);
        assertThat(stops(coach, 16, 12, 16, 12, 16)).containsExactly(2);
        coach.after(RepBuilder.full().cut().build(), View.LATERAL, 4_000);
        assertThat(stops(coach, 12, 16)).containsExactly(1);
    }

    @Test
    void a_cue_without_words_starts_no_quiet() {
        Map<Cue, Phrase> words = Map.of(Cue.SLOWER, new Phrase("Slower", "Más despacio"));
        Coach coach = new Coach(ExerciseBuilder.squat().words(words).build(), limitedTo(100), ERROR_DEG);
        assertThat(coach.moving(1_000, 97)).isEmpty();
        assertThat(coach.after(SHORT, View.LATERAL, 1_100)).isEmpty();
        assertThat(spoken(coach.after(HASTY, View.LATERAL, 1_200))).containsExactly("SLOWER");
    }

    @Test
    void stop_there_comes_from_above_where_the_angle_shrinks() {
        Movement extension = new Movement(
                Joint.KNEE_FLEXION, Direction.SHRINKS, Sides.EITHER, 75, Duration.ofMillis(350), false, true);
        Coach coach = new Coach(ExerciseBuilder.squat().measured(extension).build(), limitedTo(30), ERROR_DEG);
        assertThat(coach.moving(0, 85)).isEmpty();
        assertThat(coach.moving(500, 36)).isEmpty();
        assertThat(spoken(coach.moving(600, 34))).containsExactly("STOP_THERE");
    }

    @Test
    void without_a_limit_or_while_nobody_is_seen_nothing_stops() {
        assertThat(coach(NINETY).moving(0, 170)).isEmpty();
        assertThat(coach(limitedTo(100)).moving(0, Double.NaN)).isEmpty();
    }

    @Test
    void what_strays_furthest_beyond_its_limit_comes_before_everything_else() {
        Coach coach = new Coach(
                ExerciseBuilder.squat()
                        .checks(watched(Compensation.TRUNK_SWAY, 20, true), watched(Compensation.HEEL_RISE, 10, true))
                        .build(),
                NINETY,
                ERROR_DEG);
        Rep both = RepBuilder.partial(40)
                .tempo(200, 0, 200)
                .strays(Map.of(Compensation.TRUNK_SWAY, 30.0, Compensation.HEEL_RISE, 18.0))
                .build();
        Said said = coach.after(both, View.LATERAL, 1_000).orElseThrow();
        assertThat(said.what()).isEqualTo("HEEL_RISE"); // 1.8 of its limit, the trunk 1.5
        assertThat(said.phrase().english()).isEqualTo("HEEL_RISE in English");
        assertThat(said.degrees()).isEmpty();
    }

    @Test
    void a_check_that_is_off_or_cannot_be_seen_from_here_is_not_told() {
        Exercise exercise = ExerciseBuilder.squat()
                .checks(watched(Compensation.HEEL_RISE, 10, false), watched(Compensation.KNEE_VALGUS, 10, true))
                .build();
        Rep stray = RepBuilder.full()
                .strays(Map.of(Compensation.HEEL_RISE, 40.0, Compensation.KNEE_VALGUS, 40.0))
                .build();
        assertThat(new Coach(exercise, NINETY, ERROR_DEG).after(stray, View.LATERAL, 1_000))
                .isEmpty();
        assertThat(spoken(new Coach(exercise, NINETY, ERROR_DEG).after(stray, View.FRONTAL, 1_000)))
                .containsExactly("KNEE_VALGUS");
    }

    @Test
    void a_stray_at_its_limit_is_within_it() {
        Coach coach = new Coach(
                ExerciseBuilder.squat()
                        .checks(watched(Compensation.HEEL_RISE, 10, true))
                        .build(),
                NINETY,
                ERROR_DEG);
        Rep at = RepBuilder.full().strays(Map.of(Compensation.HEEL_RISE, 10.0)).build();
        assertThat(coach.after(at, View.LATERAL, 1_000)).isEmpty();
    }

    @Test
    void range_comes_before_holding_and_holding_before_tempo() {
        TempoGoal held = new TempoGoal(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(1));
        Dose dose = dose(OptionalDouble.empty(), held, true);
        Rep everything = RepBuilder.partial(50).tempo(200, 0, 200).build();
        Rep hastyAndNotHeld = RepBuilder.full().tempo(200, 2_000, 200).build();
        Rep hasty = RepBuilder.full().tempo(200, 3_000, 200).build();
        assertThat(spoken(coach(dose), everything, hastyAndNotHeld, hasty))
                .containsExactly("FURTHER", "HOLD", "SLOWER");
    }

    @Test
    void a_hold_of_seven_tenths_is_long_enough() {
        TempoGoal held = new TempoGoal(Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO);
        Dose dose = dose(OptionalDouble.empty(), held, true);
        assertThat(spoken(coach(dose), RepBuilder.full().tempo(0, 3_499, 0).build()))
                .containsExactly("HOLD");
        assertThat(spoken(coach(dose), RepBuilder.full().tempo(0, 3_500, 0).build()))
                .containsExactly("-");
    }

    @Test
    void degrees_are_named_only_above_the_measurement_error_rounded_to_five() {
        Said far = coach(NINETY)
                .after(RepBuilder.partial(58).build(), View.LATERAL, 1_000)
                .orElseThrow();
        assertThat(far.what()).isEqualTo("FURTHER");
        assertThat(far.degrees()).hasValue(30); // 32 are missing
        Said near = coach(NINETY)
                .after(RepBuilder.partial(75).build(), View.LATERAL, 1_000)
                .orElseThrow();
        assertThat(near.what()).isEqualTo("A_LITTLE_FURTHER"); // 15 are missing, and 15 is the error
        assertThat(near.degrees()).isEmpty();
    }

    @Test
    void degrees_are_named_only_from_the_views_of_the_exercise() {
        assertThat(coach(NINETY).after(SHORT, View.OBLIQUE, 1_000).orElseThrow().degrees())
                .hasValue(40);
        for (View other : List.of(View.FRONTAL, View.REAR, View.MIXED)) {
            Said said = coach(NINETY).after(SHORT, other, 1_000).orElseThrow();
            assertThat(said.what()).isEqualTo("A_LITTLE_FURTHER");
            assertThat(said.degrees()).isEmpty();
        }
    }

    @Test
    void who_must_not_be_driven_on_never_hears_further() {
        Dose dose = dose(OptionalDouble.empty(), TempoGoal.CONTROLLED, false);
        assertThat(spoken(coach(dose), SHORT, RepBuilder.partial(80).build(), HASTY))
                .containsExactly("-", "-", "SLOWER");
    }

    @Test
    void nobody_is_driven_further_than_what_was_prescribed() {
        assertThat(spoken(coach(Dose.of(10)), SHORT)).containsExactly("-");
    }

    @Test
    void three_good_ones_in_a_row_are_praised_and_the_next_three() {
        assertThat(spoken(coach(NINETY), GOOD, GOOD, GOOD, GOOD, GOOD, GOOD))
                .containsExactly("-", "-", "GOOD", "-", "-", "GOOD");
    }

    @Test
    void one_that_was_not_good_starts_the_row_anew() {
        assertThat(spoken(coach(NINETY), GOOD, GOOD, HASTY, GOOD, GOOD, GOOD))
                .containsExactly("-", "-", "SLOWER", "-", "-", "GOOD");
    }

    @Test
    void a_repetition_that_was_cut_or_not_wholly_seen_is_not_criticised() {
        Exercise exercise = ExerciseBuilder.squat()
                .checks(watched(Compensation.HEEL_RISE, 10, true))
                .build();
        RepBuilder bad = RepBuilder.partial(40).tempo(200, 0, 200).strays(Map.of(Compensation.HEEL_RISE, 40.0));
        assertThat(spoken(new Coach(exercise, NINETY, ERROR_DEG), bad.build())).containsExactly("HEEL_RISE");
        assertThat(spoken(new Coach(exercise, NINETY, ERROR_DEG), bad.cut().build()))
                .containsExactly("-");
        Rep unseen = bad.kind(Rep.Kind.NOT_SEEN).build();
        assertThat(spoken(new Coach(exercise, NINETY, ERROR_DEG), unseen)).containsExactly("-");
    }

    @Test
    void nobody_is_praised_for_what_was_not_seen_and_it_does_not_break_a_row_of_good_ones() {
        Rep unseen = RepBuilder.full().kind(Rep.Kind.NOT_SEEN).build();
        assertThat(spoken(coach(NINETY), unseen, unseen, unseen)).containsExactly("-", "-", "-");
        assertThat(spoken(coach(NINETY), GOOD, unseen, GOOD, GOOD)).containsExactly("-", "-", "-", "GOOD");
    }

    @Test
    void what_there_are_no_words_for_is_not_said() {
        Coach coach = new Coach(ExerciseBuilder.squat().withoutWords().build(), limitedTo(100), ERROR_DEG);
        assertThat(coach.after(HASTY, View.LATERAL, 1_000)).isEmpty();
        assertThat(coach.moving(6_000, 100)).isEmpty();
    }
}
