package health.carryover.clinical.body;

import static health.carryover.clinical.body.Axes.*;
import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Landmark;

/** Forward kinematics: joint angles in, 33 points out, metres in the world. Every segment keeps its length. */
final class Skeleton {
    private static final double SOLE = 0.015; // heel and toe points above the floor, metres

    private Skeleton() {}

    /** x, y, z of the 33 landmarks, the floor at y = 0. */
    static double[][] points(Person person, Pose pose) {
        double[][] points = new double[COUNT][];
        Axes base = Axes.UPRIGHT.yawed(pose.facing).pitched(pose.basePitch).rolled(pose.baseRoll);
        trunkAndArms(points, person, pose, base);
        for (int side = 0; side < 2; side++) leg(points, person, pose, base, side);
        place(points, person, pose);
        for (int side = 0; side < 2; side++) {
            reachOut(points, person, pose, base, side);
            cave(points, pose, base, side);
        }
        return points;
    }

    static double[] hips(Person person, Pose pose) {
        double[][] points = points(person, pose);
        return middle(points[LEFT_HIP.ordinal()], points[RIGHT_HIP.ordinal()]);
    }

    private static void trunkAndArms(double[][] points, Person person, Pose pose, Axes base) {
        Axes chord = base.pitched(pose.lean).rolled(pose.sideLean);
        Axes pelvis = base.rolled(-pose.obliquity);
        double bend = Math.toRadians(pose.spine) / 2; // an arc of that angle: its chord is shorter than its length
        double length = person.trunk() * (bend == 0 ? 1 : Math.sin(bend) / bend);
        Axes thorax = chord.pitched(pose.spine / 2).yawed(pose.twist);
        double[] neck = scaled(chord.up(), length);
        head(points, person, neck, thorax.pitched(pose.head));
        for (int side = 0; side < 2; side++) {
            double sign = side == 0 ? 1 : -1;
            put(points, LEFT_HIP, side, scaled(pelvis.left(), sign * person.halfHips()));
            double[] shoulder = plus(neck, thorax.left(), sign * person.halfShoulders());
            shoulder = plus(plus(shoulder, thorax.up(), pose.shrug[side]), thorax.front(), pose.protraction[side]);
            put(points, LEFT_SHOULDER, side, shoulder);
            arm(points, person, pose, thorax, side);
        }
    }

    private static void arm(double[][] points, Person person, Pose pose, Axes thorax, int side) {
        double[] aside = scaled(thorax.left(), side == 0 ? 1 : -1);
        double[] out = mix(aside, thorax.front(), pose.plane[side]);
        double elevation = pose.elevation[side];
        double[] down = scaled(thorax.up(), -1);
        double[] bone = mix(down, out, elevation);
        double[] risen = mix(out, thorax.up(), elevation);
        double[] bends = mix(swung(thorax.front(), out, risen), swung(aside, out, risen), pose.outward[side]);
        double[] shoulder = points[LEFT_SHOULDER.ordinal() + side];
        double[] elbow = plus(shoulder, bone, person.upperArm());
        hand(points, person, side, elbow, plus(elbow, mix(bone, bends, pose.elbow[side]), person.forearm()));
    }

    /** Where a vector goes when the arm is raised towards {@code out}, which then points to {@code risen}. */
    private static double[] swung(double[] vector, double[] out, double[] risen) {
        double along = dot(vector, out);
        return plus(plus(vector, out, -along), risen, along);
    }

    private static void hand(double[][] points, Person person, int side, double[] elbow, double[] wrist) {
        double[] forearm = unit(minus(wrist, elbow));
        put(points, LEFT_ELBOW, side, elbow);
        put(points, LEFT_WRIST, side, wrist);
        put(points, LEFT_PINKY, side, plus(wrist, forearm, person.hand() * 0.8));
        put(points, LEFT_INDEX, side, plus(wrist, forearm, person.hand()));
        put(points, LEFT_THUMB, side, plus(wrist, forearm, person.hand() * 0.5));
    }

