package health.carryover.clinical.imu;

import java.util.Arrays;

/**
 * Inclination and gyroscope bias from gyroscope and accelerometer: an error-state Kalman filter over attitude (earth
 * frame), gyroscope bias, velocity, position, accelerometer bias and gravity. It knows gravity because people stay where
 * they are: acceleration integrated twice must stay near zero (a position that fades), so that
 * movement back and forth cancels and only a wrong inclination or bias is left to explain what does not. At rest
 * velocity is zero and the rate is the bias.
 * Heading drifts freely in this frame. Halving or doubling any one changes the mean inclination error by less than 0.05 deg.
 */
final class TiltKalman {
    private static final int ATTITUDE = 0;
    private static final int BIAS = 3;
    private static final int VELOCITY = 6;
    private static final int POSITION = 9;
    private static final int FORCE_BIAS = 12;
    private static final int GRAVITY = 15;
    private static final int STATES = 16;

    private static final double STANDARD_GRAVITY = 9.81;
    private static final double GRAVITY_SD = 0.01;
    private static final double BIAS_SD = Math.toRadians(0.5);
    private static final double FORCE_BIAS_SD = 0.05;
    private static final double FORCE_BIAS_WALK = 0.0005;
    private static final double REST_VELOCITY_SD = 0.02;
    private static final double REST_POSITION_SD = 0.01;
    private static final double REST_RATE_SD = 0.0009;

    /** At first the mean of all acceleration is up; velocity that may have been gained in that time, m/s. */
    private static final double LEVEL_S = 0.5;

    private static final double LEVEL_VELOCITY = 0.7;
    private static final double FULL_MOVEMENT = 0.5;

    private final KalmanConstants c;
    private final KalmanState error = new KalmanState(STATES);
    private final double[] cell = error.covariance;
    double w = 1;
    double x;
    double y;
    double z;
    final double[] bias = new double[3];
    final double[] forceBias = new double[3];
    private final double[] velocity = new double[3];
    private final double[] position = new double[3];
    private double gravity = STANDARD_GRAVITY;

    private final double[] levelForce = new double[3];
    private double levelledS;
    private double movement;
    private boolean levelling = true;
    private boolean placed;
    /** Heading by which the last correction turned the frame, rad. */
    double turned;

    TiltKalman(KalmanConstants constants) {
        c = constants;
        for (int i = 0; i < 3; i++) {
            error.setVariance(BIAS + i, BIAS_SD * BIAS_SD);
            error.setVariance(FORCE_BIAS + i, FORCE_BIAS_SD * FORCE_BIAS_SD);
        }
        error.setVariance(GRAVITY, GRAVITY_SD * GRAVITY_SD);
    }

    /** The shortest turn that makes the very first specific force point up. */
    void start(double fx, double fy, double fz) {
        if (placed) return;
        placed = true;
        double length = Math.sqrt(fx * fx + fy * fy + fz * fz);
        if (!(length > 0)) return;
        double scalar = 1 + fz / length;
        if (scalar > 1e-9) set(scalar, fy / length, -fx / length, 0);
        else set(0, 1, 0, 0);
    }

    boolean levelling() {
        return levelling;
    }

    /** Variance of the inclination, rad^2, sum of both axes. */
    double variance() {
        return levelling ? 1 : error.variance(ATTITUDE) + error.variance(ATTITUDE + 1);
    }

    /** Dead reckoning of one sample: earth-frame specific force without its bias. */
    void move(double east, double north, double up, double dtS) {
        position[0] += velocity[0] * dtS;
        position[1] += velocity[1] * dtS;
        position[2] += velocity[2] * dtS;
        velocity[0] += east * dtS;
        velocity[1] += north * dtS;
        velocity[2] += (up - gravity) * dtS;
    }

    void set(double newW, double newX, double newY, double newZ) {
        double perLength = 1 / Math.sqrt(newW * newW + newX * newX + newY * newY + newZ * newZ);
        w = newW * perLength;
        x = newX * perLength;
        y = newY * perLength;
        z = newZ * perLength;
    }

