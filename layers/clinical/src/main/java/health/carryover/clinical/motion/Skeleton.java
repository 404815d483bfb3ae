package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

/**
 * Forward kinematics of a stick figure of height 1: joint angles in, 33 points out. Axes: x to the person's left, y up,
 * z the way the person faces before any leaning. Segment lengths in statures after Winter (Biomechanics and Motor
 * Control of Human Movement); hip width as trackers place it, nearer together than the joints are.
 */
final class Skeleton {
    /** Joint angles in degrees, neutral-zero; index 0 left, 1 right. Lying on the back is a lean of -90. */
    static final class Pose {
        double lean;
        final double[] hip = new double[2];
        final double[] knee = new double[2];
        final double[] elevation = new double[2];
        final double[] elbow = new double[2];
        double splay; // how far knees and feet point outward
        boolean armsSideways; // elevation and elbow act in the frontal plane instead of the sagittal one
        Root root = Root.FEET;
    }

    /** What stays where it is. */
    enum Root {
        FEET,
        PELVIS,
        SHOULDERS
    }

    private static final double TRUNK = 0.288;
    private static final double THIGH = 0.245;
    private static final double SHANK = 0.246;
    private static final double FOOT = 0.11;
    private static final double HEEL = 0.03;
    private static final double UPPER_ARM = 0.186;
    private static final double FOREARM = 0.146;
    private static final double HAND = 0.08;
    private static final double HALF_SHOULDERS = TRUNK * ViewEstimator.SHOULDER_TO_TRUNK / 2;
    private static final double HALF_HIPS = TRUNK * ViewEstimator.HIP_TO_TRUNK / 2;

    private Skeleton() {}

    /** x, y, z of the 33 landmarks, in statures, the root at the origin. */
    static double[][] points(Pose pose) {
        double[][] points = new double[Landmark.COUNT][];
        double[] up = sagittal(pose.lean);
        double[] front = sagittal(pose.lean + 90);
        double[] neck = scaled(up, TRUNK);
        head(points, neck, up, front);
        for (int side = 0; side < 2; side++) {
            double sign = side == 0 ? 1 : -1;
            double[] hip = {sign * HALF_HIPS, 0, 0};
            put(points, LEFT_HIP, side, hip);
            double thigh = pose.lean + 180 - pose.hip[side];
            double[] knee = plus(hip, leg(thigh, sign * pose.splay), THIGH);
            put(points, LEFT_KNEE, side, knee);
            double shank = thigh + pose.knee[side];
            double[] ankle = plus(knee, leg(shank, sign * pose.splay), SHANK);
            put(points, LEFT_ANKLE, side, ankle);
            put(points, LEFT_HEEL, side, plus(ankle, leg(shank + 20, sign * pose.splay), HEEL));
            put(points, LEFT_FOOT_INDEX, side, plus(ankle, leg(shank - 80, sign * pose.splay), FOOT));
            double[] shoulder = {sign * HALF_SHOULDERS, neck[1], neck[2]};
            put(points, LEFT_SHOULDER, side, shoulder);
            double[] aside = {sign, 0, 0};
            double[] upperArm = arm(pose.armsSideways ? aside : front, up, pose.elevation[side]);
            double[] elbow = plus(shoulder, upperArm, UPPER_ARM);
            put(points, LEFT_ELBOW, side, elbow);
            double[] forearm = arm(pose.armsSideways ? aside : front, up, pose.elevation[side] + pose.elbow[side]);
            double[] wrist = plus(elbow, forearm, FOREARM);
            put(points, LEFT_WRIST, side, wrist);
            put(points, LEFT_PINKY, side, plus(wrist, forearm, HAND * 0.8));
            put(points, LEFT_INDEX, side, plus(wrist, forearm, HAND));
            put(points, LEFT_THUMB, side, plus(wrist, forearm, HAND * 0.5));
        }
        double[] root = root(points, pose.root);
        for (double[] point : points) for (int axis = 0; axis < 3; axis++) point[axis] -= root[axis];
        return points;
    }

    private static double[] root(double[][] points, Root root) {
        Landmark left = switch (root) {
            case FEET -> LEFT_ANKLE;
            case PELVIS -> LEFT_HIP;
            case SHOULDERS -> LEFT_SHOULDER;
        };
        double[] a = points[left.ordinal()];
        double[] b = points[left.ordinal() + 1];
        double low = root == Root.FEET ? Math.min(a[1], b[1]) : (a[1] + b[1]) / 2;
        return new double[] {0, low, (a[2] + b[2]) / 2};
    }

    private static void head(double[][] points, double[] neck, double[] up, double[] front) {
        double[] head = plus(neck, up, 0.13);
        double[] eyes = plus(plus(head, up, 0.02), front, 0.05);
        points[NOSE.ordinal()] = plus(head, front, 0.065);
        for (int side = 0; side < 2; side++) {
            double sign = side == 0 ? 1 : -1;
            points[LEFT_EYE_INNER.ordinal() + 3 * side] = new double[] {sign * 0.010, eyes[1], eyes[2]};
            points[LEFT_EYE.ordinal() + 3 * side] = new double[] {sign * 0.018, eyes[1], eyes[2]};
            points[LEFT_EYE_OUTER.ordinal() + 3 * side] = new double[] {sign * 0.026, eyes[1], eyes[2]};
            put(points, LEFT_EAR, side, new double[] {sign * 0.045, head[1], head[2]});
            double[] mouth = plus(plus(head, up, -0.025), front, 0.055);
            put(points, MOUTH_LEFT, side, new double[] {sign * 0.014, mouth[1], mouth[2]});
        }
    }

    private static void put(double[][] points, Landmark left, int side, double[] point) {
        points[left.ordinal() + side] = point;
    }

    /** Direction in the sagittal plane: 0 up, 90 forward, 180 down. */
    private static double[] sagittal(double degrees) {
        double angle = Math.toRadians(degrees);
        return new double[] {0, Math.cos(angle), Math.sin(angle)};
    }

    /** As {@link #sagittal}, the plane turned to the left about the vertical. */
    private static double[] leg(double degrees, double turned) {
        double[] straight = sagittal(degrees);
        double angle = Math.toRadians(turned);
        return new double[] {straight[2] * Math.sin(angle), straight[1], straight[2] * Math.cos(angle)};
    }

    /** From hanging down along the trunk (0) through {@code outward} (90) to overhead (180). */
    private static double[] arm(double[] outward, double[] up, double degrees) {
        double angle = Math.toRadians(degrees);
        double[] direction = new double[3];
        for (int axis = 0; axis < 3; axis++)
            direction[axis] = outward[axis] * Math.sin(angle) - up[axis] * Math.cos(angle);
        return direction;
    }

    private static double[] scaled(double[] direction, double length) {
        return new double[] {direction[0] * length, direction[1] * length, direction[2] * length};
    }

    private static double[] plus(double[] from, double[] direction, double length) {
        return new double[] {
            from[0] + direction[0] * length, from[1] + direction[1] * length, from[2] + direction[2] * length
        };
    }
}
