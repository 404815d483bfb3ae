package health.carryover.clinical.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.risk.ClinicCalibration.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClinicCalibrationTest {
    /** Outcomes of a clinic whose true logit is the model's, stretched and shifted. */
    private static List<Outcome> clinic(int count, double slope, double shift, long seed) {
        Random random = new Random(seed);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double logit = -1.5 + 1.2 * random.nextGaussian();
            double truth = 1 / (1 + Math.exp(-(slope * logit + shift)));
            outcomes.add(new Outcome(logit, random.nextDouble() < truth));
        }
        return outcomes;
    }

    @Test
    void under_a_hundred_settled_outcomes_no_number_is_trusted() {
        ClinicCalibration young = ClinicCalibration.of(clinic(99, 1, 0, 1));
        assertThat(young.trusted()).isFalse();
        assertThat(young.settled()).isEqualTo(99);
        assertThat(young.slope()).isEqualTo(1);
        assertThat(young.intercept()).isZero();
        assertThat(ClinicCalibration.of(List.of())).isEqualTo(ClinicCalibration.NONE);
    }

    @Test
    void nobody_who_lapsed_is_nothing_to_learn_from() {
        List<Outcome> kept = new ArrayList<>();
        for (int i = 0; i < 500; i++) kept.add(new Outcome(-2, false));
        assertThat(ClinicCalibration.of(kept).trusted()).isFalse();
    }

    @Test
    void the_base_rate_of_the_clinic_is_found_and_few_outcomes_move_it_less() {
        double few = ClinicCalibration.of(clinic(120, 1, 1.2, 2)).intercept();
        double many = ClinicCalibration.of(clinic(5000, 1, 1.2, 3)).intercept();
        assertThat(many).isCloseTo(1.2, within(0.1));
        assertThat(few).isBetween(0.5, many + 0.35);
    }

    @Test
    void the_slope_stays_until_three_hundred_have_settled() {
        assertThat(ClinicCalibration.of(clinic(299, 0.5, 0, 4)).slope()).isEqualTo(1);
        assertThat(ClinicCalibration.of(clinic(5000, 0.5, 0, 5)).slope()).isCloseTo(0.5, within(0.08));
    }

    /** Of a hundred clinics where the model is right after recalibration about five in a hundred are doubted by chance. */
    @Test
    void a_clinic_that_agrees_is_trusted_and_one_that_has_changed_is_not() {
        int trusted = 0;
        int fooled = 0;
        for (int seed = 0; seed < 100; seed++) {
            if (ClinicCalibration.of(clinic(200, 1, -0.7, seed)).trusted()) trusted++;
            List<Outcome> changed = new ArrayList<>(clinic(140, 1, -1.5, seed));
            changed.addAll(clinic(60, 1, 1.5, 1000 + seed));
            if (ClinicCalibration.of(changed).trusted()) fooled++;
        }
        assertThat(trusted).isGreaterThanOrEqualTo(88);
        assertThat(fooled).isLessThanOrEqualTo(2);
    }

    @Test
    void the_probability_is_that_of_the_bent_logit() {
        assertThat(new ClinicCalibration(200, 40, 0.8, 0.5, true)
                        .probability(-1)
                        .probability())
                .isCloseTo(1 / (1 + Math.exp(0.3)), within(1e-12));
    }
}
