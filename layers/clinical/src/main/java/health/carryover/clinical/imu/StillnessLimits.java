package health.carryover.clinical.imu;

/**
 * What counts as a still calibration pose.
 * @param shortestS, longestS length of the pose in seconds; what comes after the longest is not used
 * @param turningRms root mean square of the angular rate about its mean, rad/s
 * @param shakingRms root mean square of the acceleration about its mean, m/s^2
 * @param gravityOff how far the length of the mean acceleration may be from 9.81 m/s^2
 * @param largestBias largest mean rate of one axis that is taken for a bias, rad/s
 * @param source where the limits come from
 */
public record StillnessLimits(
        double shortestS,
        double longestS,
        double turningRms,
        double shakingRms,
        double gravityOff,
        double largestBias,
        String source) {
    /**
     * 3-5 s as the programme of care asks. The rest of VQF (2 deg/s, 0.5 m/s^2) bounds single samples, here it bounds the
     * RMS; a bias of 3 deg/s is beyond the zero-rate offset of the chips in use (BROAD: up to 0.5); gravity within 0.5 m/s^2.
     */
    public static final StillnessLimits USUAL = new StillnessLimits(
            3,
            5,
            Math.toRadians(2),
            0.5,
            0.5,
            Math.toRadians(3),
            "mission D3 (3-5 s); Laidig and Seel 2023, rest detection; bias and gravity: own choice");

    public StillnessLimits {
        if (!(shortestS > 0 && longestS >= shortestS && longestS <= 60))
            throw new IllegalArgumentException("length of the pose outside (0, 60] s");
        if (!(turningRms > 0 && shakingRms > 0 && gravityOff > 0 && largestBias > 0))
            throw new IllegalArgumentException("limit of stillness not positive");
    }
}
