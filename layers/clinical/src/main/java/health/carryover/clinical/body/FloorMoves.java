package health.carryover.clinical.body;

import static health.carryover.clinical.body.Stance.*;

/** Exercises on the floor: the pose for how far each side has gone; parameters as for {@link StandingMoves}. */
final class FloorMoves {
    private FloorMoves() {}

    static Pose pose(Move move, Person person, double[] angle, double[] level) {
        int side = level[0] >= level[1] ? 0 : 1;
        int other = 1 - side;
        double far = level[side];
        Pose pose = onBack();
        switch (move) {
            case HEEL_SLIDE -> {
                for (int i = 0; i < 2; i++) hook(pose, person, i, angle[i]);
            }
            case HEEL_PROP -> {
                for (int i = 0; i < 2; i++) {
                    pose.knee[i] = angle[i];
                    pose.hip[i] = 10 + lifted(person, angle[i]);
                }
            }
            case SHORT_ARC_QUAD -> {
                for (int i = 0; i < 2; i++) {
                    pose.knee[i] = Math.max(-5, angle[i]);
                    pose.hip[i] = 20; // over a roll
                }
            }
            case STRAIGHT_LEG_RAISE -> {
                for (int i = 0; i < 2; i++) {
                    pose.hip[i] = angle[i];
                    pose.ankle[i] = 0;
                }
            }
            case QUAD_SET, ANKLE_PUMP -> {
                pose.basePitch = 0; // long-sitting, leaning on the hands
                pose.lean = -12;
                pose.both(pose.hip, 78);
                pose.both(pose.plane, 90);
                pose.both(pose.elevation, -30);
                for (int i = 0; i < 2; i++) {
                    if (move == Move.QUAD_SET) pose.knee[i] = angle[i];
                    else pose.ankle[i] = angle[i];
                }
            }
            case BRIDGE -> bridge(pose, person, angle[side]);
            case PELVIC_TILT -> {
                for (int i = 0; i < 2; i++) hook(pose, person, i, 95);
                pose.spine = -6 + 12 * far;
                pose.both(pose.hip, pose.hip[0] + 3 * far);
            }
            case SINGLE_KNEE_TO_CHEST -> {
                for (int i = 0; i < 2; i++) hook(pose, person, i, 88);
                pose.hip[side] = angle[side];
                pose.knee[side] = 88 + 35 * far;
                pose.both(pose.plane, 80);
                pose.both(pose.elevation, 14 + 25 * far);
                pose.both(pose.elbow, 12 + 30 * far);
            }
            case DEAD_BUG -> {
                pose.both(pose.hip, 90);
                pose.both(pose.knee, 90);
                pose.both(pose.elevation, 90);
                pose.both(pose.plane, 90);
                pose.both(pose.elbow, 5);
                pose.hip[side] = angle[side];
                pose.knee[side] = 90 - 75 * far;
                pose.elevation[other] = 90 + 70 * far;
            }
            case CAT_COW -> {
                pose = onAllFours(person);
                pose.spine = -20 + 45 * far;
                pose.head = 20 * far - 10;
            }
            case BIRD_DOG -> {
                pose = onAllFours(person);
                pose.hip[side] = angle[side];
                pose.knee[side] = 90 - 80 * far;
                pose.elevation[other] += 85 * far;
            }
            case PRONE_PRESS_UP -> pressUp(pose = onFront(), person, angle[side], far);
            case PRONE_HIP_EXTENSION -> {
                pose = onFront();
                pose.hip[side] = angle[side];
            }
            case PLANK -> {
                pose = onFront();
                double rise = person.upperArm() + 0.005 * person.stature() - person.foot();
                pose.support = Pose.Support.FEET;
                pose.lean = -Math.toDegrees(Math.asin(rise / (person.trunk() + person.thigh() + person.shank())));
                pose.both(pose.hip, angle[side]);
                pose.both(pose.knee, 1.3 * Math.max(0, angle[side]));
                pose.both(pose.ankle, 5);
                pose.both(pose.plane, 90);
                pose.both(pose.elevation, 90 + pose.lean);
                pose.both(pose.elbow, 90);
                pose.both(pose.outward, 0);
            }
            case SIDE_LYING_HIP_ABDUCTION -> {
                pose = onSide(person, side);
                pose.abduction[side] = angle[side];
            }
            case SUPINE_ASSISTED_FLEXION -> {
                for (int i = 0; i < 2; i++) hook(pose, person, i, 80);
                for (int i = 0; i < 2; i++) pose.elevation[i] = angle[i];
                pose.both(pose.plane, 85);
                pose.both(pose.elbow, 30 - 20 * far);
            }
            case SIDE_LYING_EXTERNAL_ROTATION -> {
                pose = onSide(person, side);
                pose.elevation[side] = 5;
                pose.elbow[side] = 90;
                pose.outward[side] = angle[side];
                pose.both(pose.hip, 30);
                pose.both(pose.knee, 45);
            }
            default -> throw new IllegalArgumentException("not a move on the floor");
        }
        return pose;
    }