    private static void head(double[][] points, Person person, double[] neck, Axes axes) {
        double s = person.stature();
        double[] head = plus(neck, axes.up(), 0.13 * s);
        double[] eyes = plus(plus(head, axes.up(), 0.02 * s), axes.front(), 0.05 * s);
        double[] mouth = plus(plus(head, axes.up(), -0.025 * s), axes.front(), 0.055 * s);
        points[NOSE.ordinal()] = plus(head, axes.front(), 0.065 * s);
        for (int side = 0; side < 2; side++) {
            double out = side == 0 ? s : -s;
            points[LEFT_EYE_INNER.ordinal() + 3 * side] = plus(eyes, axes.left(), out * 0.010);
            points[LEFT_EYE.ordinal() + 3 * side] = plus(eyes, axes.left(), out * 0.018);
            points[LEFT_EYE_OUTER.ordinal() + 3 * side] = plus(eyes, axes.left(), out * 0.026);
            put(points, LEFT_EAR, side, plus(head, axes.left(), out * 0.045));
            put(points, MOUTH_LEFT, side, plus(mouth, axes.left(), out * 0.014));
        }
    }

    private static void leg(double[][] points, Person person, Pose pose, Axes base, int side) {
        double sign = side == 0 ? 1 : -1;
        Axes thigh = base.yawed(sign * pose.splay[side])
                .pitched(pose.lean - pose.hip[side])
                .rolled(-sign * pose.abduction[side])
                .yawed(sign * pose.rotation[side]);
        double[] knee = plus(points[LEFT_HIP.ordinal() + side], thigh.up(), -person.thigh());
        Axes shank = thigh.pitched(pose.knee[side]);
        double[] ankle = plus(knee, shank.up(), -person.shank());
        put(points, LEFT_KNEE, side, knee);
        put(points, LEFT_ANKLE, side, ankle);
        foot(points, person, side, ankle, shank.pitched(-pose.ankle[side]));
    }

    private static void foot(double[][] points, Person person, int side, double[] ankle, Axes foot) {
        double drop = person.ankleHeight() - SOLE;
        put(points, LEFT_ANKLE, side, ankle);
        put(points, LEFT_HEEL, side, plus(plus(ankle, foot.up(), -drop), foot.front(), -person.heel()));
        put(points, LEFT_FOOT_INDEX, side, plus(plus(ankle, foot.up(), -drop), foot.front(), person.foot()));
    }

    /** Puts the body onto its support. */
    private static void place(double[][] points, Person person, Pose pose) {
        double[] hips = middle(points[LEFT_HIP.ordinal()], points[RIGHT_HIP.ordinal()]);
        double[] at = switch (pose.support) {
            case FEET -> onFeet(points, 0, 1);
            case LEFT_FOOT -> onFeet(points, 0, 0);
            case RIGHT_FOOT -> onFeet(points, 1, 1);
            case PELVIS, HIPS -> hips;
            case STRIDE -> new double[] {hips[0], onFeet(points, 0, 1)[1], hips[2]};
            case SHOULDERS -> middle(points[LEFT_SHOULDER.ordinal()], points[RIGHT_SHOULDER.ordinal()]);
            case KNEES -> middle(points[LEFT_KNEE.ordinal()], points[RIGHT_KNEE.ordinal()]);
        };
        double thick = switch (pose.support) {
            case FEET, LEFT_FOOT, RIGHT_FOOT, STRIDE -> SOLE;
            case HIPS -> 0;
            case PELVIS, SHOULDERS -> 0.055 * person.stature(); // joint centres above what the body lies on
            case KNEES -> 0.03 * person.stature();
        };
        double[] shift = {pose.x - at[0], pose.height + thick - at[1], pose.z - at[2]};
        for (int i = 0; i < points.length; i++) points[i] = plus(points[i], shift, 1);
    }

