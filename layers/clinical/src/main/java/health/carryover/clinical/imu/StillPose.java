package health.carryover.clinical.imu;

import java.util.ArrayList;
import java.util.List;

/** The calibration pose before a session: takes samples of one sensor for 3-5 s and says whether it was still. */
public final class StillPose {
    private static final double STANDARD_GRAVITY = 9.81;
    private static final int FEWEST_SAMPLES = 30;

    /** What the pose told of the sensor, or every reason why it is refused. */
    public sealed interface Result {
        /**
         * @param bias of the gyroscope, rad/s
         * @param up unit vector against gravity, in the axes of the sensor
         * @param turningRms, shakingRms what was left of movement, rad/s and m/s^2
         */
        record Still(Vector bias, Vector up, double turningRms, double shakingRms, double seconds) implements Result {}

        record Refused(List<Refusal> refusals) implements Result {
            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    public enum Reason {
        TOO_SHORT,
        TOO_FEW_SAMPLES,
        /** Samples were not finite or not in order. */
        DAMAGED,
        TURNING,
        SHAKING,
        /** The mean acceleration is not gravity: moved, or a sensor out of order. */
        NOT_GRAVITY,
        /** A steady turn, or a gyroscope out of order. */
        STEADY_TURN
    }

    /** @param measured, limit in the unit of {@link StillnessLimits}; NaN never occurs */
    public record Refusal(Reason reason, double measured, double limit) {}

    private final StillnessLimits limits;
    private final double[] mean = new double[6];
    private final double[] squared = new double[6];
    private double seconds;
    private int samples;
    private int damaged;

    public StillPose(StillnessLimits limits) {
        this.limits = limits;
    }

    /** Whether enough was seen; more is not used. */
    public boolean complete() {
        return seconds >= limits.longestS();
    }

    /** @param dtS, values, at as in {@link OrientationFilter#update} */
    public void accept(double dtS, double[] values, int at) {
        if (complete()) return;
        boolean usable = dtS > 0 && dtS <= OrientationTracker.LONGEST_STEP_S;
        for (int i = 0; i < 6; i++) usable &= Math.abs(values[at + i]) <= ImuBlock.FAR;
        if (!usable) {
            damaged++;
            return;
        }
        samples++;
        seconds += dtS;
        // Welford: the mean is subtracted as it is found, so that gravity does not drown what moves.
        for (int i = 0; i < 6; i++) {
            double off = values[at + i] - mean[i];
            mean[i] += off / samples;
            squared[i] += off * (values[at + i] - mean[i]);
        }
    }

    public Result finish() {
        List<Refusal> refusals = new ArrayList<>();
        if (seconds < limits.shortestS() * 0.999)
            refusals.add(new Refusal(Reason.TOO_SHORT, seconds, limits.shortestS()));
        if (samples < FEWEST_SAMPLES) refusals.add(new Refusal(Reason.TOO_FEW_SAMPLES, samples, FEWEST_SAMPLES));
        if (damaged * 10 > samples) refusals.add(new Refusal(Reason.DAMAGED, damaged, samples / 10.0));
        if (samples == 0) return new Result.Refused(refusals);
        double shaking = rms(0);
        double turning = rms(3);
        Vector force = new Vector(mean[0], mean[1], mean[2]);
        Vector bias = new Vector(mean[3], mean[4], mean[5]);
        double steady = Math.max(Math.abs(bias.x()), Math.max(Math.abs(bias.y()), Math.abs(bias.z())));
        double off = Math.abs(force.length() - STANDARD_GRAVITY);
        if (turning > limits.turningRms()) refusals.add(new Refusal(Reason.TURNING, turning, limits.turningRms()));
        if (shaking > limits.shakingRms()) refusals.add(new Refusal(Reason.SHAKING, shaking, limits.shakingRms()));
        if (off > limits.gravityOff()) refusals.add(new Refusal(Reason.NOT_GRAVITY, off, limits.gravityOff()));
        if (steady > limits.largestBias()) refusals.add(new Refusal(Reason.STEADY_TURN, steady, limits.largestBias()));
        if (!refusals.isEmpty()) return new Result.Refused(refusals);
        return new Result.Still(bias, force.unit(), turning, shaking, seconds);
    }

    private double rms(int from) {
        return Math.sqrt((squared[from] + squared[from + 1] + squared[from + 2]) / samples);
    }
}
