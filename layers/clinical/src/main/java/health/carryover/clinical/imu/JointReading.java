package health.carryover.clinical.imu;

/** An angle of a joint at one moment, or why there is none. Neutral-zero convention: 0 in the calibration pose. */
public sealed interface JointReading {
    /**
     * @param flexionDeg positive in flexion, degrees (-180, 180]
     * @param uncertaintyDeg standard deviation that comes from the unknown heading between the two sensors
     */
    record Hinge(double timeS, double flexionDeg, double uncertaintyDeg) implements JointReading {}

    /**
     * Three angles of a ball joint, degrees.
     * @param first, second, third in the order of the {@link BallJoint}
     */
    record Ball(double timeS, double first, double second, double third) implements JointReading {}

    record NotMeasurable(double timeS, Reason reason) implements JointReading {}

    enum Reason {
        /** Sensors without magnetometer, and the axis was upright or the joint unmoved so far: headings cannot be compared. */
        HEADING_UNKNOWN,
        /** The second angle is where first and third are the same turn. */
        GIMBAL_LOCK
    }
}
