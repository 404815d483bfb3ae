package health.carryover.clinical.escalation;

import health.carryover.clinical.adherence.Adherence;
import health.carryover.clinical.adherence.Program;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** How long the patient has after the push. */
public final class Window {
    public static final Duration USUAL = Duration.ofHours(48);

    /** How far ahead a next prescribed day is looked for; further away the usual window holds. */
    private static final int LOOK_AHEAD_DAYS = 14;

    private Window() {}

    /**
     * 48 hours, or, where less than one session is prescribed in them, the end of the next prescribed day plus 24 hours.
     *
     * @param pushedAt when the push went out
     * @param zone the patient's
     */
    public static Instant deadline(Instant pushedAt, ZoneId zone, List<Program> programs) {
        Instant usual = pushedAt.plus(USUAL);
        LocalDate first = pushedAt.atZone(zone).toLocalDate();
        LocalDate last = usual.atZone(zone).toLocalDate();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1))
            if (Adherence.prescribedOn(day, programs) > 0) return usual;
        for (int i = 1; i <= LOOK_AHEAD_DAYS; i++) {
            LocalDate day = last.plusDays(i);
            if (Adherence.prescribedOn(day, programs) > 0)
                return day.plusDays(1).atStartOfDay(zone).toInstant().plus(Duration.ofHours(24));
        }
        return usual;
    }
}
