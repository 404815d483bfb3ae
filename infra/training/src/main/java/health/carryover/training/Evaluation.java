package health.carryover.training;

import health.carryover.risk.ModelManifest.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How well probabilities agree with what happened. Accuracy is left out: where few lapse it says nothing. */
final class Evaluation {
    private static final int BOOTSTRAPS = 500;
    private static final int BINS = 10;
    private static final double LEAST_PROBABILITY = 1e-6;

    private Evaluation() {}

    /**
     * @param probabilities one per example
     * @param seed of the bootstrap over persons, which gives the 95 % interval of the AUC
     */
    static Metrics metrics(String name, String dataset, List<Example> examples, double[] probabilities, long seed) {
        boolean[] labels = new boolean[examples.size()];
        for (int i = 0; i < labels.length; i++) labels[i] = examples.get(i).lapsed();
        int positives = 0;
        for (boolean label : labels) if (label) positives++;
        double[] interval = aucInterval(examples, labels, probabilities, seed);
        LogisticRegression recalibration = recalibration(probabilities, labels);
        Integer[] order = byRisk(probabilities, examples);
        double[] at15 = flagged(order, labels, 0.15, positives);
        double[] at20 = flagged(order, labels, 0.20, positives);
        return new Metrics(
                name,
                dataset,
                labels.length,
                positives,
                auc(probabilities, labels),
                interval[0],
                interval[1],
                averagePrecision(order, labels, positives),
                brier(probabilities, labels),
                recalibration.weights()[0],
                recalibration.intercept(),
                expectedCalibrationError(probabilities, labels),
                at15[0],
                at15[1],
                at20[0],
                at20[1]);
    }

    /**
     * Probability that a random lapse has a higher score than a random non-lapse, ties count half (Mann-Whitney).
     * Example: scores 0.1 0.4 0.35 0.8 with labels 0 0 1 1 give 0.75. 0.5 when one class is absent.
     */
    static double auc(double[] scores, boolean[] labels) {
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double rankSum = 0;
        double positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) to++;
            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                if (labels[order[i]]) {
                    rankSum += rank;
                    positives++;
                }
            }
            from = to;
        }
        double negatives = scores.length - positives;
        if (positives == 0 || negatives == 0) return 0.5;
        return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
    }

    private static double[] aucInterval(List<Example> examples, boolean[] labels, double[] scores, long seed) {
        Map<String, List<Integer>> byPerson = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++)
            byPerson.computeIfAbsent(
                            examples.get(i).dataset() + "/" + examples.get(i).person(), _ -> new ArrayList<>())
                    .add(i);
        List<List<Integer>> persons = List.copyOf(byPerson.values());
        SplittableRandom random = new SplittableRandom(seed);
        double[] areas = new double[BOOTSTRAPS];
        for (int b = 0; b < BOOTSTRAPS; b++) {
            int[] drawn = IntStream.range(0, persons.size())
                    .mapToObj(_ -> persons.get(random.nextInt(persons.size())))
                    .flatMapToInt(rows -> rows.stream().mapToInt(Integer::intValue))
                    .toArray();
            double[] drawnScores =
                    Arrays.stream(drawn).mapToDouble(i -> scores[i]).toArray();
            boolean[] drawnLabels = new boolean[drawn.length];
            for (int i = 0; i < drawn.length; i++) drawnLabels[i] = labels[drawn[i]];
            areas[b] = auc(drawnScores, drawnLabels);
        }
        Arrays.sort(areas);
        return new double[] {areas[(int) (0.025 * BOOTSTRAPS)], areas[(int) (0.975 * BOOTSTRAPS)]};
    }

    /** Mean squared distance of probability and outcome; smaller is better. */
    static double brier(double[] probabilities, boolean[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double distance = probabilities[i] - (labels[i] ? 1 : 0);
            sum += distance * distance;
        }
        return sum / labels.length;
    }

    /** Logistic regression of the outcome on the logit: slope 1 and intercept 0 are perfect. */
    static LogisticRegression recalibration(double[] probabilities, boolean[] labels) {
        double[][] rows = new double[labels.length][1];
        for (int i = 0; i < labels.length; i++) rows[i][0] = logit(probabilities[i]);
        return LogisticRegression.fit(rows, labels, 0);
    }

    static double logit(double probability) {
        double p = Math.clamp(probability, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
        return Math.log(p / (1 - p));
    }

    /** Mean distance of predicted and observed share over ten bins with equally many rows. */
    static double expectedCalibrationError(double[] probabilities, boolean[] labels) {
        Integer[] order = IntStream.range(0, labels.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            int from = bin * order.length / BINS;
            int to = (bin + 1) * order.length / BINS;
            double sum = 0;
            for (int i = from; i < to; i++) sum += probabilities[order[i]] - (labels[order[i]] ? 1 : 0);
            error += Math.abs(sum) / order.length;
        }
        return error;
    }

    /** Highest first; ties by a number that has nothing to do with the outcome. */
    private static Integer[] byRisk(double[] scores, List<Example> examples) {
        int[] lot = new int[scores.length];
        for (int i = 0; i < lot.length; i++)
            lot[i] = new SplittableRandom(31L * examples.get(i).person().hashCode() + i).nextInt();
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparingInt(i -> lot[i]));
        return order;
    }

    private static double averagePrecision(Integer[] order, boolean[] labels, int positives) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < order.length; i++) {
            if (labels[order[i]]) {
                found++;
                sum += found / (i + 1.0);
            }
        }
        return positives == 0 ? 0 : sum / positives;
    }

    /** Positive predictive value and recall among the given share of rows with the highest risk. */
    private static double[] flagged(Integer[] order, boolean[] labels, double share, int positives) {
        int count = (int) Math.ceil(share * order.length);
        int right = 0;
        for (int i = 0; i < count; i++) if (labels[order[i]]) right++;
        return new double[] {count == 0 ? 0 : right / (double) count, positives == 0 ? 0 : right / (double) positives};
    }
}
