package health.carryover.clinical.imu;

/**
 * Angles of a ball joint from the orientations of its segments, which must share a heading (magnetometers).
 * Source of both orders: Grood and Suntay, J Biomech Eng 105:136-144, 1983; Wu et al. (ISB), J Biomech 2002 and 2005.
 */
public enum BallJoint {
    /**
     * Hip and knee, ISB order z-x-y: flexion about the proximal z, adduction about the floating axis, inner rotation about
     * the distal y. Angles of a right limb; on the left the second and third change sign.
     */
    FLEXION_ADDUCTION_ROTATION,
    /** Shoulder, ISB order y-x-y: plane of elevation, elevation (negative, as the ISB has it), axial rotation. */
    PLANE_ELEVATION_ROTATION;

    /** Cosine (or sine) that is too near zero to tell first and third angle apart: 3 degrees. */
    private static final double LOCKED = Math.sin(Math.toRadians(3));

    /** @param proximal, distal orientations of the segments, segment to earth */
    public JointReading read(double timeS, Quaternion proximal, Quaternion distal) {
        Quaternion joint = proximal.inverse().times(distal);
        double[] x = joint.turn(1, 0, 0);
        double[] y = joint.turn(0, 1, 0);
        double[] z = joint.turn(0, 0, 1);
        return switch (this) {
            case FLEXION_ADDUCTION_ROTATION -> {
                // R = Rz(a) Rx(b) Ry(c): row z = (-cos b sin c, sin b, cos b cos c), column y = (-sin a cos b, cos a
                // cos b, sin b).
                double sine = Math.clamp(y[2], -1, 1);
                if (Math.sqrt(1 - sine * sine) < LOCKED)
                    yield new JointReading.NotMeasurable(timeS, JointReading.Reason.GIMBAL_LOCK);
                yield ball(timeS, Math.atan2(-y[0], y[1]), Math.asin(sine), Math.atan2(-x[2], z[2]));
            }
            case PLANE_ELEVATION_ROTATION -> {
                // R = Ry(a) Rx(b) Ry(c): column y = (sin a sin b, cos b, cos a sin b), row y = (sin b sin c, cos b,
                // -sin b cos c).
                double cosine = Math.clamp(y[1], -1, 1);
                if (Math.sqrt(1 - cosine * cosine) < LOCKED)
                    yield new JointReading.NotMeasurable(timeS, JointReading.Reason.GIMBAL_LOCK);
                yield ball(timeS, Math.atan2(-y[0], -y[2]), -Math.acos(cosine), Math.atan2(-x[1], z[1]));
            }
        };
    }

    private static JointReading ball(double timeS, double first, double second, double third) {
        return new JointReading.Ball(timeS, Math.toDegrees(first), Math.toDegrees(second), Math.toDegrees(third));
    }
}
