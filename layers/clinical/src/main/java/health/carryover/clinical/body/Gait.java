package health.carryover.clinical.body;

/**
 * Level walking: joint angles over the stride from heel strike to heel strike, read at a few points from the curves of
 * Perry and Burnfield (Gait Analysis) and rounded to whole degrees.
 */
final class Gait {
    private static final double[][] HIP = {{0, 28}, {0.15, 22}, {0.5, -10}, {0.62, 0}, {0.85, 31}};
    private static final double[][] KNEE = {{0, 5}, {0.14, 17}, {0.4, 5}, {0.6, 40}, {0.72, 60}, {0.9, 10}};
    private static final double[][] ANKLE = {{0, 0}, {0.07, -6}, {0.45, 10}, {0.62, -18}, {0.8, 0}};

    private Gait() {}

    /**
     * @param stride position in the stride of the left leg, whole numbers at its heel strikes
     * @param vigour how much of the usual angles: 1 = comfortable speed
     */
    static Pose pose(double stride, double vigour) {
        var pose = new Pose();
        pose.support = Pose.Support.STRIDE;
        pose.lean = 3;
        for (int side = 0; side < 2; side++) {
            double at = stride + 0.5 * side;
            pose.hip[side] = pose.lean + vigour * curve(HIP, at);
            pose.knee[side] = vigour * curve(KNEE, at);
            pose.ankle[side] = vigour * curve(ANKLE, at);
            double swing = Math.sin(2 * Math.PI * (at + 0.45)); // arms go with the opposite leg
            pose.plane[side] = 90;
            pose.elevation[side] = 4 + 14 * vigour * swing;
            pose.elbow[side] = 20 + 8 * vigour * swing;
        }
        pose.obliquity = 3 * vigour * Math.sin(2 * Math.PI * (stride + 0.1));
        pose.twist = 6 * vigour * Math.cos(2 * Math.PI * stride);
        return pose;
    }

    /** A periodic curve through points, level at each. */
    private static double curve(double[][] points, double at) {
        double t = at - Math.floor(at);
        for (int i = 0; i < points.length; i++) {
            double[] a = points[i];
            double[] b = i + 1 < points.length ? points[i + 1] : new double[] {1, points[0][1]};
            if (t <= b[0]) return a[1] + (b[1] - a[1]) * (1 - Math.cos(Math.PI * (t - a[0]) / (b[0] - a[0]))) / 2;
        }
        return points[0][1];
    }
}
