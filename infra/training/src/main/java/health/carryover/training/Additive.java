package health.carryover.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Logistic regression that may bend: each feature has its straight line and up to four hinges {@code max(0, z - knot)} at
 * the quantiles of its known values, so that "no session for 2 days" and "for 12" need not lie on one line. Still a sum
 * with one term per feature, which is what makes its reasons exact. Without knots it is plain logistic regression.
 *
 * @param hingeColumn the column each hinge belongs to
 * @param knot where it bends, in standard deviations
 * @param weights of the columns, then of the hinges
 */
record Additive(Standardiser standardiser, int[] hingeColumn, float[] knot, double[] weights, double intercept)
        implements Model {
    private static final double[] QUANTILES = {0.1, 0.35, 0.65, 0.9};
    /** Knots closer than this are one, in standard deviations. */
    private static final double NEAR = 0.05;

    /** Logistic regression with a ridge, on the standardised columns. */
    static Learner straight(double ridge) {
        return (rows, _) -> fit(rows, ridge, new double[0]);
    }

    static Learner bent(double ridge) {
        return (rows, _) -> fit(rows, ridge, QUANTILES);
    }

    private static Additive fit(List<Example> rows, double ridge, double[] quantiles) {
        Standardiser standardiser = Standardiser.of(rows);
        float[][] z = standardiser.apply(rows);
        float[][] raw = rows.stream().map(e -> e.features().vector()).toArray(float[][]::new);
        List<Integer> columns = new ArrayList<>();
        List<Float> knots = new ArrayList<>();
        for (int column = 0; column < standardiser.columns(); column++) {
            double scale = standardiser.inverseDeviation()[column];
            double[] known = Standardiser.known(raw, column, standardiser.indicatorOf()[column]);
            double last = Double.NEGATIVE_INFINITY;
            for (double quantile : quantiles) {
                if (scale == 0 || known.length == 0) continue;
                double at = (known[(int) (quantile * (known.length - 1))]
                                - standardiser.mean()[column])
                        * scale;
                // At the ends there is nothing to bend.
                if (at < last + NEAR
                        || at <= (known[0] - standardiser.mean()[column]) * scale + NEAR
                        || at >= (known[known.length - 1] - standardiser.mean()[column]) * scale - NEAR
                        || Math.abs(at) >= Standardiser.MOST_DEVIATIONS) continue;
                columns.add(column);
                knots.add((float) at);
                last = at;
            }
        }
        int[] hingeColumn = columns.stream().mapToInt(Integer::intValue).toArray();
        float[] knot = new float[knots.size()];
        for (int i = 0; i < knot.length; i++) knot[i] = knots.get(i);
        double[][] basis = new double[z.length][];
        for (int i = 0; i < z.length; i++) basis[i] = basis(z[i], hingeColumn, knot);
        LogisticRegression regression = LogisticRegression.fit(basis, Example.labels(rows), ridge);
        return new Additive(standardiser, hingeColumn, knot, regression.weights(), regression.intercept());
    }

    private static double[] basis(float[] z, int[] hingeColumn, float[] knot) {
        double[] basis = new double[z.length + knot.length];
        for (int c = 0; c < z.length; c++) basis[c] = z[c];
        for (int h = 0; h < knot.length; h++) basis[z.length + h] = Math.max(0, z[hingeColumn[h]] - knot[h]);
        return basis;
    }

    @Override
    public double[] logits(List<Example> rows) {
        double[] logits = new double[rows.size()];
        for (int i = 0; i < logits.length; i++) {
            double[] basis = basis(standardiser.apply(rows.get(i).features().vector()), hingeColumn, knot);
            double sum = intercept;
            for (int c = 0; c < basis.length; c++) sum += weights[c] * basis[c];
            logits[i] = sum;
        }
        return logits;
    }

    @Override
    public boolean readsHistory() {
        return false;
    }

    @Override
    public Operand<TFloat32> graph(Ops tf, Inputs inputs) {
        int columns = standardiser.columns();
        Operand<TFloat32> z = standardiser.graph(tf, inputs.features());
        double[] line = java.util.Arrays.copyOf(weights, columns);
        Operand<TFloat32> logit = tf.math.add(
                tf.linalg.matMul(z, Constants.matrix(tf, "line", line, columns, 1)),
                tf.withName("intercept").constant((float) intercept));
        if (knot.length == 0) return logit;
        double[] bends = java.util.Arrays.copyOfRange(weights, columns, weights.length);
        Operand<TFloat32> hinges = tf.nn.relu(tf.math.sub(
                tf.gather(
                        z,
                        tf.withName("hinge_column").constant(hingeColumn),
                        tf.withName("columns").constant(1)),
                Constants.matrix(tf, "knot", knot, knot.length)));
        return tf.math.add(logit, tf.linalg.matMul(hinges, Constants.matrix(tf, "bend", bends, bends.length, 1)));
    }
}
