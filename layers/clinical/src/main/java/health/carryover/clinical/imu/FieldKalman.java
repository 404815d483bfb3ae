package health.carryover.clinical.imu;

/**
 * Heading from the magnetometer: a linear Kalman filter in the frame of {@link TiltKalman}, whose heading drifts slowly.
 * Turned into that frame by R, a measured field is
 * {@code earth + local + R iron + delay R (rate x (field - iron))}: the field of the earth, whose direction is the heading
 * and which turns only as the gyroscope drifts; a local disturbance of the place, which changes as the sensor moves; hard
 * iron that turns with the sensor (a magnet attached to it); and the delay of the magnetometer. As soon as the sensor has
 * turned, the four tell themselves apart, so that an attached magnet is measured and subtracted instead of rejected.
 * A field that fits none of this opens local and iron at once while the gyroscope holds the heading.
 */
final class FieldKalman {
    static final int EARTH = 0;
    private static final int LOCAL = 3;
    private static final int IRON = 6;
    private static final int DELAY = 9;
    private static final int STATES = 10;

    private static final double LOCAL_MOST = 40;
    private static final double LOCAL_ADAPTS_S = 30;
    private static final double DELAY_SD_S = 0.004;
    /** Drift of the gyroscope's heading: rad per square root of a second. */
    private static final double HEADING_WALK = Math.toRadians(0.002);
    /** Squared innovation against its variance, mean of 0.2 s, that no ordinary field makes. */
    private static final double ODD = 9;

    private static final double ODD_TAU_S = 0.2;
    private static final double ODD_IRON_SD = 25;
    private static final double ODD_LOCAL_SD = 40;
    /** Block length for which the two above were chosen, s. */
    private static final double BLOCK_S = 0.04;

    private final KalmanConstants c;
    private final KalmanState state = new KalmanState(STATES);
    private final double[] weights = new double[3 * STATES];
    private final double ironSd;
    private double localVariance;
    private double oddness;
    private boolean started;
    private double evidence;

    /** @param ironSd how much hard iron is to be expected, microtesla */
    FieldKalman(KalmanConstants constants, double ironSd, double delayS) {
        c = constants;
        localVariance = c.localSd() * c.localSd();
        this.ironSd = ironSd;
        state.mean[DELAY] = delayS;
        state.setVariance(DELAY, DELAY_SD_S * DELAY_SD_S);
        for (int i = 0; i < 3; i++) state.setVariance(IRON + i, ironSd * ironSd);
    }

    boolean started() {
        return started;
    }

    /** Component of the earth's field in the frame of the inclination, microtesla. */
    double earth(int axis) {
        return state.mean[EARTH + axis];
    }

    double iron(int axis) {
        return state.mean[IRON + axis];
    }

    /** Local disturbance at present, microtesla. */
    double local() {
        double[] m = state.mean;
        return Math.sqrt(m[LOCAL] * m[LOCAL] + m[LOCAL + 1] * m[LOCAL + 1] + m[LOCAL + 2] * m[LOCAL + 2]);
    }

    /** Logarithm of the density predicted for the fields of the last block. */
    double evidence() {
        return evidence;
    }

    /** Variance of the heading, rad^2. */
    double headingVariance() {
        if (!started) return 10;
        double mx = state.mean[EARTH];
        double my = state.mean[EARTH + 1];
        double squared = mx * mx + my * my;
        double across = state.variance(EARTH) * my * my
                + state.variance(EARTH + 1) * mx * mx
                - 2 * state.covariance[EARTH * STATES + EARTH + 1] * mx * my;
        return squared > 0 ? Math.max(1e-9, across / (squared * squared)) : 10;
    }

    /**
     * @param noise variance of one magnetometer sample, microtesla squared
     * @param turned heading by which the frame was turned since the block before, rad
     */
    void close(BlockSums sums, boolean rest, double noise, double turned) {
        double each = 1.0 / sums.fields;
        fillWeights(sums, each);
        if (!started) {
            start(sums, each, noise);
            return;
        }
        turn(turned);
        predict(sums, rest);
        evidence = 0;
        double odd = 0;
        for (int i = 0; i < 3; i++) {
            double off = sums.field[i] * each - state.predicted(weights, i * STATES);
            odd += off * off / state.predictedVariance(weights, i * STATES, noise * each) / 3;
        }
        oddness += (1 - Math.exp(-sums.fieldSeconds / ODD_TAU_S)) * (odd - oddness);
        if (oddness > ODD) {
            for (int i = 0; i < 3; i++) {
                state.addVariance(LOCAL + i, ODD_LOCAL_SD * ODD_LOCAL_SD * sums.fieldSeconds / BLOCK_S);
                state.addVariance(IRON + i, ODD_IRON_SD * ODD_IRON_SD * sums.fieldSeconds / BLOCK_S);
            }
            oddness = 1;
        }
        for (int i = 0; i < 3; i++) evidence += state.observe(weights, i * STATES, sums.field[i] * each, noise * each);
        adaptLocal(sums.fieldSeconds);
    }