    /** Shoulders and feet stay, the hips open: how far the trunk rises and the knee bends follows from the lengths. */
    private static void bridge(Pose pose, Person person, double hip) {
        double rest = Math.toRadians(Move.BRIDGE.restDeg());
        double feet =
                person.trunk() + person.thigh() * Math.cos(rest) + person.shank() * Math.cos(shank(person, rest, 0));
        double best = 0;
        double miss = Double.MAX_VALUE;
        double open = Math.toRadians(hip);
        for (double rise = 0; rise < 0.56; rise += 0.004) {
            double at = feetAt(person, open, rise);
            if (Math.abs(at - feet) < miss) {
                miss = Math.abs(at - feet);
                best = rise;
            }
        }
        double slope = (feetAt(person, open, best + 1e-4) - feetAt(person, open, best)) / 1e-4;
        double refined = best + Math.clamp((feet - feetAt(person, open, best)) / slope, -0.004, 0.004);
        double rise = Double.isNaN(refined) ? best : Math.max(0, refined);
        double thigh = open + rise;
        pose.support = Pose.Support.SHOULDERS;
        pose.lean = -Math.toDegrees(rise);
        double knee = Math.toDegrees(thigh - shank(person, thigh, rise));
        for (int i = 0; i < 2; i++) {
            pose.hip[i] = hip;
            pose.knee[i] = knee;
            pose.ankle[i] = Math.max(-35, knee - Math.toDegrees(thigh) - 90);
        }
    }

    private static double feetAt(Person person, double hip, double rise) {
        double thigh = hip + rise;
        return person.trunk() * Math.cos(rise)
                + person.thigh() * Math.cos(thigh)
                + person.shank() * Math.cos(shank(person, thigh, rise));
    }

    /** Direction of the shank, radians above the floor, which brings the ankle down to it. */
    private static double shank(Person person, double thigh, double rise) {
        double height = person.trunk() * Math.sin(rise) + person.thigh() * Math.sin(thigh);
        return -Math.asin(Math.clamp(height / person.shank(), -1, 1));
    }

    /** The hips stay down, the back arches, the hands stay where they are. */
    private static void pressUp(Pose pose, Person person, double hip, double far) {
        pose.lean = hip;
        pose.both(pose.hip, hip);
        pose.spine = 1.2 * hip;
        pose.both(pose.plane, 40);
        pose.both(pose.elevation, -25);
        pose.head = -15 * far;
        for (int i = 0; i < 2; i++) {
            double aside = (i == 0 ? 1.2 : -1.2) * person.halfShoulders();
            pose.wristTo[i] = new double[] {aside, 0.02 * person.stature(), person.trunk() * 0.92};
        }
    }
}
