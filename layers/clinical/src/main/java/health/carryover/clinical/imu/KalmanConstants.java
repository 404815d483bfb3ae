package health.carryover.clinical.imu;

/**
 * What {@link InertialKalman} believes of sensors, limbs and rooms. The usual values were chosen on plateaus over cut,
 * noisy, decimated and re-oriented variants of the six shared trials; {@code LeaveOneOutTest} says what they owe to
 * having seen the trial that they are measured on.
 * @param biasWalk of the gyroscope, rad/s per square root of a second
 * @param rateNoise rad per square root of a second
 * @param scaleError of the gyroscope, scale and alignment: share of the rate that may be wrong
 * @param forceNoise m/s per square root of a second
 * @param positionSd how far a limb is from its middle, m, as noise over one second
 * @param positionTauS in which a position fades, s
 * @param velocitySd how fast a limb is, m/s, as noise over one second
 * @param localSd field of an ordinary room that is not the earth's, microtesla
 * @param localTauS in which that changes while moving, s
 * @param fullMovement rad/s: slower than that, the sensor is in the same place for longer
 * @param ironWalk of hard iron, microtesla per square root of a second
 * @param earthWalk of the earth's field, microtesla per square root of a second
 * @param headingScale share of the rate by which the gyroscope's heading drifts
 */
record KalmanConstants(
        double biasWalk,
        double rateNoise,
        double scaleError,
        double forceNoise,
        double positionSd,
        double positionTauS,
        double velocitySd,
        double localSd,
        double localTauS,
        double fullMovement,
        double ironWalk,
        double earthWalk,
        double headingScale) {
    static final KalmanConstants USUAL =
            new KalmanConstants(0.0009, 0.0009, 0.0018, 0.04, 0.45, 1.5, 0.7, 1, 0.35, 0.12, 0.04, 0.06, 0.0009);
}
