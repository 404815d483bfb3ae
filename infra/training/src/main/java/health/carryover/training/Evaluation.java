package health.carryover.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How well probabilities agree with what happened. Accuracy is left out: where few lapse it says nothing. Every measure
 * takes a weight per row, so that a bootstrap over persons costs one pass instead of a sort.
 */
final class Evaluation {
    private static final int BINS = 10;
    private static final double LEAST_PROBABILITY = 1e-6;
    private static final int CALIBRATION_STEPS = 25;

    private final double[] probabilities;
    private final boolean[] labels;
    /** Rows by falling risk; ties by a number that has nothing to do with the outcome. */
    private final int[] order;

    Evaluation(List<Example> rows, double[] probabilities) {
        this.probabilities = probabilities;
        labels = Example.labels(rows);
        int[] lot = new int[probabilities.length];
        for (int i = 0; i < lot.length; i++)
            lot[i] = new SplittableRandom(31L * rows.get(i).person().hashCode() + i).nextInt();
        order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -probabilities[i])
                        .thenComparingInt(i -> lot[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** All measures, at {@link Measure#ordinal}, every row once. */
    double[] measures() {
        double[] once = new double[labels.length];
        Arrays.fill(once, 1);
        return measures(once);
    }

    /** @param weights how often each row counts */
    double[] measures(double[] weights) {
        double[] found = new double[Measure.values().length];
        double[] line = calibration(weights);
        found[Measure.AUC.ordinal()] = auc(weights);
        found[Measure.AVERAGE_PRECISION.ordinal()] = averagePrecision(weights);
        found[Measure.BRIER.ordinal()] = brier(weights);
        found[Measure.CALIBRATION_SLOPE.ordinal()] = line[0];
        found[Measure.CALIBRATION_INTERCEPT.ordinal()] = line[1];
        found[Measure.ECE.ordinal()] = expectedCalibrationError(weights);
        double[] at15 = flagged(weights, 0.15);
        double[] at20 = flagged(weights, 0.20);
        found[Measure.PPV15.ordinal()] = at15[0];
        found[Measure.RECALL15.ordinal()] = at15[1];
        found[Measure.PPV20.ordinal()] = at20[0];
        found[Measure.RECALL20.ordinal()] = at20[1];
        double loss = 0;
        for (int i = 0; i < labels.length; i++)
            if (weights[i] > 0) loss += weights[i] * logLoss(logit(probabilities[i]), labels[i]);
        found[Measure.LOG_LOSS.ordinal()] = loss / sum(weights);
        return found;
    }

    static double logit(double probability) {
        double p = Math.clamp(probability, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
        return Math.log(p / (1 - p));
    }

    static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    static double logLoss(double logit, boolean label) {
        return Math.max(logit, 0) - (label ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    private static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) sum += weight;
        return sum;
    }

    private double positives(double[] weights) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) if (labels[i]) sum += weights[i];
        return sum;
    }

    /**
     * Probability that a random lapse has a higher score than a random non-lapse, ties count half (Mann-Whitney).
     * Example: scores 0.1 0.4 0.35 0.8 with labels 0 0 1 1 give 0.75. 0.5 when one class is absent.
     */
    private double auc(double[] weights) {
        double above = 0;
        double won = 0;
        double negatives = 0;
        for (int from = 0; from < order.length; ) {
            double here = 0;
            double notHere = 0;
            int to = from;
            for (; to < order.length && probabilities[order[to]] == probabilities[order[from]]; to++) {
                if (labels[order[to]]) here += weights[order[to]];
                else notHere += weights[order[to]];
            }
            won += notHere * (above + here / 2);
            above += here;
            negatives += notHere;
            from = to;
        }
        return above == 0 || negatives == 0 ? 0.5 : won / (above * negatives);
    }

    /** Precision at each threshold, weighted by the recall it adds; equal scores are one threshold, as in scikit-learn. */
    private double averagePrecision(double[] weights) {
        double sum = 0;
        double found = 0;
        double seen = 0;
        for (int from = 0; from < order.length; ) {
            double here = 0;
            int to = from;
            for (; to < order.length && probabilities[order[to]] == probabilities[order[from]]; to++) {
                seen += weights[order[to]];
                if (labels[order[to]]) here += weights[order[to]];
            }
            found += here;
            if (here > 0) sum += here * found / seen;
            from = to;
        }
        return found == 0 ? 0 : sum / found;
    }

    /** Mean squared distance of probability and outcome; smaller is better. */
    private double brier(double[] weights) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double distance = probabilities[i] - (labels[i] ? 1 : 0);
            sum += weights[i] * distance * distance;
        }
        return sum / sum(weights);
    }

    /** Slope and intercept of a logistic regression of the outcome on the logit: 1 and 0 are perfect. */
    private double[] calibration(double[] weights) {
        double slope = 1;
        double intercept = 0;
        for (int step = 0; step < CALIBRATION_STEPS; step++) {
            double g0 = 0;
            double g1 = 0;
            double h00 = 1e-9;
            double h01 = 0;
            double h11 = 1e-9;
            for (int i = 0; i < labels.length; i++) {
                if (weights[i] == 0) continue;
                double x = logit(probabilities[i]);
                double p = probability(slope * x + intercept);
                double error = weights[i] * (p - (labels[i] ? 1 : 0));
                double bend = weights[i] * Math.max(p * (1 - p), 1e-9);
                g0 += error;
                g1 += error * x;
                h00 += bend;
                h01 += bend * x;
                h11 += bend * x * x;
            }
            double determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 1e-12)) return new double[] {slope, intercept};
            double moveIntercept = Math.clamp((h11 * g0 - h01 * g1) / determinant, -5, 5);
            double moveSlope = Math.clamp((h00 * g1 - h01 * g0) / determinant, -2, 2);
            intercept -= moveIntercept;
            slope -= moveSlope;
            if (Math.abs(moveIntercept) + Math.abs(moveSlope) < 1e-7) break;
        }
        return new double[] {slope, intercept};
    }

    /** Mean distance of predicted and observed share over ten bins with equally many rows. */
    private double expectedCalibrationError(double[] weights) {
        double total = sum(weights);
        double error = 0;
        double inBin = 0;
        double seen = 0;
        int bin = 1;
        for (int i : order) {
            inBin += weights[i] * (probabilities[i] - (labels[i] ? 1 : 0));
            seen += weights[i];
            if (seen < bin * total / BINS - 1e-9) continue;
            error += Math.abs(inBin) / total;
            inBin = 0;
            while (seen >= bin * total / BINS - 1e-9) bin++;
        }
        return error + Math.abs(inBin) / total;
    }

    /** Positive predictive value and recall among the given share of rows with the highest risk. */
    private double[] flagged(double[] weights, double share) {
        double places = Math.ceil(share * sum(weights) - 1e-9);
        double count = 0;
        double right = 0;
        for (int i : order) {
            if (count >= places) break;
            double taken = Math.min(weights[i], places - count);
            count += taken;
            if (labels[i]) right += taken;
        }
        double positives = positives(weights);
        return new double[] {count == 0 ? 0 : right / count, positives == 0 ? 0 : right / positives};
    }
}
