package health.carryover.training;

import java.util.Arrays;

/**
 * The model to beat: linear in the features, fitted by Newton's method with a small ridge so that columns which repeat
 * each other do no harm.
 *
 * @param weights one per column
 */
record LogisticRegression(double[] weights, double intercept) {
    private static final int MOST_STEPS = 50;

    /**
     * @param rows standardised
     * @param ridge penalty on the squared weights, per row; the intercept is free
     */
    static LogisticRegression fit(double[][] rows, boolean[] labels, double ridge) {
        int columns = rows[0].length;
        double[] beta = new double[columns + 1];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[columns + 1];
            double[][] hessian = new double[columns + 1][columns + 1];
            for (int i = 0; i < rows.length; i++) {
                double[] row = rows[i];
                double logit = beta[columns];
                for (int c = 0; c < columns; c++) logit += beta[c] * row[c];
                double p = 1 / (1 + Math.exp(-logit));
                double error = p - (labels[i] ? 1 : 0);
                double weight = Math.max(p * (1 - p), 1e-9);
                for (int c = 0; c <= columns; c++) {
                    double xc = c < columns ? row[c] : 1;
                    gradient[c] += error * xc;
                    double pull = weight * xc;
                    if (pull == 0) continue;
                    double[] line = hessian[c];
                    for (int d = 0; d < Math.min(c + 1, columns); d++) line[d] += pull * row[d];
                    if (c == columns) line[columns] += pull;
                }
            }
            for (int c = 0; c <= columns; c++) {
                double penalty = c < columns ? ridge * rows.length : 0;
                gradient[c] += penalty * beta[c];
                hessian[c][c] += penalty + 1e-9;
            }
            double[] move = solve(hessian, gradient);
            double size = 0;
            double longest = 0;
            for (double part : move) longest = Math.max(longest, Math.abs(part));
            double scale = Math.min(1, 5 / Math.max(longest, 1e-12));
            for (int c = 0; c <= columns; c++) {
                beta[c] -= scale * move[c];
                size += Math.abs(scale * move[c]);
            }
            if (size < 1e-8) break;
        }
        return new LogisticRegression(Arrays.copyOf(beta, columns), beta[columns]);
    }

    double logit(double[] row) {
        double logit = intercept;
        for (int c = 0; c < weights.length; c++) logit += weights[c] * row[c];
        return logit;
    }

    double probability(double[] row) {
        return 1 / (1 + Math.exp(-logit(row)));
    }

    /** Cholesky; only the lower triangle of the matrix is read. */
    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k];
                lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j][j];
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = right[i];
            for (int k = 0; k < i; k++) sum -= lower[i][k] * x[k];
            x[i] = sum / lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < n; k++) sum -= lower[k][i] * x[k];
            x[i] = sum / lower[i][i];
        }
        return x;
    }
}
