package health.carryover.clinical.imu;

/**
 * Rest: for 1.5 s rate and acceleration stay near their smoothed values (2 deg/s, 0.5 m/s^2; those of VQF, Laidig and
 * Seel 2023), and the smoothed rate is one that a bias could be.
 */
final class RestDetector {
    private static final double NEAR_RATE = Math.toRadians(2);
    private static final double NEAR_ACCELERATION = 0.5;
    private static final double LONG_ENOUGH_S = 1.5;
    private static final double LARGEST_BIAS = Math.toRadians(3);
    /** Two equal low-passes one after the other, together 0.5 s. */
    private static final double TAU_S = 0.25;

    private final double[] once = new double[6];
    private final double[] twice = new double[6];
    private double elapsedS;
    private double quietS;
    private boolean rest;

    void accept(double dtS, double[] samples, int at) {
        elapsedS += dtS;
        // A running mean at first, so that the first sample does not weigh for seconds.
        double gain = dtS / Math.min(elapsedS, TAU_S + dtS);
        double acceleration = 0;
        double rate = 0;
        boolean fast = false;
        for (int i = 0; i < 6; i++) {
            once[i] += gain * (samples[at + i] - once[i]);
            twice[i] += gain * (once[i] - twice[i]);
            double off = samples[at + i] - twice[i];
            if (i < 3) acceleration += off * off;
            else {
                rate += off * off;
                fast |= Math.abs(twice[i]) > LARGEST_BIAS;
            }
        }
        if (fast || rate >= NEAR_RATE * NEAR_RATE || acceleration >= NEAR_ACCELERATION * NEAR_ACCELERATION) {
            quietS = 0;
            rest = false;
        } else {
            quietS += dtS;
            rest = quietS >= LONG_ENOUGH_S;
        }
    }

    boolean rest() {
        return rest;
    }

    /** Smoothed angular rate, rad/s; at rest the bias. @param axis 0-2 */
    double rate(int axis) {
        return twice[3 + axis];
    }

    void forget() {
        elapsedS = quietS = 0;
        rest = false;
    }
}
