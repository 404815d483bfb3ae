package health.carryover.clinical.imu;

/**
 * Angle of a hinge (knee, elbow) between two sensors, as a series over time. The axis of a hinge points the same way seen
 * from both sides, so the difference of both headings, which drifts without magnetometers, is measured wherever the axis is
 * not upright: a Kalman filter of that one angle. Source of the idea: Laidig et al., "Exploiting kinematic constraints to
 * compensate magnetic disturbances", 2017; Seel et al., Sensors 14:6891-6909, 2014.
 */
public final class HingeJoint {
    /** Sine of the angle between axis and vertical below which headings cannot be compared: 20 degrees. */
    private static final double LEAST_LEVEL = Math.sin(Math.toRadians(20));
    /** Both axes disagree by this much in soft tissue, rad, and for that long alike, s. */
    private static final double AXIS_SD = Math.toRadians(5);

    private static final double ALIKE_S = 0.5;
    /** Drift of the difference, rad per square root of a second: 0.1 deg/s for a minute is 6 degrees. */
    private static final double DRIFT = Math.toRadians(0.5);
    /** Beyond this the angle is not told, rad. */
    private static final double UNKNOWN = Math.toRadians(15);

    /** Which way round flexion is: the ISB turns the hip forward with a positive, the knee backward with a negative sign. */
    public enum Bends {
        FORWARD,
        BACKWARD
    }

    private final Vector proximalAxis;
    private final Vector distalAxis;
    private final double sign;
    private double heading;
    private double variance = Double.POSITIVE_INFINITY;
    private double lastS = Double.NaN;
    private double poseAngle = Double.NaN;
    private final Quaternion distalToAxis;
    private final Quaternion proximalToAxis;

    /** @param proximalAxis, distalAxis axis of the hinge to the right of the patient, in the axes of either sensor */
    public HingeJoint(Vector proximalAxis, Vector distalAxis, Bends bends) {
        this.proximalAxis = proximalAxis.unit();
        this.distalAxis = distalAxis.unit();
        sign = bends == Bends.FORWARD ? 1 : -1;
        proximalToAxis = toZ(this.proximalAxis);
        distalToAxis = toZ(this.distalAxis);
    }

    private static Quaternion toZ(Vector axis) {
        return Quaternion.between(axis.x(), axis.y(), axis.z(), 0, 0, 1);
    }

    /**
     * Says that the joint is in the calibration pose: the angle is 0 there.
     * @return false while the headings cannot be compared; then call it again in a later moment of the pose
     */
    public boolean pose(double timeS, Quaternion proximal, Quaternion distal) {
        compare(timeS, proximal, distal);
        if (!known()) return false;
        poseAngle = angle(proximal, distal);
        return true;
    }

    /** @param timeS seconds, rising; @param proximal, distal orientations of the sensors, sensor to earth */
    public JointReading read(double timeS, Quaternion proximal, Quaternion distal) {
        compare(timeS, proximal, distal);
        if (!known() || Double.isNaN(poseAngle))
            return new JointReading.NotMeasurable(timeS, JointReading.Reason.HEADING_UNKNOWN);
        double turned = Math.IEEEremainder(angle(proximal, distal) - poseAngle, 2 * Math.PI);
        // A heading that is wrong moves the angle only by the part of it about the axis.
        double upright = Math.abs(proximalAxis.turnedBy(proximal).z());
        return new JointReading.Hinge(
                timeS, sign * Math.toDegrees(turned), Math.toDegrees(Math.sqrt(variance) * upright));
    }

    /** Says that samples are missing for so long that the headings must be compared anew; the pose is kept. */
    public void interrupted() {
        variance = Double.POSITIVE_INFINITY;
    }

    private boolean known() {
        return variance <= UNKNOWN * UNKNOWN;
    }

    private void compare(double timeS, Quaternion proximal, Quaternion distal) {
        double passed = Double.isNaN(lastS) ? 0 : timeS - lastS;
        if (passed < 0) throw new IllegalArgumentException("time does not rise");
        lastS = timeS;
        variance += DRIFT * DRIFT * passed;
        Vector one = proximalAxis.turnedBy(proximal);
        Vector other = distalAxis.turnedBy(distal);
        double level = Math.min(Math.hypot(one.x(), one.y()), Math.hypot(other.x(), other.y()));
        if (level < LEAST_LEVEL) return;
        double measured = Math.atan2(one.y(), one.x()) - Math.atan2(other.y(), other.x());
        double noise = AXIS_SD * AXIS_SD / (level * level) * Math.max(1, passed > 0 ? ALIKE_S / passed : 1);
        if (Double.isInfinite(variance)) {
            heading = measured;
            variance = AXIS_SD * AXIS_SD / (level * level);
            return;
        }
        double gain = variance / (variance + noise);
        heading += gain * Math.IEEEremainder(measured - heading, 2 * Math.PI);
        variance *= 1 - gain;
    }

    /** Turn about the axis from proximal to distal, after turning the distal heading into the proximal one, rad. */
    private double angle(Quaternion proximal, Quaternion distal) {
        Quaternion one = proximal.times(proximalToAxis.inverse());
        Quaternion other = Quaternion.about(0, 0, 1, heading).times(distal).times(distalToAxis.inverse());
        return one.inverse().times(other).twist(0, 0, 1);
    }
}
