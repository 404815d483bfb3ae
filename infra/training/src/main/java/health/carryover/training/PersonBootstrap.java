package health.carryover.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws persons with replacement, all rows of a person together: rows of one person are not independent. The draws go by
 * the seed alone, so two models judged on the same rows are judged on the same draws, and their difference is paired.
 */
final class PersonBootstrap {
    static final int DRAWS = 500;

    private final List<Example> rows;
    private final int[] personOf;
    private final int persons;
    private final long seed;

    PersonBootstrap(List<Example> rows, long seed) {
        this.rows = rows;
        this.seed = seed;
        Map<String, Integer> numbers = new LinkedHashMap<>();
        personOf = rows.stream()
                .mapToInt(row -> numbers.computeIfAbsent(row.key(), _ -> numbers.size()))
                .toArray();
        persons = numbers.size();
    }

    int persons() {
        return persons;
    }

    /** The measures of each draw: draws x measures. */
    double[][] measures(double[] probabilities) {
        Evaluation evaluation = new Evaluation(rows, probabilities);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] drawn = new double[DRAWS][];
        double[] weights = new double[rows.size()];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] times = new int[persons];
            for (int i = 0; i < persons; i++) times[random.nextInt(persons)]++;
            for (int i = 0; i < weights.length; i++) weights[i] = times[personOf[i]];
            drawn[draw] = evaluation.measures(weights);
        }
        return drawn;
    }

    /** The middle 95 % of the draws of a measure. */
    static double[] interval(double[][] drawn, Measure measure) {
        return interval(
                Arrays.stream(drawn).mapToDouble(d -> d[measure.ordinal()]).toArray());
    }

    /** The same of the difference of two models on the same draws. */
    static double[] difference(double[][] one, double[][] other, Measure measure) {
        double[] differences = new double[one.length];
        for (int i = 0; i < differences.length; i++)
            differences[i] = one[i][measure.ordinal()] - other[i][measure.ordinal()];
        return interval(differences);
    }

    private static double[] interval(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new double[] {sorted[(int) (0.025 * sorted.length)], sorted[(int) (0.975 * sorted.length)]};
    }
}
