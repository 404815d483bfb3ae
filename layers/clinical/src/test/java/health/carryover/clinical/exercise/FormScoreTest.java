package health.carryover.clinical.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.carryover.clinical.exercise.FormScore.Part;
import health.carryover.clinical.exercise.FormScore.What;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers are worked by hand from the weights: range 50, tempo 20, stability 30. */
class FormScoreTest {
    private static final StabilityCheck HEELS = new StabilityCheck(Compensation.HEEL_RISE, 10, true, "a book");
    private static final StabilityCheck KNEES = new StabilityCheck(Compensation.KNEE_VALGUS, 10, true, "a book");
    private static final StabilityCheck HEELS_OFF = new StabilityCheck(Compensation.HEEL_RISE, 10, false, "a book");
    private static final Rep STEADY = rising(3);
    private static final Rep UNSTEADY = rising(15);

    private static Rep rising(double heelDeg) {
        return RepBuilder.full().strays(Map.of(Compensation.HEEL_RISE, heelDeg)).build();
    }

    private static FormScore score(List<Rep> reps, StabilityCheck... checks) {
        return FormScore.of(reps, 90, TempoGoal.CONTROLLED, List.of(checks), View.LATERAL)
                .orElseThrow();
    }

    @Test
    void what_was_done_as_wanted_has_all_parts_at_a_hundred() {
        FormScore score = score(List.of(STEADY, STEADY), HEELS);
        assertThat(score.parts())
                .containsExactly(new Part(What.RANGE, 100), new Part(What.TEMPO, 100), new Part(What.STABILITY, 100));
        assertThat(score.total()).isEqualTo(100);
    }

    @Test
    void a_worked_example() {
        Rep half = RepBuilder.partial(45)
                .tempo(500, 0, 1_500)
                .strays(Map.of(Compensation.HEEL_RISE, 15.0))
                .build();
        // range (100 + 50) / 2, tempo (100 + (50 + 100) / 2) / 2, stability one of two
        FormScore score = score(List.of(STEADY, half), HEELS);
        assertThat(score.parts())
                .containsExactly(new Part(What.RANGE, 75), new Part(What.TEMPO, 88), new Part(What.STABILITY, 50));
        assertThat(score.total()).isEqualTo(70); // (75 * 50 + 88 * 20 + 50 * 30) / 100 = 70.1
    }

    @Test
    void going_further_than_the_goal_does_not_make_up_for_another() {
        Rep far = RepBuilder.full().excursion(135).build();
        Rep near = RepBuilder.partial(45).build();
        assertThat(score(List.of(far, near)).parts()).contains(new Part(What.RANGE, 75));
    }

    @Test
    void without_checks_range_and_tempo_share_the_whole() {
        Rep half = RepBuilder.partial(45).build();
        FormScore score = score(List.of(half));
        assertThat(score.parts()).extracting(Part::what).containsExactly(What.RANGE, What.TEMPO);
        assertThat(score.total()).isEqualTo(64); // (50 * 50 + 100 * 20) / 70 = 64.3
    }

    @Test
    void a_check_that_is_off_or_not_visible_from_here_is_not_judged() {
        List<Rep> reps = List.of(UNSTEADY);
        assertThat(score(reps, HEELS_OFF).parts()).extracting(Part::what).doesNotContain(What.STABILITY);
        assertThat(score(reps, KNEES).parts()).extracting(Part::what).doesNotContain(What.STABILITY);
        assertThat(score(reps, HEELS, KNEES).parts()).contains(new Part(What.STABILITY, 0));
        FormScore fromTheFront = FormScore.of(reps, 90, TempoGoal.CONTROLLED, List.of(HEELS), View.FRONTAL)
                .orElseThrow();
        assertThat(fromTheFront.parts()).extracting(Part::what).doesNotContain(What.STABILITY);
    }

    @Test
    void stability_is_the_share_of_repetitions_in_which_nothing_strayed() {
        assertThat(score(List.of(STEADY, STEADY, UNSTEADY), HEELS).parts()).contains(new Part(What.STABILITY, 67));
    }

    @Test
    void a_cut_repetition_has_no_tempo() {
        Rep cut = RepBuilder.full().tempo(100, 0, 100).cut().build();
        assertThat(score(List.of(STEADY, cut)).parts()).contains(new Part(What.TEMPO, 100));
        FormScore onlyCut = score(List.of(cut));
        assertThat(onlyCut.parts()).containsExactly(new Part(What.RANGE, 100));
        assertThat(onlyCut.total()).isEqualTo(100);
    }

    @Test
    void repetitions_not_wholly_seen_are_not_scored_and_none_have_no_score() {
        Rep unseen = RepBuilder.partial(10).kind(Rep.Kind.NOT_SEEN).build();
        assertThat(score(List.of(STEADY, unseen))).isEqualTo(score(List.of(STEADY)));
        for (List<Rep> none : List.of(List.<Rep>of(), List.of(unseen)))
            assertThat(FormScore.of(none, 90, TempoGoal.CONTROLLED, List.of(), View.LATERAL))
                    .isEmpty();
    }

    @Test
    void a_goal_of_no_degrees_is_refused() {
        for (double goal : List.of(0.0, -1.0, Double.NaN))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FormScore.of(List.of(), goal, TempoGoal.CONTROLLED, List.of(), View.LATERAL))
                    .withMessage("goal not above 0 degrees");
    }

    @Test
    void the_weights_are_a_hundred_together() {
        assertThat(Stream.of(What.values()).mapToInt(What::weight).sum()).isEqualTo(100);
    }
}
