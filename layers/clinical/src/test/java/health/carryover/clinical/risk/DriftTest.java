package health.carryover.clinical.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTest {
    /** Patients with a mean and spread of days since the last session, every tenth without a known gap. */
    private static List<RiskFeatures> patients(int count, double mean, double spread, int missingEvery, long seed) {
        Random random = new Random(seed);
        List<RiskFeatures> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<Feature, Double> values = new EnumMap<>(Feature.class);
            for (Feature feature : Feature.values()) if (!feature.mayBeMissing()) values.put(feature, feature.min());
            values.put(Feature.DAYS_SINCE_SESSION, Math.clamp(mean + spread * random.nextGaussian(), 0, 60));
            if (i % missingEvery != 0) values.put(Feature.USUAL_GAP_DAYS, Math.clamp(2 + random.nextGaussian(), 0, 21));
            rows.add(RiskFeatures.of(values));
        }
        return rows;
    }

    @Test
    void the_same_population_has_not_drifted() {
        Drift.Reference reference = Drift.Reference.of(patients(4000, 10, 3, 10, 1), Feature.DAYS_SINCE_SESSION);
        assertThat(Drift.index(patients(2000, 10, 3, 10, 2), Feature.DAYS_SINCE_SESSION, reference))
                .isLessThan(0.02);
    }

    @Test
    void patients_who_stay_away_a_week_longer_are_another_population() {
        Drift.Reference reference = Drift.Reference.of(patients(4000, 10, 3, 10, 1), Feature.DAYS_SINCE_SESSION);
        assertThat(Drift.index(patients(2000, 17, 3, 10, 2), Feature.DAYS_SINCE_SESSION, reference))
                .isGreaterThan(Drift.LARGE);
    }

    @Test
    void what_is_missing_more_often_than_it_was_is_drift_too() {
        Drift.Reference reference = Drift.Reference.of(patients(4000, 10, 3, 10, 1), Feature.USUAL_GAP_DAYS);
        assertThat(Drift.index(patients(2000, 10, 3, 2, 2), Feature.USUAL_GAP_DAYS, reference))
                .isGreaterThan(Drift.LARGE);
    }

    /** Worked by hand: shares 0.5, 0.5 become 0.8, 0.2: 0.3 ln 1.6 + (-0.3) ln 0.4 = 0.4159. */
    @Test
    void the_index_is_the_published_sum() {
        Drift.Reference halves = new Drift.Reference(List.of(5.0), List.of(0.5, 0.5, 0.0));
        List<RiskFeatures> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) rows.addAll(patients(1, i < 8 ? 1 : 30, 0, 10, i));
        assertThat(Drift.index(rows, Feature.DAYS_SINCE_SESSION, halves)).isCloseTo(0.4159, within(1e-3));
        assertThat(Drift.index(List.of(), Feature.DAYS_SINCE_SESSION, halves)).isZero();
    }

    @Test
    void a_reference_without_a_share_for_what_is_missing_is_refused() {
        assertThatThrownBy(() -> new Drift.Reference(List.of(5.0), List.of(0.5, 0.5)))
                .hasMessageContaining("missing");
    }
}
