package health.carryover.clinical.imu;

/**
 * The default filter. {@link TiltKalman} finds inclination and gyroscope bias from gyroscope and accelerometer alone, so
 * that no magnet can spoil them; {@link FieldKalman} finds heading, hard iron and the magnetometer's delay in that frame.
 * Two of the latter run side by side: one takes the magnetometer for calibrated, one expects a magnet on the sensor from the
 * start; the second takes over when it foretold the measured fields clearly better.
 * Per sample only dead reckoning is done; the covariances move every {@link #BLOCK_S}, whatever the sampling rate.
 * Ideas from: VQF (Laidig and Seel 2023: almost inertial frame, rest, heading apart from inclination), error-state Kalman
 * filters with zero-velocity updates; the code is our own.
 */
public final class InertialKalman implements OrientationFilter {
    private static final double BLOCK_S = 0.04;
    /** Hard iron of a calibrated magnetometer, and of one with a magnet on it, microtesla. */
    private static final double CALIBRATED_SD = 0.15;

    private static final double MAGNET_SD = 25;
    /** Natural logarithm of the odds at which the second takes over, forgotten with this time constant. */
    private static final double CLEARLY = 4;

    private static final double EVIDENCE_TAU_S = 30;
    /** Errors of consecutive blocks are alike: that many seconds count as one independent measurement. */
    private static final double INDEPENDENT_S = 1;

    private static final double STILL_RATE = 0.2;
    private static final double NOISE_TAU_S = 2;
    private static final double NOISE_LEAST = 0.2;
    private static final double NOISE_MOST = 4;

    private final boolean magnetic;
    private final TiltKalman tilt;
    private final FieldKalman field;
    private final FieldKalman magnet;
    private final RestDetector rest = new RestDetector();
    private final BlockSums sums = new BlockSums();
    private double delayS;
    private double noiseVariance;
    private double odds;
    /** Heading by which the frame of the inclination was turned since the fields were last used, rad. */
    private double turned;

    private boolean started;
    private double lastX;
    private double lastY;
    private double lastZ;
    private double lastFieldX = Double.NaN;
    private double lastFieldY;
    private double lastFieldZ;
    private final double[] levelField = new double[3];
    private double headingCosine = 1;
    private double headingSine;

    private double w = 1;
    private double x;
    private double y;
    private double z;

    private InertialKalman(boolean magnetic, SensorTraits traits, KalmanConstants constants) {
        this.magnetic = magnetic;
        tilt = new TiltKalman(constants);
        delayS = traits.gyroscopeDelayS();
        noiseVariance = traits.magnetometerNoise() * traits.magnetometerNoise();
        field = new FieldKalman(constants, CALIBRATED_SD, traits.magnetometerDelayS());
        magnet = new FieldKalman(constants, MAGNET_SD, traits.magnetometerDelayS());
    }

    /** Uses the magnetometer where there is one; without it the heading is what the gyroscope says. */
    public static InertialKalman nineAxes(SensorTraits traits) {
        return nineAxes(traits, KalmanConstants.USUAL);
    }

    static InertialKalman nineAxes(SensorTraits traits, KalmanConstants constants) {
        return new InertialKalman(true, traits, constants);
    }

    public static InertialKalman sixAxes(SensorTraits traits) {
        return new InertialKalman(false, traits, KalmanConstants.USUAL);
    }

    @Override
    public void update(double dtS, double[] samples, int at) {
        double[] bias = tilt.bias;
        if (!started) tilt.start(samples[at], samples[at + 1], samples[at + 2]);
        rest.accept(dtS, samples, at);
        double gx = samples[at + 3] - bias[0];
        double gy = samples[at + 4] - bias[1];
        double gz = samples[at + 5] - bias[2];
        if (!started) {
            lastX = gx;
            lastY = gy;
            lastZ = gz;
            started = true;
        }
        rotate((gx + lastX) * dtS / 4, (gy + lastY) * dtS / 4, (gz + lastZ) * dtS / 4);
        lastX = gx;
        lastY = gy;
        lastZ = gz;
        add(dtS, samples, at, gx, gy, gz);
        if (sums.seconds >= BLOCK_S) closeBlock();
        double half = delayS / 2;
        predict(gx * half, gy * half, gz * half);
    }

