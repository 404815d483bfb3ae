package health.carryover.clinical.body;

import static health.carryover.clinical.motion.Landmark.*;

/** Ways to stand, sit and lie from which the exercises start, for a body of given lengths. */
final class Stance {
    private Stance() {}

    /** Knees bent on flat feet: trunk and hips give so that the body stays over the feet. */
    static Pose standing(double leftKnee, double rightKnee) {
        var pose = new Pose();
        pose.lean = 0.35 * (leftKnee + rightKnee) / 2;
        bend(pose, 0, leftKnee, 0.7);
        bend(pose, 1, rightKnee, 0.7);
        return pose;
    }

    /** @param thigh how much of the knee's flexion the thigh takes, the rest is the shank's */
    static void bend(Pose pose, int side, double knee, double thigh) {
        pose.knee[side] = knee;
        pose.hip[side] = pose.lean + thigh * knee;
        pose.ankle[side] = (1 - thigh) * knee;
    }

    /** Weight on one foot, which does not move; the other is free. */
    static void on(Pose pose, Person person, int side) {
        pose.support = side == 0 ? Pose.Support.LEFT_FOOT : Pose.Support.RIGHT_FOOT;
        pose.x = (side == 0 ? 1 : -1) * person.halfHips();
    }

    static Pose sitting(Person person) {
        var pose = new Pose();
        pose.support = Pose.Support.PELVIS;
        pose.height = 0.23 * person.stature();
        pose.lean = -3;
        pose.both(pose.hip, 84);
        pose.both(pose.knee, 85);
        pose.both(pose.elevation, 22);
        pose.both(pose.plane, 75);
        pose.both(pose.elbow, 55);
        return pose;
    }

    static Pose onBack() {
        var pose = new Pose();
        pose.basePitch = -90;
        pose.support = Pose.Support.PELVIS;
        pose.both(pose.ankle, -15);
        pose.both(pose.plane, 0);
        pose.both(pose.elevation, 14);
        return pose;
    }

    /** On the back, the foot flat and its knee bent by so much. */
    static void hook(Pose pose, Person person, int side, double knee) {
        pose.knee[side] = knee;
        pose.hip[side] = lifted(person, knee);
        pose.ankle[side] = Math.max(-35, knee - pose.hip[side] - 90);
    }

    /** The angle of the thigh to the floor when the heel stays down, knee bent. */
    static double lifted(Person person, double knee) {
        double k = Math.toRadians(knee);
        return Math.toDegrees(Math.atan2(person.shank() * Math.sin(k), person.thigh() + person.shank() * Math.cos(k)));
    }

    static Pose onFront() {
        var pose = new Pose();
        pose.basePitch = 90;
        pose.support = Pose.Support.PELVIS;
        pose.both(pose.ankle, -50);
        pose.both(pose.plane, 0);
        pose.both(pose.elevation, 140);
        pose.both(pose.elbow, 75);
        pose.both(pose.outward, 90);
        return pose;
    }

    /** On hands and knees: thighs upright, the trunk as high in front as the arms are long. */
    static Pose onAllFours(Person person) {
        var pose = new Pose();
        pose.basePitch = 90;
        pose.support = Pose.Support.KNEES;
        double arms = person.upperArm() + person.forearm() + 0.02 * person.stature();
        double rise = arms - person.thigh() - 0.03 * person.stature();
        pose.lean = -Math.toDegrees(Math.asin(Math.clamp(rise / person.trunk(), -0.5, 0.5)));
        pose.both(pose.hip, 90 + pose.lean);
        pose.both(pose.knee, 90);
        pose.both(pose.ankle, -50);
        pose.both(pose.plane, 90);
        pose.both(pose.elevation, 90 + pose.lean);
        pose.both(pose.elbow, 3);
        return pose;
    }

    /** On one side with the other uppermost, the lower leg bent and the lower arm under the head. */
    static Pose onSide(Person person, int upper) {
        var pose = new Pose();
        int lower = 1 - upper;
        pose.baseRoll = upper == 0 ? -90 : 90;
        pose.support = Pose.Support.PELVIS;
        pose.height = person.halfHips();
        pose.hip[lower] = 30;
        pose.knee[lower] = 45;
        pose.both(pose.ankle, -10);
        pose.elevation[lower] = 150;
        pose.plane[lower] = 60;
        pose.elbow[lower] = 90;
        pose.elevation[upper] = 10;
        return pose;
    }

    /** The world points of the ankles of a pose. */
    static double[] ankle(Person person, Pose pose, int side) {
        return Skeleton.points(person, pose)[LEFT_ANKLE.ordinal() + side];
    }
}
