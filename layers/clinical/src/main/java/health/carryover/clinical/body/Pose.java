package health.carryover.clinical.body;

/**
 * Where all joints are. Degrees, neutral-zero; index 0 left, 1 right. Hip angles are taken against the line from the hips to
 * the shoulders, as a camera sees them, so that a bent back does not change them.
 */
final class Pose {
    double facing; // of the whole body about the vertical, left positive
    double basePitch; // -90 lying on the back, 90 on the front
    double baseRoll; // 90 lying on the left side, -90 on the right
    double lean; // of the trunk against the base, forward positive
    double sideLean; // of the trunk, left positive; the legs stay
    double twist; // of the shoulders against the hips, left positive
    double spine; // from pelvis to neck, flexion positive, arch negative
    double obliquity; // of the pelvis in the frontal plane, left side up positive
    double head; // nod
    final double[] hip = new double[2];
    final double[] abduction = new double[2];
    final double[] rotation = new double[2]; // of the hip, outward positive
    final double[] splay = new double[2]; // the plane of the leg turned outward, about the vertical
    final double[] knee = new double[2];
    final double[] ankle = new double[2]; // dorsiflexion positive
    final double[] valgus = new double[2]; // of the knee in the frontal plane, inward positive
    final double[] elevation = {8, 8}; // of the arm against the trunk
    final double[] plane = {50, 50}; // in which it is elevated: 0 sideways, 90 forward
    final double[] outward = new double[2]; // rotation of the upper arm, outward positive
    final double[] elbow = {12, 12};
    final double[] shrug = new double[2]; // metres towards the head
    final double[] protraction = new double[2]; // metres forward
    Support support = Support.FEET;
    double height; // of what carries the body above the floor, metres: seat, step
    double x; // where the support stands, metres
    double z;
    final double[][] wristTo = new double[2][]; // a hand that rests on something, world; empty = free
    final double[][] ankleTo = new double[2][];

    /** What stays where it is. */
    enum Support {
        FEET,
        LEFT_FOOT,
        RIGHT_FOOT,
        PELVIS,
        SHOULDERS,
        KNEES,
        /** Over the ground: the hips at x and z, the lower foot on the floor. */
        STRIDE,
        /** The middle of the hips at x, height and z. */
        HIPS
    }

    {
        for (int side = 0; side < 2; side++) wristTo[side] = ankleTo[side] = new double[0];
    }

    void both(double[] angle, double degrees) {
        angle[0] = angle[1] = degrees;
    }

    Pose copy() {
        return mixed(this, this, 0);
    }

    /** On the way from one pose to another; hands and feet that rest on something are let go. */
    static Pose between(Person person, Pose from, Pose to, double share) {
        Pose pose = mixed(from, to, share);
        double[] a = Skeleton.hips(person, from);
        double[] b = Skeleton.hips(person, to);
        pose.support = Support.HIPS;
        pose.x = a[0] + share * (b[0] - a[0]);
        pose.height = a[1] + share * (b[1] - a[1]);
        pose.z = a[2] + share * (b[2] - a[2]);
        return pose;
    }

    private static Pose mixed(Pose a, Pose b, double share) {
        var pose = new Pose();
        pose.facing = a.facing + share * (b.facing - a.facing);
        pose.basePitch = a.basePitch + share * (b.basePitch - a.basePitch);
        pose.baseRoll = a.baseRoll + share * (b.baseRoll - a.baseRoll);
        pose.lean = a.lean + share * (b.lean - a.lean);
        pose.sideLean = a.sideLean + share * (b.sideLean - a.sideLean);
        pose.twist = a.twist + share * (b.twist - a.twist);
        pose.spine = a.spine + share * (b.spine - a.spine);
        pose.obliquity = a.obliquity + share * (b.obliquity - a.obliquity);
        pose.head = a.head + share * (b.head - a.head);
        double[][] mine = pose.sided();
        double[][] from = a.sided();
        double[][] to = b.sided();
        for (int i = 0; i < mine.length; i++)
            for (int side = 0; side < 2; side++) mine[i][side] = from[i][side] + share * (to[i][side] - from[i][side]);
        pose.support = a.support;
        pose.height = a.height;
        pose.x = a.x;
        pose.z = a.z;
        return pose;
    }

    private double[][] sided() {
        return new double[][] {
            hip, abduction, rotation, splay, knee, ankle, valgus, elevation, plane, outward, elbow, shrug, protraction
        };
    }
}
