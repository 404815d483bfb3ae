package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.clinical.risk.ClinicCalibration.Outcome;
import health.carryover.risk.RiskModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped model in a simulated clinic where three times as many of those at risk lapse as where it was trained. */
class ColdStartTest {
    private static final int KEEP_ONE_IN = 3;

    /** Outcomes of the clinic in the order of time: of those who kept going only every third came to this clinic. */
    private static List<Outcome> clinic(long seed) {
        List<Example> rows = new ArrayList<>(Example.of(CohortSimulator.cohort(seed, 120)).stream()
                .filter(Example::active)
                .toList());
        rows.sort(Comparator.comparingLong(Example::day).thenComparing(Example::person));
        List<Example> here = new ArrayList<>();
        int kept = 0;
        for (Example row : rows) if (row.lapsed() || kept++ % KEEP_ONE_IN == 0) here.add(row);
        List<Outcome> outcomes = new ArrayList<>();
        try (RiskModel model = RiskModel.shipped()) {
            double[] logits = model.logits(here.stream().map(Example::row).toList());
            for (int i = 0; i < logits.length; i++)
                outcomes.add(new Outcome(logits[i], here.get(i).lapsed()));
        }
        return outcomes;
    }

    private static double brier(List<Outcome> outcomes, ClinicCalibration calibration) {
        return outcomes.stream()
                .mapToDouble(o -> {
                    double distance = calibration.probability(o.logit()).probability() - (o.lapsed() ? 1 : 0);
                    return distance * distance;
                })
                .average()
                .orElseThrow();
    }

    /** How many more lapse than were expected, as a share of the patients. */
    private static double surprise(List<Outcome> outcomes, ClinicCalibration calibration) {
        return outcomes.stream()
                .mapToDouble(o -> (o.lapsed() ? 1 : 0)
                        - calibration.probability(o.logit()).probability())
                .average()
                .orElseThrow();
    }

    @Test
    void after_a_hundred_outcomes_of_its_own_the_clinics_later_patients_are_told_right() {
        double before = 0;
        double after = 0;
        double surpriseBefore = 0;
        double surpriseAfter = 0;
        int clinics = 8;
        for (int seed = 1; seed <= clinics; seed++) {
            List<Outcome> all = clinic(900 + seed);
            assertThat(ClinicCalibration.of(all.subList(0, 99)).trusted()).isFalse();
            ClinicCalibration learned = ClinicCalibration.of(all.subList(0, 150));
            List<Outcome> later = all.subList(150, all.size());
            before += brier(later, ClinicCalibration.NONE) / clinics;
            after += brier(later, learned) / clinics;
            surpriseBefore += surprise(later, ClinicCalibration.NONE) / clinics;
            surpriseAfter += surprise(later, learned) / clinics;
        }
        assertThat(surpriseBefore).as("the clinic is another one").isGreaterThan(0.03);
        assertThat(Math.abs(surpriseAfter)).isLessThan(surpriseBefore / 2);
        assertThat(after).isLessThan(before);
    }
}