    /** The middle of the toes, and the lowest point of the feet. */
    private static double[] onFeet(double[][] points, int from, int to) {
        double low = Double.MAX_VALUE;
        double[] toes = {0, 0, 0};
        for (int side = from; side <= to; side++) {
            double[] toe = points[LEFT_FOOT_INDEX.ordinal() + side];
            toes = plus(toes, toe, 1.0 / (to - from + 1));
            low = Math.min(low, Math.min(toe[1], points[LEFT_HEEL.ordinal() + side][1]));
        }
        toes[1] = low;
        return toes;
    }

    /** Hands and feet that rest on something: two bones, the joint between them bent towards a side. */
    private static void reachOut(double[][] points, Person person, Pose pose, Axes base, int side) {
        if (pose.wristTo[side].length == 3) {
            double[] shoulder = points[LEFT_SHOULDER.ordinal() + side];
            double[] was = points[LEFT_ELBOW.ordinal() + side];
            double[] elbow =
                    joint(shoulder, pose.wristTo[side], person.upperArm(), person.forearm(), minus(was, shoulder));
            double[] forearm = unit(minus(pose.wristTo[side], elbow));
            hand(points, person, side, elbow, plus(elbow, forearm, person.forearm()));
        }
        if (pose.ankleTo[side].length == 3) {
            double[] hip = points[LEFT_HIP.ordinal() + side];
            double[] knee = joint(hip, pose.ankleTo[side], person.thigh(), person.shank(), base.front());
            double[] shank = unit(minus(pose.ankleTo[side], knee));
            double[] front = unit(plus(base.front(), shank, -dot(base.front(), shank)));
            Axes axes = new Axes(cross(scaled(shank, -1), front), scaled(shank, -1), front);
            put(points, LEFT_KNEE, side, knee);
            foot(points, person, side, plus(knee, shank, person.shank()), axes.pitched(-pose.ankle[side]));
        }
    }

    /** The middle joint of two bones that reach from one point to another, or as near as they can. */
    private static double[] joint(double[] from, double[] to, double first, double second, double[] towards) {
        double[] line = minus(to, from);
        double far = Math.clamp(length(line), Math.abs(first - second) + 1e-6, first + second - 1e-6);
        double along = (first * first - second * second + far * far) / (2 * far);
        double off = Math.sqrt(Math.max(0, first * first - along * along));
        double[] axis = unit(line);
        return plus(plus(from, axis, along), unit(plus(towards, axis, -dot(towards, axis))), off);
    }

    /** Knee valgus: the knee goes inward about the line from hip to ankle, which keeps the bones and the flexion. */
    private static void cave(double[][] points, Pose pose, Axes base, int side) {
        if (pose.valgus[side] == 0) return;
        double[] hip = points[LEFT_HIP.ordinal() + side];
        double[] ankle = points[LEFT_ANKLE.ordinal() + side];
        double[] knee = points[LEFT_KNEE.ordinal() + side];
        double[] inward = scaled(base.left(), side == 0 ? -1 : 1);
        double asked = Anatomy.valgus(hip, knee, ankle, inward, base.front()) + pose.valgus[side];
        double low = pose.valgus[side] > 0 ? 0 : -80;
        double high = pose.valgus[side] > 0 ? 80 : 0;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            double[] moved = turned(hip, ankle, knee, middle, inward);
            if (Anatomy.valgus(hip, moved, ankle, inward, base.front()) < asked) low = middle;
            else high = middle;
        }
        put(points, LEFT_KNEE, side, turned(hip, ankle, knee, low, inward));
    }

    private static double[] turned(double[] hip, double[] ankle, double[] knee, double degrees, double[] inward) {
        double[] axis = unit(minus(ankle, hip));
        double along = dot(minus(knee, hip), axis);
        double[] foot = plus(hip, axis, along);
        double[] off = minus(knee, foot);
        double[] aside = cross(axis, off);
        if (dot(aside, inward) < 0) aside = scaled(aside, -1);
        return plus(foot, mix(off, aside, degrees), 1);
    }

    private static void put(double[][] points, Landmark left, int side, double[] point) {
        points[left.ordinal() + side] = point;
    }
}
