package health.carryover.clinical.motion;

/**
 * When two counts of the same repetitions, one claimed by the device and one made from its recording, disagree: when they
 * are apart by more than {@code repetitions} and by more than {@code share} of the larger one. Both bounds are still
 * agreement. Example with 1 and 0.1: 30 claimed and 27 counted agree, 26 counted do not; 2 and 1 agree.
 * @param repetitions 0 or more
 * @param share of the larger count, [0, 1]
 * @param leastConfidence of the recording's own count, [0, 1]; below it nothing is said
 */
public record RepTolerance(String version, int repetitions, double share, double leastConfidence) {
    public enum Verdict {
        AGREES,
        DISAGREES,
        /** The recording shows too little to hold it against anybody. */
        UNCERTAIN
    }

    public RepTolerance {
        if (repetitions < 0) throw new IllegalArgumentException("repetitions: negative");
        if (!(share >= 0 && share <= 1)) throw new IllegalArgumentException("share: outside [0, 1]");
        if (!(leastConfidence >= 0 && leastConfidence <= 1))
            throw new IllegalArgumentException("least_confidence: outside [0, 1]");
    }

    /**
     * @param claimed full repetitions, 0 or more, as counted
     * @param confidence of the count, [0, 1]
     */
    public Verdict judge(int claimed, int counted, double confidence) {
        if (confidence < leastConfidence) return Verdict.UNCERTAIN;
        int apart = Math.abs(claimed - counted);
        return apart > repetitions && apart > share * Math.max(claimed, counted) ? Verdict.DISAGREES : Verdict.AGREES;
    }
}
