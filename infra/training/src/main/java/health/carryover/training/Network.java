package health.carryover.training;

/**
 * A small network: one hidden layer of tanh units, and beside it a straight line from the inputs to the output, so that
 * it begins where logistic regression ends. {@code logit = tanh(z w1 + b1) w2 + z line + b2}, z standardised.
 *
 * @param w1 columns x hidden, row by row
 * @param b1 hidden
 * @param w2 hidden
 * @param line columns
 */
record Network(int columns, int hidden, float[] w1, float[] b1, float[] w2, float[] line, float b2) {

    /** The parameters one after another, as the optimiser sees them. */
    double[] flat() {
        double[] all = new double[w1.length + b1.length + w2.length + line.length + 1];
        int at = 0;
        for (float[] part : new float[][] {w1, b1, w2, line, {b2}}) for (float value : part) all[at++] = value;
        return all;
    }

    static Network of(int columns, int hidden, double[] flat) {
        int[] at = {0};
        float[] w1 = take(flat, at, columns * hidden);
        float[] b1 = take(flat, at, hidden);
        float[] w2 = take(flat, at, hidden);
        float[] line = take(flat, at, columns);
        return new Network(columns, hidden, w1, b1, w2, line, (float) flat[at[0]]);
    }

    private static float[] take(double[] flat, int[] at, int count) {
        float[] part = new float[count];
        for (int i = 0; i < count; i++) part[i] = (float) flat[at[0] + i];
        at[0] += count;
        return part;
    }

    /** The uncalibrated logit of a standardised row; only for calibrating and evaluating, never for serving. */
    double logit(float[] z) {
        double logit = b2;
        for (int h = 0; h < hidden; h++) {
            double sum = b1[h];
            for (int c = 0; c < columns; c++) sum += z[c] * w1[c * hidden + h];
            logit += Math.tanh(sum) * w2[h];
        }
        for (int c = 0; c < columns; c++) logit += z[c] * line[c];
        return logit;
    }
}