    private void fillWeights(BlockSums sums, double each) {
        for (int i = 0; i < 3; i++) {
            int row = i * STATES;
            for (int j = 0; j < 3; j++) {
                weights[row + EARTH + j] = i == j ? 1 : 0;
                weights[row + LOCAL + j] = i == j ? 1 : 0;
                weights[row + IRON + j] = sums.fieldRotation[3 * i + j] * each;
            }
            weights[row + DELAY] = sums.fieldSlope[i] * each;
        }
    }

    /** The earth's field is what was measured, less what local and iron may be: they are wrong together. */
    private void start(BlockSums sums, double each, double noise) {
        started = true;
        double[] cell = state.covariance;
        double local = c.localSd() * c.localSd();
        for (int i = 0; i < 3; i++) {
            int row = (EARTH + i) * STATES;
            double known = 0;
            for (int k = 0; k < 3; k++) known += weights[i * STATES + IRON + k] * state.mean[IRON + k];
            state.mean[EARTH + i] = sums.field[i] * each - known;
            state.mean[LOCAL + i] = 0;
            state.setVariance(LOCAL + i, local);
            for (int j = 0; j < STATES; j++) cell[row + j] = cell[j * STATES + EARTH + i] = 0;
        }
        for (int i = 0; i < 3; i++) {
            cell[(EARTH + i) * STATES + LOCAL + i] = cell[(LOCAL + i) * STATES + EARTH + i] = -local;
            for (int j = 0; j < 3; j++) {
                double shared = 0;
                for (int k = 0; k < 3; k++)
                    shared -= weights[i * STATES + IRON + k] * cell[(IRON + k) * STATES + IRON + j];
                cell[(EARTH + i) * STATES + IRON + j] = cell[(IRON + j) * STATES + EARTH + i] = shared;
            }
        }
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                double variance = i == j ? noise * each + local : 0;
                for (int k = 0; k < 3; k++)
                    variance -= weights[j * STATES + IRON + k] * cell[(EARTH + i) * STATES + IRON + k];
                cell[(EARTH + i) * STATES + EARTH + j] = variance;
            }
    }

    private void turn(double angle) {
        double[] m = state.mean;
        double earth = m[EARTH];
        double local = m[LOCAL];
        m[EARTH] -= angle * m[EARTH + 1];
        m[EARTH + 1] += angle * earth;
        m[LOCAL] -= angle * m[LOCAL + 1];
        m[LOCAL + 1] += angle * local;
    }

    private void predict(BlockSums sums, boolean rest) {
        double seconds = sums.fieldSeconds;
        // At rest the place stays the same, and so does its disturbance.
        double moving = rest ? 0 : Math.min(1, sums.fieldRate() / c.fullMovement());
        double fade = Math.exp(-seconds * moving / c.localTauS());
        for (int i = 0; i < 3; i++) {
            state.scale(LOCAL + i, fade);
            state.addVariance(LOCAL + i, localVariance * (1 - fade * fade));
            state.addVariance(IRON + i, c.ironWalk() * c.ironWalk() * seconds);
            state.addVariance(EARTH + i, c.earthWalk() * c.earthWalk() * seconds);
        }
        double drift =
                HEADING_WALK * HEADING_WALK * seconds + c.headingScale() * c.headingScale() * sums.fieldSquaredRate;
        double mx = state.mean[EARTH];
        double my = state.mean[EARTH + 1];
        state.addVariance(EARTH, drift * my * my);
        state.addVariance(EARTH + 1, drift * mx * mx);
        state.covariance[EARTH * STATES + EARTH + 1] -= drift * mx * my;
        state.covariance[(EARTH + 1) * STATES + EARTH] -= drift * mx * my;
    }

    /** A place with more iron than usual is known by its disturbances. */
    private void adaptLocal(double seconds) {
        double squared = 0;
        for (int i = 0; i < 3; i++)
            squared += (state.mean[LOCAL + i] * state.mean[LOCAL + i] + state.variance(LOCAL + i)) / 3;
        localVariance += (1 - Math.exp(-seconds / LOCAL_ADAPTS_S)) * (squared - localVariance);
        localVariance = Math.clamp(localVariance, c.localSd() * c.localSd(), LOCAL_MOST * LOCAL_MOST);
    }

    void copyFrom(FieldKalman other) {
        state.copyFrom(other.state);
        oddness = other.oddness;
        localVariance = other.localVariance;
        started = other.started;
    }

    /** The frame is a new one; what is fixed to the sensor stays, with doubt: things may have been attached. */
    void restart() {
        started = false;
        oddness = 0;
        for (int i = 0; i < 3; i++) state.addVariance(IRON + i, ironSd * ironSd);
    }

    void turnBack() {
        state.negate(DELAY);
        oddness = 0;
    }
}
