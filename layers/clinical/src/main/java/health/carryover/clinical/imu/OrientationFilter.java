package health.carryover.clinical.imu;

/**
 * Turns the samples of one sensor into its orientation, sample by sample and without allocation.
 * A sample is nine numbers as in {@link ImuBlock}: ax ay az (m/s^2, +9.8 upward at rest), gx gy gz (rad/s), mx my mz
 * (microtesla). Acceleration and angular rate must be finite; a magnetic field of NaN means "not measured".
 * {@link OrientationTracker} guards a filter against everything else a radio brings.
 */
public interface OrientationFilter {
    /**
     * Takes the next sample.
     * @param dtS seconds since the sample before, positive; for the first one the usual distance of samples
     * @param samples holds the nine numbers
     * @param at index of the first of them
     */
    void update(double dtS, double[] samples, int at);

    /**
     * Says that samples are missing for so long that the movement between is unknown. What belongs to the sensor (bias,
     * hard iron) is kept, the orientation is found anew; without a magnetometer the old heading is kept as the best guess.
     */
    void interrupted();

    /**
     * Writes the present orientation: unit quaternion w x y z that turns vectors of the sensor into east-north-up.
     * Before the first sample it is 1 0 0 0. Without a magnetometer the heading is against an arbitrary direction.
     */
    void orientation(double[] into, int at);

    /** Whether heading comes from the magnetometer, so that an error of heading means something. */
    boolean seesHeading();
}
