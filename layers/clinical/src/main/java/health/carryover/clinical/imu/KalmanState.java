package health.carryover.clinical.imu;

/** A mean and its covariance, corrected by one measured number at a time; all arrays are made once. */
final class KalmanState {
    final int size;
    final double[] mean;
    /** Row by row, symmetric. */
    final double[] covariance;

    private final double[] cross;

    KalmanState(int size) {
        this.size = size;
        mean = new double[size];
        covariance = new double[size * size];
        cross = new double[size];
    }

    double variance(int i) {
        return covariance[i * size + i];
    }

    void addVariance(int i, double variance) {
        covariance[i * size + i] += variance;
    }

    /** A variance that owes nothing to the others. */
    void setVariance(int i, double variance) {
        for (int j = 0; j < size; j++) covariance[i * size + j] = covariance[j * size + i] = 0;
        covariance[i * size + i] = variance;
    }

    /** A state that fades: mean and covariances are multiplied, process noise is the caller's. */
    void scale(int i, double factor) {
        mean[i] *= factor;
        for (int j = 0; j < size; j++) covariance[i * size + j] *= factor;
        for (int j = 0; j < size; j++) covariance[j * size + i] *= factor;
    }

    /** State i was measured to be value. */
    void observe(int i, double value, double variance) {
        int row = i * size;
        double total = covariance[row + i] + variance;
        for (int j = 0; j < size; j++) cross[j] = covariance[row + j];
        correct((value - mean[i]) / total, total);
    }

    /** Variance of what is measured by weights . state + noise. */
    double predictedVariance(double[] weights, int at, double variance) {
        double total = variance;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            int row = i * size;
            for (int j = 0; j < size; j++) sum += covariance[row + j] * weights[at + j];
            total += weights[at + i] * sum;
        }
        return total;
    }

    double predicted(double[] weights, int at) {
        double sum = 0;
        for (int j = 0; j < size; j++) sum += mean[j] * weights[at + j];
        return sum;
    }

    /**
     * weights . state was measured to be value.
     * @return logarithm of the density that was predicted for the value, without the constant
     */
    double observe(double[] weights, int at, double value, double variance) {
        double total = variance;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            int row = i * size;
            for (int j = 0; j < size; j++) sum += covariance[row + j] * weights[at + j];
            cross[i] = sum;
            total += weights[at + i] * sum;
        }
        double innovation = value - predicted(weights, at);
        correct(innovation / total, total);
        return -0.5 * (innovation * innovation / total + Math.log(total));
    }

    private void correct(double step, double total) {
        for (int i = 0; i < size; i++) {
            mean[i] += cross[i] * step;
            double gain = cross[i] / total;
            int row = i * size;
            for (int j = 0; j < size; j++) covariance[row + j] -= gain * cross[j];
        }
    }

    void copyFrom(KalmanState other) {
        System.arraycopy(other.mean, 0, mean, 0, size);
        System.arraycopy(other.covariance, 0, covariance, 0, size * size);
    }

    /** Turns the sign of a state, as when time is run backwards. */
    void negate(int i) {
        mean[i] = -mean[i];
        for (int j = 0; j < size; j++) covariance[i * size + j] = -covariance[i * size + j];
        for (int j = 0; j < size; j++) covariance[j * size + i] = -covariance[j * size + i];
    }
}
