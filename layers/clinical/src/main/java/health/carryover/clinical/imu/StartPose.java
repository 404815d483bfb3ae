package health.carryover.clinical.imu;

/** Orientation from one sample at rest: up is the specific force, north the horizontal part of the magnetic field. */
final class StartPose {
    private StartPose() {}

    /** The shortest turn on top of what was known that makes this specific force point up: keeps the heading. */
    static Quaternion levelled(Quaternion known, double[] samples, int at) {
        double[] force = known.turn(samples[at], samples[at + 1], samples[at + 2]);
        double length = Math.sqrt(force[0] * force[0] + force[1] * force[1] + force[2] * force[2]);
        if (!(length > 0)) return known;
        return Quaternion.between(force[0] / length, force[1] / length, force[2] / length, 0, 0, 1)
                .times(known);
    }

    /** Without a usable magnetic field the heading is arbitrary; without a usable acceleration there is no turn at all. */
    static Quaternion of(double[] samples, int at) {
        double ax = samples[at];
        double ay = samples[at + 1];
        double az = samples[at + 2];
        double force = Math.sqrt(ax * ax + ay * ay + az * az);
        if (!(force > 0)) return Quaternion.IDENTITY;
        ax /= force;
        ay /= force;
        az /= force;
        double mx = samples[at + 6];
        double my = samples[at + 7];
        double mz = samples[at + 8];
        double ex = my * az - mz * ay;
        double ey = mz * ax - mx * az;
        double ez = mx * ay - my * ax;
        double east = Math.sqrt(ex * ex + ey * ey + ez * ez);
        if (!(east > 0)) return Quaternion.between(ax, ay, az, 0, 0, 1);
        ex /= east;
        ey /= east;
        ez /= east;
        return Quaternion.ofRows(ex, ey, ez, ay * ez - az * ey, az * ex - ax * ez, ax * ey - ay * ex, ax, ay, az);
    }
}
