package health.carryover.training;

import health.carryover.clinical.risk.DailyHistory;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A small network. Each of the last eight weeks is read by the same few units (a convolution over the daily history with a
 * week's stride); what they say goes with the standardised features z through one hidden layer of tanh units, and beside
 * it a straight line leads from the features to the output, so that it begins where logistic regression ends:
 * {@code logit = tanh([z, tanh(week w0 + b0)] w1 + b1) w2 + z line + b2}.
 *
 * @param columns of the features
 * @param w0 (7 days x channels) x week units, row by row
 * @param b0 week units
 * @param w1 (columns + weeks x week units) x hidden, row by row
 * @param b1 hidden
 * @param w2 hidden
 * @param line columns
 */
record Network(
        Standardiser standardiser,
        int columns,
        int hidden,
        float[] w0,
        float[] b0,
        float[] w1,
        float[] b1,
        float[] w2,
        float[] line,
        float b2)
        implements Model {
    static final int WEEK_UNITS = 3;
    static final int WEEK = 7 * DailyHistory.CHANNELS;
    static final int WEEKS = DailyHistory.DAYS / 7;

    /** Columns of the input of the hidden layer. */
    static int read(int columns) {
        return columns + WEEKS * WEEK_UNITS;
    }

    static Network of(Standardiser standardiser, int hidden, double[] flat) {
        int columns = standardiser.columns();
        int[] at = {0};
        return new Network(
                standardiser,
                columns,
                hidden,
                take(flat, at, WEEK * WEEK_UNITS),
                take(flat, at, WEEK_UNITS),
                take(flat, at, read(columns) * hidden),
                take(flat, at, hidden),
                take(flat, at, hidden),
                take(flat, at, columns),
                (float) flat[at[0]]);
    }

    private static float[] take(double[] flat, int[] at, int count) {
        float[] part = new float[count];
        for (int i = 0; i < count; i++) part[i] = (float) flat[at[0] + i];
        at[0] += count;
        return part;
    }

    @Override
    public double[] logits(List<Example> rows) {
        return rows.stream()
                .mapToDouble(row -> logit(standardiser.apply(row.features().vector()), row.history()))
                .toArray();
    }

    double logit(float[] z, float[] history) {
        double[] input = new double[read(columns)];
        for (int c = 0; c < columns; c++) input[c] = z[c];
        for (int week = 0; week < WEEKS; week++) {
            for (int unit = 0; unit < WEEK_UNITS; unit++) {
                double sum = b0[unit];
                for (int i = 0; i < WEEK; i++) sum += history[week * WEEK + i] * w0[i * WEEK_UNITS + unit];
                input[columns + week * WEEK_UNITS + unit] = Math.tanh(sum);
            }
        }
        double logit = b2;
        for (int h = 0; h < hidden; h++) {
            double sum = b1[h];
            for (int c = 0; c < input.length; c++) sum += input[c] * w1[c * hidden + h];
            logit += Math.tanh(sum) * w2[h];
        }
        for (int c = 0; c < columns; c++) logit += z[c] * line[c];
        return logit;
    }

    @Override
    public boolean readsHistory() {
        return true;
    }

    @Override
    public Operand<TFloat32> graph(Ops tf, Inputs inputs) {
        Operand<TFloat32> z = standardiser.graph(tf, inputs.features());
        return layers(
                tf,
                z,
                inputs.history(),
                List.of(
                        Constants.matrix(tf, "w0", w0, WEEK, WEEK_UNITS),
                        Constants.matrix(tf, "b0", b0, WEEK_UNITS),
                        Constants.matrix(tf, "w1", w1, read(columns), hidden),
                        Constants.matrix(tf, "b1", b1, hidden),
                        Constants.matrix(tf, "w2", w2, hidden, 1),
                        Constants.matrix(tf, "line", line, columns, 1),
                        tf.withName("b2").constant(b2)));
    }

    /** The arithmetic, the same in training and serving. */
    static Operand<TFloat32> layers(
            Ops tf, Operand<TFloat32> z, Operand<TFloat32> history, List<? extends Operand<TFloat32>> weights) {
        Operand<TFloat32> weeks = tf.math.tanh(tf.math.add(
                tf.linalg.matMul(tf.reshape(history, tf.constant(new int[] {-1, WEEK})), weights.get(0)),
                weights.get(1)));
        Operand<TFloat32> input = tf.concat(
                List.of(z, tf.reshape(weeks, tf.constant(new int[] {-1, WEEKS * WEEK_UNITS}))), tf.constant(1));
        Operand<TFloat32> units = tf.math.tanh(tf.math.add(tf.linalg.matMul(input, weights.get(2)), weights.get(3)));
        return tf.math.add(
                tf.math.add(tf.linalg.matMul(units, weights.get(4)), tf.linalg.matMul(z, weights.get(5))),
                weights.get(6));
    }
}
