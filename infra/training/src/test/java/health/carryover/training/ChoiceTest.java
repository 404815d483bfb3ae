package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private final Random random = new Random(5);
    private final List<Example> rows = new ArrayList<>();
    private final double[] truth = new double[2000];

    ChoiceTest() {
        Map<Feature, Double> nothing = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) if (!feature.mayBeMissing()) nothing.put(feature, 0.0);
        for (int i = 0; i < truth.length; i++) {
            truth[i] = Evaluation.probability(-1.5 + 1.5 * random.nextGaussian());
            rows.add(new Example(
                    "set",
                    "p" + i / 10,
                    i,
                    RiskFeatures.of(nothing),
                    new float[DailyHistory.DAYS * DailyHistory.CHANNELS],
                    random.nextDouble() < truth[i],
                    0,
                    Map.of()));
        }
    }

    private double[] blurred(double spread) {
        double[] p = new double[truth.length];
        for (int i = 0; i < p.length; i++)
            p[i] = Evaluation.probability(Evaluation.logit(truth[i]) + spread * random.nextGaussian());
        return p;
    }

    @Test
    void a_simpler_model_that_is_about_as_good_is_preferred() {
        Map<String, double[]> models = new LinkedHashMap<>();
        models.put("simple", blurred(0.05));
        models.put("intricate", truth);
        assertThat(Choice.simplest(rows, models, 1)).isEqualTo("simple");
    }

    @Test
    void a_simpler_model_that_is_clearly_worse_is_not() {
        Map<String, double[]> models = new LinkedHashMap<>();
        models.put("simple", blurred(3));
        models.put("intricate", truth);
        assertThat(Choice.simplest(rows, models, 1)).isEqualTo("intricate");
    }

    @Test
    void a_model_that_ranks_well_but_lies_about_the_risk_is_not_preferred_either() {
        double[] bold = new double[truth.length];
        for (int i = 0; i < bold.length; i++) bold[i] = Evaluation.probability(3 * Evaluation.logit(truth[i]));
        Map<String, double[]> models = new LinkedHashMap<>();
        models.put("bold", bold);
        models.put("honest", truth);
        assertThat(Choice.simplest(rows, models, 1)).isEqualTo("honest");
    }

    @Test
    void the_interval_of_a_difference_is_narrower_when_it_is_paired() {
        PersonBootstrap bootstrap = new PersonBootstrap(rows, 1);
        double[][] one = bootstrap.measures(truth);
        double[][] other = bootstrap.measures(blurred(0.05));
        double[] alone = PersonBootstrap.interval(one, Measure.AUC);
        double[] paired = PersonBootstrap.difference(one, other, Measure.AUC);
        assertThat(paired[1] - paired[0]).isLessThan((alone[1] - alone[0]) / 3);
        assertThat(bootstrap.persons()).isEqualTo(200);
    }
}