    /**
     * Levels by the mean acceleration so far.
     * @param carried vectors of this frame that turn with it, 3 numbers each
     */
    void level(BlockSums sums, RestDetector rest, double[] carried) {
        levelledS += sums.seconds;
        movement = Math.max(movement, Math.min(1, sums.rate() / FULL_MOVEMENT));
        for (int i = 0; i < 3; i++) levelForce[i] += sums.force[i];
        double length = Math.sqrt(
                levelForce[0] * levelForce[0] + levelForce[1] * levelForce[1] + levelForce[2] * levelForce[2]);
        if (length > 0) {
            double cw = 1 + levelForce[2] / length;
            double cx = cw > 1e-9 ? levelForce[1] / length : 1;
            double cy = cw > 1e-9 ? -levelForce[0] / length : 0;
            if (cw <= 1e-9) cw = 0;
            double perLength = 1 / Math.sqrt(cw * cw + cx * cx + cy * cy);
            cw *= perLength;
            cx *= perLength;
            cy *= perLength;
            set(cw * w - cx * x - cy * y, cw * x + cx * w + cy * z, cw * y - cx * z + cy * w, cw * z + cx * y - cy * x);
            turn(cw, cx, cy, levelForce);
            turn(cw, cx, cy, carried);
        }
        for (int i = 0; i < 3; i++) velocity[i] = position[i] = 0;
        if (levelledS < LEVEL_S && !rest.rest()) return;
        levelling = false;
        double gained = 0.02 + LEVEL_VELOCITY * movement;
        double tilt = gained / (STANDARD_GRAVITY * levelledS);
        double far = c.positionSd() * movement;
        for (int i = 0; i < 3; i++) {
            error.setVariance(ATTITUDE + i, i < 2 ? tilt * tilt + 1e-5 : 0);
            error.setVariance(VELOCITY + i, gained * gained);
            error.setVariance(POSITION + i, far * far + REST_POSITION_SD * REST_POSITION_SD);
        }
    }

    private static void turn(double cw, double cx, double cy, double[] vector) {
        double tx = 2 * cy * vector[2];
        double ty = -2 * cx * vector[2];
        double tz = 2 * (cx * vector[1] - cy * vector[0]);
        vector[0] += cw * tx + cy * tz;
        vector[1] += cw * ty - cx * tz;
        vector[2] += cw * tz + cx * ty - cy * tx;
    }

    /** Finds the inclination anew and keeps what is known of the sensor. */
    void restart() {
        levelling = true;
        levelledS = movement = 0;
        for (int i = 0; i < 3; i++) levelForce[i] = 0;
    }

    /** Predicts over the block and corrects by rest, or by staying in place. */
    void close(BlockSums sums, RestDetector rest) {
        predict(sums);
        double perS = 1 / sums.seconds;
        if (rest.rest()) {
            for (int i = 0; i < 3; i++) {
                error.observe(VELOCITY + i, -velocity[i], REST_VELOCITY_SD * REST_VELOCITY_SD * 0.04 * perS);
                error.observe(POSITION + i, -position[i], REST_POSITION_SD * REST_POSITION_SD);
                error.observe(BIAS + i, rest.rate(i) - bias[i], REST_RATE_SD * REST_RATE_SD * perS);
            }
        } else {
            for (int i = 0; i < 3; i++) {
                double variance = c.positionSd() * c.positionSd() * (i == 2 ? 4 : 1) * perS;
                error.observe(POSITION + i, -position[i], variance);
                error.observe(VELOCITY + i, -velocity[i], c.velocitySd() * c.velocitySd() * perS);
            }
        }
        inject();
    }

