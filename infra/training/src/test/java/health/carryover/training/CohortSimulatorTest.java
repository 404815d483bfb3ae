package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.SessionFact;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CohortSimulatorTest {
    private static final List<SimulatedPerson> COHORT = CohortSimulator.cohort(1, 400);

    private static Map<Lapse14, Integer> outcomes() {
        Map<Lapse14, Integer> outcomes = new EnumMap<>(Lapse14.class);
        for (SimulatedPerson person : COHORT)
            person.cutOffs()
                    .forEach(cutOff -> outcomes.merge(
                            Lapse14.of(person.plan(), person.sessions(), person.observation(), cutOff),
                            1,
                            Integer::sum));
        return outcomes;
    }

    @Test
    void the_same_seed_gives_the_same_people() {
        assertThat(CohortSimulator.cohort(1, 400)).isEqualTo(COHORT);
        assertThat(CohortSimulator.cohort(2, 400)).isNotEqualTo(COHORT);
    }

    @Test
    void a_person_is_the_same_in_a_smaller_cohort() {
        assertThat(CohortSimulator.cohort(1, 10)).isEqualTo(COHORT.subList(0, 10));
    }

    @Test
    void everybody_is_marked_as_simulated() {
        assertThat(COHORT).allSatisfy(person -> assertThat(person.id()).startsWith("sim-"));
    }

    @Test
    void every_kind_of_outcome_happens_and_lapses_are_the_smaller_part() {
        Map<Lapse14, Integer> outcomes = outcomes();
        assertThat(outcomes)
                .containsKeys(
                        Lapse14.LAPSED,
                        Lapse14.KEPT,
                        Lapse14.COMPETING_EVENT,
                        Lapse14.LITTLE_PRESCRIBED,
                        Lapse14.DEVICE_SILENT);
        int lapsed = outcomes.getOrDefault(Lapse14.LAPSED, 0);
        double share = lapsed / (double) (lapsed + outcomes.getOrDefault(Lapse14.KEPT, 0));
        assertThat(share).isBetween(0.05, 0.25);
    }

    @Test
    void people_do_about_the_share_of_their_dose_that_studies_report() {
        // Published non-adherence to home exercise is 50-70 % in several groups; app users do more. Half to nine
        // tenths.
        double done = 0;
        double prescribed = 0;
        for (SimulatedPerson person : COHORT) {
            done += person.sessions().size();
            prescribed += person.plan()
                    .prescribed(
                            person.plan().start(),
                            person.observation().ends().getFirst().at());
        }
        assertThat(done / prescribed).isBetween(0.5, 0.9);
    }

    @Test
    void uploads_are_received_after_they_are_done_and_some_days_late() {
        List<SessionFact> sessions =
                COHORT.stream().flatMap(person -> person.sessions().stream()).toList();
        assertThat(sessions)
                .allSatisfy(session -> assertThat(session.receivedAt()).isAfterOrEqualTo(session.endedAt()));
        assertThat(sessions)
                .anySatisfy(session -> assertThat(Duration.between(session.endedAt(), session.receivedAt()))
                        .isGreaterThan(Duration.ofDays(2)));
    }

    @Test
    void folds_are_split_by_person() {
        List<Example> examples = Example.of(COHORT);
        List<Set<String>> folds = Candidates.folds(examples, 5, 1);
        assertThat(folds.stream().flatMap(Set::stream)).doesNotHaveDuplicates();
        assertThat(folds.stream().mapToInt(Set::size).sum())
                .isEqualTo((int) examples.stream().map(Example::key).distinct().count());
    }
}
