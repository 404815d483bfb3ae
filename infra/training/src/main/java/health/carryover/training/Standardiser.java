package health.carryover.training;

import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * (x - mean) / standard deviation of each column over the rows where it is known, cut to 5 deviations; what is missing
 * becomes 0, the mean, and only its indicator speaks. A column that never varies becomes 0.
 *
 * @param mean of the known values
 * @param inverseDeviation 1 / standard deviation, 0 when that is 0
 * @param indicatorOf for each column the column that says it is missing, -1 = there is none
 */
record Standardiser(double[] mean, double[] inverseDeviation, int[] indicatorOf) {
    /** Farther out than anything a model has seen it would only guess. */
    static final float MOST_DEVIATIONS = 5;

    static Standardiser of(List<Example> examples) {
        int columns = RiskFeatures.names().size();
        int[] indicators = indicators();
        double[] mean = new double[columns];
        double[] inverse = new double[columns];
        float[][] rows = examples.stream().map(e -> e.features().vector()).toArray(float[][]::new);
        for (int column = 0; column < columns; column++) {
            double[] known = known(rows, column, indicators[column]);
            if (known.length == 0) continue;
            double average = Arrays.stream(known).average().orElseThrow();
            double variance =
                    Arrays.stream(known).map(x -> (x - average) * (x - average)).sum() / known.length;
            mean[column] = average;
            inverse[column] = variance < 1e-10 ? 0 : 1 / Math.sqrt(variance);
        }
        return new Standardiser(mean, inverse, indicators);
    }

    /** The median of each column over the rows where it is known, 0 where it never is: what reasons compare with. */
    static double[] medians(List<Example> examples) {
        float[][] rows = examples.stream().map(e -> e.features().vector()).toArray(float[][]::new);
        int[] indicators = indicators();
        double[] medians = new double[indicators.length];
        for (int column = 0; column < medians.length; column++) {
            double[] known = known(rows, column, indicators[column]);
            if (known.length > 0) medians[column] = known[known.length / 2];
        }
        return medians;
    }

    /** Known values of a column in ascending order. */
    static double[] known(float[][] rows, int column, int indicator) {
        return Arrays.stream(rows)
                .filter(row -> indicator < 0 || row[indicator] == 0)
                .mapToDouble(row -> row[column])
                .sorted()
                .toArray();
    }

    private static int[] indicators() {
        int[] indicatorOf = new int[RiskFeatures.names().size()];
        Arrays.fill(indicatorOf, -1);
        int next = Feature.values().length;
        for (Feature feature : Feature.values()) if (feature.mayBeMissing()) indicatorOf[feature.ordinal()] = next++;
        return indicatorOf;
    }

    int columns() {
        return mean.length;
    }

    /** The standardised row. */
    float[] apply(float[] row) {
        float[] z = new float[row.length];
        for (int column = 0; column < row.length; column++) {
            boolean missing = indicatorOf[column] >= 0 && row[indicatorOf[column]] != 0;
            z[column] = missing
                    ? 0
                    : Math.clamp(
                            (float) ((row[column] - mean[column]) * inverseDeviation[column]),
                            -MOST_DEVIATIONS,
                            MOST_DEVIATIONS);
        }
        return z;
    }

    float[][] apply(List<Example> examples) {
        return examples.stream().map(e -> apply(e.features().vector())).toArray(float[][]::new);
    }

    /** The same in a graph: n x columns to n x columns. */
    Operand<TFloat32> graph(Ops tf, Operand<TFloat32> features) {
        int columns = columns();
        Operand<TFloat32> scaled = tf.math.mul(
                tf.math.sub(features, Constants.matrix(tf, "mean", mean, columns)),
                Constants.matrix(tf, "inverse_deviation", inverseDeviation, columns));
        Operand<TFloat32> cut = tf.clipByValue(
                scaled,
                tf.withName("lowest").constant(-MOST_DEVIATIONS),
                tf.withName("highest").constant(MOST_DEVIATIONS));
        Operand<TFloat32> missing =
                tf.linalg.matMul(features, Constants.matrix(tf, "missing_of", missingOf(), columns, columns));
        return tf.math.mul(cut, tf.math.sub(tf.withName("one").constant(1f), missing));
    }

    /** Moves each indicator to the column it speaks of. */
    private float[] missingOf() {
        int columns = columns();
        float[] matrix = new float[columns * columns];
        for (int column = 0; column < columns; column++)
            if (indicatorOf[column] >= 0) matrix[indicatorOf[column] * columns + column] = 1;
        return matrix;
    }
}
