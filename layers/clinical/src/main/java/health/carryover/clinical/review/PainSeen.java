package health.carryover.clinical.review;

import java.time.LocalDate;

/** The usual pain, asked before a session: numeric rating 0-10. */
public record PainSeen(LocalDate day, int before) {
    public PainSeen {
        if (before < 0 || before > 10) throw new IllegalArgumentException("before: outside [0, 10]");
    }
}
