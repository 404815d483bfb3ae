package health.carryover.training;

import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import java.util.Arrays;
import java.util.List;

/**
 * (x - mean) / standard deviation of each column over the rows where it is known; what is missing becomes 0, the mean,
 * and only its indicator speaks. A column that never varies becomes 0.
 *
 * @param mean of the known values
 * @param inverseDeviation 1 / standard deviation, 0 when that is 0
 * @param median of the known values
 * @param indicatorOf for each column the column that says it is missing, -1 = there is none
 */
record Standardiser(double[] mean, double[] inverseDeviation, double[] median, int[] indicatorOf) {

    static Standardiser of(List<Example> examples) {
        int columns = RiskFeatures.names().size();
        int[] indicators = indicators(columns);
        double[] mean = new double[columns];
        double[] inverse = new double[columns];
        double[] median = new double[columns];
        float[][] rows = examples.stream().map(e -> e.features().vector()).toArray(float[][]::new);
        for (int column = 0; column < columns; column++) {
            int at = column;
            int indicator = indicators[column];
            double[] known = Arrays.stream(rows)
                    .filter(row -> indicator < 0 || row[indicator] == 0)
                    .mapToDouble(row -> row[at])
                    .sorted()
                    .toArray();
            if (known.length == 0) continue;
            double average = Arrays.stream(known).average().orElseThrow();
            double variance =
                    Arrays.stream(known).map(x -> (x - average) * (x - average)).sum() / known.length;
            mean[column] = average;
            inverse[column] = variance < 1e-10 ? 0 : 1 / Math.sqrt(variance);
            median[column] = known[known.length / 2];
        }
        return new Standardiser(mean, inverse, median, indicators);
    }

    private static int[] indicators(int columns) {
        int[] indicatorOf = new int[columns];
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
            z[column] = missing ? 0 : (float) ((row[column] - mean[column]) * inverseDeviation[column]);
        }
        return z;
    }

    float[][] apply(List<Example> examples) {
        return examples.stream().map(e -> apply(e.features().vector())).toArray(float[][]::new);
    }
}