    private void predict(BlockSums sums) {
        double fade = Math.exp(-sums.seconds / c.positionTauS());
        // P = F P F': the same linear step over the columns, then over the rows.
        for (int j = 0; j < STATES; j++) step(sums, fade, j, STATES);
        for (int i = 0; i < STATES; i++) step(sums, fade, i * STATES, 1);
        double rate = sums.squaredRate / sums.seconds;
        double seconds = sums.seconds;
        for (int i = 0; i < 3; i++) {
            position[i] *= fade;
            error.addVariance(
                    ATTITUDE + i, (c.rateNoise() * c.rateNoise() + c.scaleError() * c.scaleError() * rate) * seconds);
            error.addVariance(BIAS + i, c.biasWalk() * c.biasWalk() * seconds);
            error.addVariance(VELOCITY + i, c.forceNoise() * c.forceNoise() * seconds);
            error.addVariance(FORCE_BIAS + i, FORCE_BIAS_WALK * FORCE_BIAS_WALK * seconds);
        }
    }

    /** attitude -= R bias, velocity += attitude x force - R forceBias - gravity, position fades and moves on. */
    private void step(BlockSums sums, double fade, int from, int stride) {
        double[] r = sums.rotation;
        double fx = sums.force[0];
        double fy = sums.force[1];
        double fz = sums.force[2];
        int velocityAt = from + VELOCITY * stride;
        int positionAt = from + POSITION * stride;
        for (int i = 0; i < 3; i++) {
            int at = positionAt + i * stride;
            cell[at] = fade * (cell[at] + sums.seconds * cell[velocityAt + i * stride]);
        }
        double tx = cell[from];
        double ty = cell[from + stride];
        double tz = cell[from + 2 * stride];
        double ax = cell[from + FORCE_BIAS * stride];
        double ay = cell[from + (FORCE_BIAS + 1) * stride];
        double az = cell[from + (FORCE_BIAS + 2) * stride];
        double bx = cell[from + BIAS * stride];
        double by = cell[from + (BIAS + 1) * stride];
        double bz = cell[from + (BIAS + 2) * stride];
        cell[velocityAt] += ty * fz - tz * fy - (r[0] * ax + r[1] * ay + r[2] * az);
        cell[velocityAt + stride] += tz * fx - tx * fz - (r[3] * ax + r[4] * ay + r[5] * az);
        cell[velocityAt + 2 * stride] +=
                tx * fy - ty * fx - (r[6] * ax + r[7] * ay + r[8] * az) - sums.seconds * cell[from + GRAVITY * stride];
        cell[from] = tx - (r[0] * bx + r[1] * by + r[2] * bz);
        cell[from + stride] = ty - (r[3] * bx + r[4] * by + r[5] * bz);
        cell[from + 2 * stride] = tz - (r[6] * bx + r[7] * by + r[8] * bz);
    }

    /** Moves the estimated error into the estimate. */
    private void inject() {
        double[] e = error.mean;
        double hx = e[ATTITUDE] / 2;
        double hy = e[ATTITUDE + 1] / 2;
        double hz = e[ATTITUDE + 2] / 2;
        turned = e[ATTITUDE + 2];
        set(
                w - hx * x - hy * y - hz * z,
                x + hx * w + hy * z - hz * y,
                y - hx * z + hy * w + hz * x,
                z + hx * y - hy * x + hz * w);
        for (int i = 0; i < 3; i++) {
            bias[i] += e[BIAS + i];
            velocity[i] += e[VELOCITY + i];
            position[i] += e[POSITION + i];
            forceBias[i] += e[FORCE_BIAS + i];
        }
        gravity += e[GRAVITY];
        Arrays.fill(e, 0);
        // Heading is not measured here; its variance would grow for ever.
        int heading = (ATTITUDE + 2) * STATES + ATTITUDE + 2;
        if (cell[heading] > 1) error.scale(ATTITUDE + 2, Math.sqrt(1 / cell[heading]));
    }

    /** From now on time runs the other way. */
    void turnBack() {
        for (int i = 0; i < 3; i++) {
            bias[i] = -bias[i];
            velocity[i] = -velocity[i];
            error.negate(BIAS + i);
            error.negate(VELOCITY + i);
        }
        levelling = false;
    }
}