    /** Trapezoid: by the turn vector's half; the series of sine and cosine are exact to 1e-9 up to 30 degrees a step. */
    private void rotate(double hx, double hy, double hz) {
        double squared = hx * hx + hy * hy + hz * hz;
        double cosine;
        double sine;
        if (squared < 0.07) {
            cosine = 1 - squared * (1.0 / 2 - squared * (1.0 / 24 - squared * (1.0 / 720)));
            sine = 1 - squared * (1.0 / 6 - squared * (1.0 / 120 - squared * (1.0 / 5040)));
        } else {
            double half = Math.sqrt(squared);
            cosine = Math.cos(half);
            sine = Math.sin(half) / half;
        }
        hx *= sine;
        hy *= sine;
        hz *= sine;
        double qw = tilt.w;
        double qx = tilt.x;
        double qy = tilt.y;
        double qz = tilt.z;
        tilt.set(
                qw * cosine - qx * hx - qy * hy - qz * hz,
                qx * cosine + qw * hx + qy * hz - qz * hy,
                qy * cosine + qw * hy - qx * hz + qz * hx,
                qz * cosine + qw * hz + qx * hy - qy * hx);
    }

    private void add(double dtS, double[] samples, int at, double gx, double gy, double gz) {
        double qw = tilt.w;
        double qx = tilt.x;
        double qy = tilt.y;
        double qz = tilt.z;
        double r0 = 1 - 2 * (qy * qy + qz * qz);
        double r1 = 2 * (qx * qy - qw * qz);
        double r2 = 2 * (qx * qz + qw * qy);
        double r3 = 2 * (qx * qy + qw * qz);
        double r4 = 1 - 2 * (qx * qx + qz * qz);
        double r5 = 2 * (qy * qz - qw * qx);
        double r6 = 2 * (qx * qz - qw * qy);
        double r7 = 2 * (qy * qz + qw * qx);
        double r8 = 1 - 2 * (qx * qx + qy * qy);
        double fx = samples[at] - tilt.forceBias[0];
        double fy = samples[at + 1] - tilt.forceBias[1];
        double fz = samples[at + 2] - tilt.forceBias[2];
        double east = r0 * fx + r1 * fy + r2 * fz;
        double north = r3 * fx + r4 * fy + r5 * fz;
        double up = r6 * fx + r7 * fy + r8 * fz;
        tilt.move(east, north, up, dtS);
        sums.seconds += dtS;
        sums.squaredRate += (gx * gx + gy * gy + gz * gz) * dtS;
        sums.force[0] += east * dtS;
        sums.force[1] += north * dtS;
        sums.force[2] += up * dtS;
        double[] r = sums.rotation;
        r[0] += r0 * dtS;
        r[1] += r1 * dtS;
        r[2] += r2 * dtS;
        r[3] += r3 * dtS;
        r[4] += r4 * dtS;
        r[5] += r5 * dtS;
        r[6] += r6 * dtS;
        r[7] += r7 * dtS;
        r[8] += r8 * dtS;
        if (!magnetic) return;
        sums.fieldSeconds += dtS;
        sums.fieldSquaredRate += (gx * gx + gy * gy + gz * gz) * dtS;
        double mx = samples[at + 6];
        double my = samples[at + 7];
        double mz = samples[at + 8];
        boolean held = mx == lastFieldX && my == lastFieldY && mz == lastFieldZ;
        double squared = mx * mx + my * my + mz * mz;
        if (held || !(squared > 0)) return;
        lastFieldX = mx;
        lastFieldY = my;
        lastFieldZ = mz;
        sums.fields++;
        sums.squaredField += squared;
        sums.field[0] += r0 * mx + r1 * my + r2 * mz;
        sums.field[1] += r3 * mx + r4 * my + r5 * mz;
        sums.field[2] += r6 * mx + r7 * my + r8 * mz;
        r = sums.fieldRotation;
        r[0] += r0;
        r[1] += r1;
        r[2] += r2;
        r[3] += r3;
        r[4] += r4;
        r[5] += r5;
        r[6] += r6;
        r[7] += r7;
        r[8] += r8;
        double ix = mx - field.iron(0);
        double iy = my - field.iron(1);
        double iz = mz - field.iron(2);
        double sx = gy * iz - gz * iy;
        double sy = gz * ix - gx * iz;
        double sz = gx * iy - gy * ix;
        sums.fieldSlope[0] += r0 * sx + r1 * sy + r2 * sz;
        sums.fieldSlope[1] += r3 * sx + r4 * sy + r5 * sz;
        sums.fieldSlope[2] += r6 * sx + r7 * sy + r8 * sz;
    }

