package health.carryover.clinical.motion;

/**
 * How far something that should stay still may stray during a repetition.
 * @param limit degrees, or shares where the compensation says so; (0, 90]
 * @param on whether it is told to the patient: only checks that were measured to be right often enough are
 * @param source where the limit comes from, and what the measurement gave
 */
public record StabilityCheck(Compensation compensation, double limit, boolean on, String source) {
    public StabilityCheck {
        if (!(limit > 0 && limit <= 90)) throw new IllegalArgumentException("limit outside (0, 90]");
        if (source.isBlank()) throw new IllegalArgumentException("source: missing");
    }

    /** Whether it strayed further than the limit in this repetition. */
    public boolean isExceededBy(Rep rep) {
        return rep.strays().getOrDefault(compensation, 0.0) > limit;
    }
}
