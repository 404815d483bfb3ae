package health.carryover.clinical.imu;

/**
 * Complementary filter: the gyroscope, then a fraction 1 - exp(-dt/tau) of what accelerometer and magnetometer say.
 * The tilt correction is linear in the acceleration (turn vector a/9.81 x up, not normalised), so that accelerations
 * back and forth cancel; heading is corrected about the vertical only. Kept for comparison, see {@link InertialKalman}.
 */
public final class Complementary implements OrientationFilter {
    /** Time constants of the reference on BROAD, seconds. */
    public static final double USUAL_TAU_TILT_S = 3;

    public static final double USUAL_TAU_HEADING_S = 9;

    private static final double GRAVITY = 9.81;

    private final double tauTiltS;
    private final double tauHeadingS;
    private final boolean magnetic;
    private double w = 1;
    private double x;
    private double y;
    private double z;
    private boolean started;
    private boolean lost;

    private Complementary(double tauTiltS, double tauHeadingS, boolean magnetic) {
        if (!(tauTiltS > 0 && tauHeadingS > 0)) throw new IllegalArgumentException("time constant not positive");
        this.tauTiltS = tauTiltS;
        this.tauHeadingS = tauHeadingS;
        this.magnetic = magnetic;
    }

    /** @param tauTiltS, tauHeadingS seconds, positive */
    public static Complementary nineAxes(double tauTiltS, double tauHeadingS) {
        return new Complementary(tauTiltS, tauHeadingS, true);
    }

    /** Begun with the magnetometer where there is one, then without. @param tauTiltS seconds, positive */
    public static Complementary sixAxes(double tauTiltS) {
        return new Complementary(tauTiltS, 1, false);
    }

    @Override
    public void update(double dtS, double[] samples, int at) {
        if (!started) {
            Quaternion first = StartPose.of(samples, at);
            set(first.w(), first.x(), first.y(), first.z());
            started = true;
        } else if (lost) {
            Quaternion level = StartPose.levelled(new Quaternion(w, x, y, z), samples, at);
            set(level.w(), level.x(), level.y(), level.z());
        }
        lost = false;
        double gx = samples[at + 3];
        double gy = samples[at + 4];
        double gz = samples[at + 5];
        double angle = Math.sqrt(gx * gx + gy * gy + gz * gz) * dtS;
        double sine = angle > 1e-9 ? Math.sin(angle / 2) / angle * dtS : dtS / 2;
        double c = Math.cos(angle / 2);
        double sx = gx * sine;
        double sy = gy * sine;
        double sz = gz * sine;
        set(
                w * c - x * sx - y * sy - z * sz,
                x * c + w * sx + y * sz - z * sy,
                y * c + w * sy - x * sz + z * sx,
                z * c + w * sz + x * sy - y * sx);
        double ax = samples[at];
        double ay = samples[at + 1];
        double az = samples[at + 2];
        double east = (1 - 2 * (y * y + z * z)) * ax + 2 * (x * y - w * z) * ay + 2 * (x * z + w * y) * az;
        double north = 2 * (x * y + w * z) * ax + (1 - 2 * (x * x + z * z)) * ay + 2 * (y * z - w * x) * az;
        double tilt = (1 - Math.exp(-dtS / tauTiltS)) / GRAVITY;
        turn(north * tilt, -east * tilt, 0);
        double mx = samples[at + 6];
        double my = samples[at + 7];
        double mz = samples[at + 8];
        if (!magnetic || !(mx * mx + my * my + mz * mz > 0)) return;
        double fieldEast = (1 - 2 * (y * y + z * z)) * mx + 2 * (x * y - w * z) * my + 2 * (x * z + w * y) * mz;
        double fieldNorth = 2 * (x * y + w * z) * mx + (1 - 2 * (x * x + z * z)) * my + 2 * (y * z - w * x) * mz;
        turn(0, 0, (1 - Math.exp(-dtS / tauHeadingS)) * Math.atan2(fieldEast, fieldNorth));
    }

    /** By a turn vector of the earth frame. */
    private void turn(double rx, double ry, double rz) {
        double angle = Math.sqrt(rx * rx + ry * ry + rz * rz);
        double sine = angle > 1e-9 ? Math.sin(angle / 2) / angle : 0.5;
        double c = Math.cos(angle / 2);
        double sx = rx * sine;
        double sy = ry * sine;
        double sz = rz * sine;
        set(
                c * w - sx * x - sy * y - sz * z,
                c * x + sx * w + sy * z - sz * y,
                c * y - sx * z + sy * w + sz * x,
                c * z + sx * y - sy * x + sz * w);
    }

    private void set(double newW, double newX, double newY, double newZ) {
        double perLength = 1 / Math.sqrt(newW * newW + newX * newX + newY * newY + newZ * newZ);
        w = newW * perLength;
        x = newX * perLength;
        y = newY * perLength;
        z = newZ * perLength;
    }

    @Override
    public void interrupted() {
        if (magnetic) started = false;
        else lost = true;
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
}
