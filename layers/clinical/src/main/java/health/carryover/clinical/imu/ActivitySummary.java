package health.carryover.clinical.imu;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a consumer's watch says of one day. Context for the therapist only: not a measurement of an exercise, never counted
 * as adherence, because such devices do not know what was done and their algorithms are unknown.
 * @param day calendar day of the patient
 * @param steps [0, 200000]; empty when the device does not count them
 * @param heartRate of the day; empty when not measured
 * @param source name of the device or service, 1 to 80 characters
 */
public record ActivitySummary(LocalDate day, Optional<Integer> steps, Optional<HeartRate> heartRate, String source) {
    /** More than anyone walked in a day. */
    public static final int MOST_STEPS = 200_000;

    /** Beats per minute, 20 to 250 each, resting at most mean at most highest. */
    public record HeartRate(int resting, int mean, int highest) {
        public HeartRate {
            if (resting < 20 || highest > 250)
                throw new IllegalArgumentException("heart rate outside [20, 250] per minute");
            if (resting > mean || mean > highest)
                throw new IllegalArgumentException("heart rates not in order: resting, mean, highest");
        }
    }

    public ActivitySummary {
        if (steps.isPresent() && (steps.get() < 0 || steps.get() > MOST_STEPS))
            throw new IllegalArgumentException("steps outside [0, " + MOST_STEPS + "]");
        if (steps.isEmpty() && heartRate.isEmpty())
            throw new IllegalArgumentException("activity without steps and without heart rate");
        if (source.isBlank() || source.length() > 80)
            throw new IllegalArgumentException("source outside [1, 80] characters");
    }
}
