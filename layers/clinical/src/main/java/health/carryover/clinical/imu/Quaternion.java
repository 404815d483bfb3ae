package health.carryover.clinical.imu;

/**
 * A turn as a unit quaternion, scalar first, Hamilton product: {@code a.times(b)} turns by b, then by a. An orientation
 * turns vectors of the sensor into those of the earth (east-north-up).
 */
public record Quaternion(double w, double x, double y, double z) {
    public static final Quaternion IDENTITY = new Quaternion(1, 0, 0, 0);

    /** Brought to unit length. @throws IllegalArgumentException if it has no length or is not finite */
    public Quaternion {
        double length = Math.sqrt(w * w + x * x + y * y + z * z);
        if (!(length > 1e-9 && length < 1e9)) throw new IllegalArgumentException("quaternion without usable length");
        w /= length;
        x /= length;
        y /= length;
        z /= length;
    }

    /** A turn about an axis of any length, right-handed. */
    public static Quaternion about(double x, double y, double z, double radians) {
        double length = Math.sqrt(x * x + y * y + z * z);
        if (!(length > 0)) throw new IllegalArgumentException("axis without length");
        double sine = Math.sin(radians / 2) / length;
        return new Quaternion(Math.cos(radians / 2), x * sine, y * sine, z * sine);
    }

    /** The shortest turn that brings unit vector a to unit vector b. */
    public static Quaternion between(double ax, double ay, double az, double bx, double by, double bz) {
        double scalar = 1 + ax * bx + ay * by + az * bz;
        if (scalar > 1e-9) return new Quaternion(scalar, ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
        // Opposite: half a turn about anything across.
        return Math.abs(ax) < 0.9 ? new Quaternion(0, 0, az, -ay) : new Quaternion(0, -az, 0, ax);
    }

    /** From a rotation matrix given by rows. */
    static Quaternion ofRows(
            double r00,
            double r01,
            double r02,
            double r10,
            double r11,
            double r12,
            double r20,
            double r21,
            double r22) {
        double trace = r00 + r11 + r22;
        if (trace > 0) return new Quaternion(1 + trace, r21 - r12, r02 - r20, r10 - r01);
        if (r00 > r11 && r00 > r22) return new Quaternion(r21 - r12, 1 + r00 - r11 - r22, r01 + r10, r02 + r20);
        if (r11 > r22) return new Quaternion(r02 - r20, r01 + r10, 1 - r00 + r11 - r22, r12 + r21);
        return new Quaternion(r10 - r01, r02 + r20, r12 + r21, 1 - r00 - r11 + r22);
    }

    /** What a filter wrote. */
    public static Quaternion at(double[] quaternions, int at) {
        return new Quaternion(quaternions[at], quaternions[at + 1], quaternions[at + 2], quaternions[at + 3]);
    }

    public Quaternion times(Quaternion b) {
        return new Quaternion(
                w * b.w - x * b.x - y * b.y - z * b.z,
                w * b.x + x * b.w + y * b.z - z * b.y,
                w * b.y - x * b.z + y * b.w + z * b.x,
                w * b.z + x * b.y - y * b.x + z * b.w);
    }

    public Quaternion inverse() {
        return new Quaternion(w, -x, -y, -z);
    }

    /** @return the turned vector, 3 numbers */
    public double[] turn(double vx, double vy, double vz) {
        double tx = 2 * (y * vz - z * vy);
        double ty = 2 * (z * vx - x * vz);
        double tz = 2 * (x * vy - y * vx);
        return new double[] {vx + w * tx + y * tz - z * ty, vy + w * ty + z * tx - x * tz, vz + w * tz + x * ty - y * tx
        };
    }

    /** Size of the turn, radians, [0, pi]. */
    public double radians() {
        return 2 * Math.atan2(Math.sqrt(x * x + y * y + z * z), Math.abs(w));
    }

    /** Turn about the unit vector, radians in (-pi, pi]: the twist of the swing-twist decomposition. */
    double twist(double ax, double ay, double az) {
        double angle = 2 * Math.atan2(x * ax + y * ay + z * az, w);
        return angle > Math.PI ? angle - 2 * Math.PI : angle <= -Math.PI ? angle + 2 * Math.PI : angle;
    }
}
