package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static List<Example> examples(boolean... labels) {
        Map<Feature, Double> nothing = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) if (!feature.mayBeMissing()) nothing.put(feature, 0.0);
        List<Example> examples = new ArrayList<>();
        for (boolean label : labels)
            examples.add(new Example(
                    "set",
                    "person-" + examples.size(),
                    0,
                    RiskFeatures.of(nothing),
                    new float[DailyHistory.DAYS * DailyHistory.CHANNELS],
                    label,
                    0,
                    Map.of()));
        return examples;
    }

    private static double of(Measure measure, double[] probabilities, boolean... labels) {
        return new Evaluation(examples(labels), probabilities).measures()[measure.ordinal()];
    }

    /** The example in scikit-learn's documentation of roc_auc_score and average_precision_score. */
    @Test
    void auc_and_average_precision_of_the_textbook_example() {
        double[] scores = {0.1, 0.4, 0.35, 0.8};
        assertThat(of(Measure.AUC, scores, false, false, true, true)).isEqualTo(0.75);
        assertThat(of(Measure.AVERAGE_PRECISION, scores, false, false, true, true))
                .isCloseTo(0.83, within(0.005));
    }

    /** The example in scikit-learn's documentation of brier_score_loss. */
    @Test
    void brier_score_of_the_textbook_example() {
        assertThat(of(Measure.BRIER, new double[] {0.1, 0.9, 0.8, 0.3}, false, true, true, false))
                .isCloseTo(0.0375, within(1e-12));
    }

    @Test
    void ties_count_half_and_one_class_alone_says_nothing() {
        assertThat(of(Measure.AUC, new double[] {0.5, 0.5, 0.5}, true, false, false))
                .isEqualTo(0.5);
        assertThat(of(Measure.AUC, new double[] {0.1, 0.9}, true, true)).isEqualTo(0.5);
    }

    @Test
    void of_ten_rows_a_fifth_flagged_are_the_two_with_the_highest_risk() {
        boolean[] labels = {false, false, false, false, false, true, false, true, false, true};
        double[] scores = {0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1};
        assertThat(of(Measure.PPV20, scores, labels)).isEqualTo(0.5);
        assertThat(of(Measure.RECALL20, scores, labels)).isCloseTo(1 / 3.0, within(1e-12));
    }

    /** A weight of two is the row twice: every measure but the ties of the flagging, which fall the same way here. */
    @Test
    void a_row_that_counts_twice_is_a_row_written_twice() {
        double[] twice = new Evaluation(
                        examples(true, false, false, true, true), new double[] {0.7, 0.2, 0.4, 0.3, 0.3})
                .measures();
        double[] weighted = new Evaluation(examples(true, false, false, true), new double[] {0.7, 0.2, 0.4, 0.3})
                .measures(new double[] {1, 1, 1, 2});
        assertThat(weighted).containsExactly(twice, within(1e-6));
    }

    /** Hours of study and passing an exam, the worked example of the English Wikipedia's article on logistic regression. */
    @Test
    void logistic_regression_finds_the_published_coefficients() {
        double[] hours = {
            0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50, 2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50, 4.75,
            5.00, 5.50
        };
        int[] passed = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
        double[][] rows = new double[hours.length][];
        boolean[] labels = new boolean[hours.length];
        for (int i = 0; i < hours.length; i++) {
            rows[i] = new double[] {hours[i]};
            labels[i] = passed[i] == 1;
        }
        LogisticRegression fit = LogisticRegression.fit(rows, labels, 0);
        assertThat(fit.weights()[0]).isCloseTo(1.5046, within(1e-4));
        assertThat(fit.intercept()).isCloseTo(-4.0777, within(1e-4));
    }

    @Test
    void probabilities_that_are_too_bold_by_a_factor_of_two_have_a_slope_of_one_half() {
        int rows = 4000;
        double[] probabilities = new double[rows];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            // True logit -1 or 1, in exact proportion; stated logit twice that.
            boolean high = i % 2 == 0;
            double truth = 1 / (1 + Math.exp(high ? -1 : 1));
            labels[i] = i / 2 < Math.round(truth * rows / 2);
            probabilities[i] = 1 / (1 + Math.exp(high ? -2 : 2));
        }
        assertThat(of(Measure.CALIBRATION_SLOPE, probabilities, labels)).isCloseTo(0.5, within(1e-3));
    }
}
