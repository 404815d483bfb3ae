package health.carryover.clinical.body;

import static health.carryover.clinical.body.Axes.*;
import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Landmark;

/**
 * Anatomical angles measured on points in space: what a goniometer would read, whatever the camera sees. Neutral-zero
 * (AAOS): flexion, elevation, dorsiflexion and abduction positive; hip and ankle signed about the line of the hips.
 */
public enum Anatomy {
    KNEE_FLEXION,
    HIP_FLEXION,
    /** Thigh against the trunk, away from the other leg. */
    HIP_ABDUCTION,
    /** Upper arm against the trunk, in whatever plane. */
    SHOULDER_ELEVATION,
    ELBOW_FLEXION,
    /** The foot against the shank, sole to shin; negative is plantar flexion. */
    ANKLE_DORSIFLEXION,
    /** Forearm about the upper arm, outward positive, 0 where a bent forearm points forward. */
    SHOULDER_OUTWARD_ROTATION,
    /** Trunk against the vertical, without sign. */
    TRUNK_LEAN,
    /** Nothing that turns: a hold. */
    NONE;

    /**
     * The angle of one side, degrees.
     * @param points 33 points x, y, z in the world, y up, metres
     * @param side 0 left, 1 right
     */
    double degrees(double[][] points, int side) {
        double[] hips = middle(at(points, LEFT_HIP, 0), at(points, LEFT_HIP, 1));
        double[] trunk = minus(middle(at(points, LEFT_SHOULDER, 0), at(points, LEFT_SHOULDER, 1)), hips);
        double[] left = minus(at(points, LEFT_HIP, 0), at(points, LEFT_HIP, 1));
        double[] thigh = minus(at(points, LEFT_KNEE, side), at(points, LEFT_HIP, side));
        double[] shank = minus(at(points, LEFT_ANKLE, side), at(points, LEFT_KNEE, side));
        double[] upperArm = minus(at(points, LEFT_ELBOW, side), at(points, LEFT_SHOULDER, side));
        double[] forearm = minus(at(points, LEFT_WRIST, side), at(points, LEFT_ELBOW, side));
        return switch (this) {
            case KNEE_FLEXION -> between(thigh, shank);
            case ELBOW_FLEXION -> between(upperArm, forearm);
            case SHOULDER_ELEVATION -> between(upperArm, scaled(trunk, -1));
            case HIP_FLEXION -> signed(scaled(trunk, -1), thigh, left);
            case HIP_ABDUCTION -> {
                double[] out = scaled(left, side == 0 ? 1 : -1);
                double[] aside = unit(plus(out, trunk, -dot(out, trunk) / dot(trunk, trunk)));
                yield Math.toDegrees(Math.atan2(dot(thigh, aside), -dot(thigh, unit(trunk))));
            }
            case ANKLE_DORSIFLEXION -> {
                double[] sole = minus(at(points, LEFT_FOOT_INDEX, side), at(points, LEFT_HEEL, side));
                yield signed(shank, sole, left) - 90;
            }
            case SHOULDER_OUTWARD_ROTATION -> {
                double[] bone = unit(upperArm);
                double[] out = scaled(left, side == 0 ? 1 : -1);
                double[] front = cross(left, trunk);
                double[] bends = plus(forearm, bone, -dot(forearm, bone));
                yield Math.toDegrees(Math.atan2(dot(bends, unit(out)), dot(bends, unit(front))));
            }
            case TRUNK_LEAN -> between(trunk, new double[] {0, 1, 0});
            case NONE -> 0;
        };
    }

    /** From one vector to the other, positive the way a limb flexes: about minus the axis to the left. */
    private static double signed(double[] from, double[] to, double[] left) {
        double[] axis = unit(left);
        double[] a = plus(from, axis, -dot(from, axis));
        double[] b = plus(to, axis, -dot(to, axis));
        return Math.toDegrees(Math.atan2(-dot(cross(a, b), axis), dot(a, b)));
    }

    /** Frontal plane projection angle of the knee: how far it stands inward of straight, degrees. */
    static double valgus(double[] hip, double[] knee, double[] ankle, double[] inward, double[] front) {
        double[] thigh = minus(knee, hip);
        double[] shank = minus(ankle, knee);
        double[] down = minus(ankle, hip);
        double[] across = unit(plus(inward, front, -dot(inward, front)));
        double[] along = unit(plus(plus(down, front, -dot(down, front)), across, -dot(down, across)));
        double upper = Math.atan2(dot(thigh, across), dot(thigh, along));
        double lower = Math.atan2(dot(shank, across), dot(shank, along));
        return Math.toDegrees(upper - lower);
    }

    private static double[] at(double[][] points, Landmark left, int side) {
        return points[left.ordinal() + side];
    }
}
