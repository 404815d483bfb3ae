package health.carryover.risk;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.PlainRule.Band;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.RiskScore;
import health.carryover.risk.Judge.Judged;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final RiskScore THRESHOLD = new RiskScore(0.3);
    private static final Judge NEW_CLINIC = new Judge(ClinicCalibration.NONE, THRESHOLD);
    private static final Judge OLD_CLINIC = new Judge(new ClinicCalibration(240, 40, 1, -1, true), THRESHOLD);

    private static Judged patient(String id, double daysSince, double logit, Band band) {
        Map<Feature, Double> values = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) if (!feature.mayBeMissing()) values.put(feature, feature.min());
        values.put(Feature.DAYS_SINCE_SESSION, daysSince);
        return new Judged(id, RiskFeatures.of(values), band, logit);
    }

    private static final List<Judged> PATIENTS = List.of(
            patient("a", 2, 3, Band.LOW),
            patient("b", 9, -3, Band.HIGH),
            patient("c", 12, 0, Band.HIGH),
            patient("d", 5, -0.5, Band.MEDIUM));

    @Test
    void a_new_clinic_calls_by_the_plain_rule_whatever_the_model_says() {
        assertThat(NEW_CLINIC.worthACall(PATIENTS, "2026-03-07")).containsExactly("c", "b");
        assertThat(NEW_CLINIC.percentage(0)).isNull();
    }

    @Test
    void a_clinic_whose_outcomes_bear_the_model_out_calls_by_it() {
        assertThat(OLD_CLINIC.worthACall(PATIENTS, "2026-03-07")).containsExactly("a", "c", "d");
        assertThat(OLD_CLINIC.percentage(1)).isEqualTo(0.5);
    }

    /** Ten equal patients of either therapist, three places: over 300 nights each therapist has about half of them. */
    @Test
    void between_equals_the_night_decides_the_same_for_a_repeat_and_fair_between_therapists() {
        List<Judged> equal = new java.util.ArrayList<>();
        for (int i = 0; i < 20; i++) equal.add(patient("p%02d".formatted(i), 9, 0, Band.HIGH));
        for (Judge judge : List.of(NEW_CLINIC, OLD_CLINIC)) {
            int first = 0;
            for (int night = 0; night < 300; night++) {
                List<String> chosen = judge.worthACall(equal, "night " + night).subList(0, 3);
                assertThat(judge.worthACall(equal.reversed(), "night " + night).subList(0, 3))
                        .isEqualTo(chosen);
                first += (int)
                        chosen.stream().filter(one -> one.compareTo("p10") < 0).count();
            }
            // 900 places: 450 each, and 5 standard deviations of independent draws are 75.
            assertThat(first).isBetween(375, 525);
        }
    }
}
