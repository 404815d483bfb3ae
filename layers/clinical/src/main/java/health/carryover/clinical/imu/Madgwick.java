package health.carryover.clinical.imu;

/**
 * Madgwick's gradient filter, equations of his report of 2010 with the reference direction b = (bx, 0, bz),
 * bx = sqrt(hx^2 + hy^2). (A widely copied C version names that root "2bx" and so halves b; this one does not.)
 * Euler step, normalised gradient, then normalised quaternion. Kept for comparison: it has neither a bias nor a defence
 * against magnets, see {@link InertialKalman}.
 * Source: S. Madgwick, "An efficient orientation filter for inertial and inertial/magnetic sensor arrays", 2010.
 */
public final class Madgwick implements OrientationFilter {
    /** Best common value over 30 trials of BROAD with the equations of the report, 9 axes. */
    public static final double USUAL_BETA = 0.08;
    /** The same for 6 axes. */
    public static final double USUAL_BETA_6 = 0.05;

    private static final double HALF_ROOT = Math.sqrt(0.5);

    private final double beta;
    private final boolean magnetic;
    private double w = 1;
    private double x;
    private double y;
    private double z;
    private boolean started;
    private boolean lost;

    private Madgwick(double beta, boolean magnetic) {
        if (!(beta >= 0 && beta <= 10)) throw new IllegalArgumentException("beta outside [0, 10] rad/s");
        this.beta = beta;
        this.magnetic = magnetic;
    }

    /** @param beta step along the gradient, rad/s, [0, 10] */
    public static Madgwick nineAxes(double beta) {
        return new Madgwick(beta, true);
    }

    /** Without magnetometer, but begun with it where there is one, as the reference is. @param beta rad/s, [0, 10] */
    public static Madgwick sixAxes(double beta) {
        return new Madgwick(beta, false);
    }

    @Override
    public void update(double dtS, double[] samples, int at) {
        double ax = samples[at];
        double ay = samples[at + 1];
        double az = samples[at + 2];
        double gx = samples[at + 3];
        double gy = samples[at + 4];
        double gz = samples[at + 5];
        double mx = samples[at + 6];
        double my = samples[at + 7];
        double mz = samples[at + 8];
        double field = mx * mx + my * my + mz * mz;
        if (!started) start(samples, at);
        if (lost) level(samples, at);
        double dw = 0.5 * (-x * gx - y * gy - z * gz);
        double dx = 0.5 * (w * gx + y * gz - z * gy);
        double dy = 0.5 * (w * gy - x * gz + z * gx);
        double dz = 0.5 * (w * gz + x * gy - y * gx);
        double force = ax * ax + ay * ay + az * az;
        if (force > 0) {
            double perForce = 1 / Math.sqrt(force);
            double f1 = 2 * (x * z - w * y) - ax * perForce;
            double f2 = 2 * (w * x + y * z) - ay * perForce;
            double f3 = 1 - 2 * (x * x + y * y) - az * perForce;
            double sw = -2 * y * f1 + 2 * x * f2;
            double sx = 2 * z * f1 + 2 * w * f2 - 4 * x * f3;
            double sy = -2 * w * f1 + 2 * z * f2 - 4 * y * f3;
            double sz = 2 * x * f1 + 2 * y * f2;
            if (magnetic && field > 0) {
                double perField = 1 / Math.sqrt(field);
                mx *= perField;
                my *= perField;
                mz *= perField;
                double hx = (1 - 2 * (y * y + z * z)) * mx + 2 * (x * y - w * z) * my + 2 * (x * z + w * y) * mz;
                double hy = 2 * (x * y + w * z) * mx + (1 - 2 * (x * x + z * z)) * my + 2 * (y * z - w * x) * mz;
                double bx = Math.sqrt(hx * hx + hy * hy);
                double bz = 2 * (x * z - w * y) * mx + 2 * (y * z + w * x) * my + (1 - 2 * (x * x + y * y)) * mz;
                double f4 = 2 * bx * (0.5 - y * y - z * z) + 2 * bz * (x * z - w * y) - mx;
                double f5 = 2 * bx * (x * y - w * z) + 2 * bz * (w * x + y * z) - my;
                double f6 = 2 * bx * (w * y + x * z) + 2 * bz * (0.5 - x * x - y * y) - mz;
                sw += -2 * bz * y * f4 + (-2 * bx * z + 2 * bz * x) * f5 + 2 * bx * y * f6;
                sx += 2 * bz * z * f4 + (2 * bx * y + 2 * bz * w) * f5 + (2 * bx * z - 4 * bz * x) * f6;
                sy += (-4 * bx * y - 2 * bz * w) * f4 + (2 * bx * x + 2 * bz * z) * f5 + (2 * bx * w - 4 * bz * y) * f6;
                sz += (-4 * bx * z + 2 * bz * x) * f4 + (-2 * bx * w + 2 * bz * y) * f5 + 2 * bx * x * f6;
            }
            double slope = sw * sw + sx * sx + sy * sy + sz * sz;
            if (slope > 0) {
                double step = beta / Math.sqrt(slope);
                dw -= step * sw;
                dx -= step * sx;
                dy -= step * sy;
                dz -= step * sz;
            }
        }
        w += dw * dtS;
        x += dx * dtS;
        y += dy * dtS;
        z += dz * dtS;
        double perLength = 1 / Math.sqrt(w * w + x * x + y * y + z * z);
        w *= perLength;
        x *= perLength;
        y *= perLength;
        z *= perLength;
    }

    /** Madgwick's x points north, so begin a quarter turn away from east-north-up. */
    private void start(double[] samples, int at) {
        Quaternion first = StartPose.of(samples, at);
        w = HALF_ROOT * (first.w() + first.z());
        x = HALF_ROOT * (first.x() + first.y());
        y = HALF_ROOT * (first.y() - first.x());
        z = HALF_ROOT * (first.z() - first.w());
        started = true;
    }

    @Override
    public void interrupted() {
        if (magnetic) started = false;
        else lost = true;
    }

    private void level(double[] samples, int at) {
        Quaternion level = StartPose.levelled(new Quaternion(w, x, y, z), samples, at);
        w = level.w();
        x = level.x();
        y = level.y();
        z = level.z();
        lost = false;
    }

    @Override
    public void orientation(double[] into, int at) {
        if (!started) {
            into[at] = 1;
            into[at + 1] = into[at + 2] = into[at + 3] = 0;
            return;
        }
        into[at] = HALF_ROOT * (w - z);
        into[at + 1] = HALF_ROOT * (x - y);
        into[at + 2] = HALF_ROOT * (y + x);
        into[at + 3] = HALF_ROOT * (z + w);
    }

    @Override
    public boolean seesHeading() {
        return magnetic;
    }
}
