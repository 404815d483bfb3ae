package health.carryover.clinical.adherence;

import java.time.LocalDate;

/** Days without exercise that the patient or therapist announced. Both ends are included. */
public record PlannedBreak(LocalDate from, LocalDate to, Reason reason) {
    public enum Reason {
        TRAVEL,
        ILLNESS,
        REST,
        OTHER
    }

    public PlannedBreak {
        if (to.isBefore(from)) throw new IllegalArgumentException("a break ends before it begins");
    }

    public boolean covers(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