    private void closeBlock() {
        if (tilt.levelling()) {
            for (int i = 0; i < 3; i++) levelField[i] += sums.field[i];
            tilt.level(sums, rest, levelField);
            if (magnetic) head(levelField[0], levelField[1]);
            sums.clearFields();
        } else {
            tilt.close(sums, rest);
            turned += tilt.turned;
            if (magnetic && sums.fields > 0) closeField();
        }
        sums.clear();
    }

    private void closeField() {
        adaptNoise();
        field.close(sums, rest.rest(), noiseVariance, turned);
        magnet.close(sums, rest.rest(), noiseVariance, turned);
        odds *= Math.exp(-sums.fieldSeconds / EVIDENCE_TAU_S);
        odds += (magnet.evidence() - field.evidence()) * Math.min(1, sums.fieldSeconds / INDEPENDENT_S);
        if (odds > CLEARLY) {
            field.copyFrom(magnet);
            odds = 0;
        }
        head(field.earth(0), field.earth(1));
        turned = 0;
        sums.clearFields();
    }

    /** Noise is how much the fields of one block differ while the sensor hardly turns. */
    private void adaptNoise() {
        int count = sums.fields;
        if (count < 3 || sums.fieldRate() > STILL_RATE) return;
        double[] f = sums.field;
        double scatter = sums.squaredField - (f[0] * f[0] + f[1] * f[1] + f[2] * f[2]) / count;
        double variance = Math.clamp(scatter / (3 * (count - 1)), NOISE_LEAST * NOISE_LEAST, NOISE_MOST * NOISE_MOST);
        noiseVariance += (1 - Math.exp(-sums.fieldSeconds / NOISE_TAU_S)) * (variance - noiseVariance);
    }

    /** The turn about the vertical that brings this field to north. */
    private void head(double east, double north) {
        if (!(east * east + north * north > 0)) return;
        double half = Math.atan2(east, north) / 2;
        headingCosine = Math.cos(half);
        headingSine = Math.sin(half);
    }

    /** Makes up for the delay of the gyroscope, and turns to north. */
    private void predict(double hx, double hy, double hz) {
        double aw = tilt.w - tilt.x * hx - tilt.y * hy - tilt.z * hz;
        double ax = tilt.x + tilt.w * hx + tilt.y * hz - tilt.z * hy;
        double ay = tilt.y + tilt.w * hy - tilt.x * hz + tilt.z * hx;
        double az = tilt.z + tilt.w * hz + tilt.x * hy - tilt.y * hx;
        double perLength = 1 / Math.sqrt(aw * aw + ax * ax + ay * ay + az * az);
        double c = headingCosine * perLength;
        double s = headingSine * perLength;
        w = c * aw - s * az;
        x = c * ax - s * ay;
        y = c * ay + s * ax;
        z = c * az + s * aw;
    }

    @Override
    public void interrupted() {
        started = false;
        rest.forget();
        sums.clear();
        sums.clearFields();
        turned = 0;
        tilt.restart();
        field.restart();
        magnet.restart();
        odds = 0;
        for (int i = 0; i < 3; i++) levelField[i] = 0;
    }

    @Override
    public void orientation(double[] into, int at) {
        into[at] = w;
        into[at + 1] = x;
        into[at + 2] = y;
        into[at + 3] = z;
    }

    @Override
    public boolean seesHeading() {
        return magnetic;
    }

    /** Estimated bias of the gyroscope, rad/s. @param axis 0-2 */
    public double bias(int axis) {
        return tilt.bias[axis];
    }

    /** Estimated hard iron, microtesla. @param axis 0-2 */
    public double hardIron(int axis) {
        return field.iron(axis);
    }

    /** Standard deviation that the filter gives its heading, radians; large without a magnetometer. */
    public double headingSd() {
        return Math.sqrt(field.headingVariance());
    }

    /** Standard deviation that the filter gives its inclination, radians. */
    public double inclinationSd() {
        return Math.sqrt(tilt.variance());
    }

    public boolean rests() {
        return rest.rest();
    }

    /** From now on the caller hands over samples from last to first, with angular rates negated. */
    void turnBack() {
        delayS = -delayS;
        rest.forget();
        sums.clear();
        sums.clearFields();
        turned = 0;
        tilt.turnBack();
        field.turnBack();
        magnet.turnBack();
        odds = 0;
        started = false;
    }
}
