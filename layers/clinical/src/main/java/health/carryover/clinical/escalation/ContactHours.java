package health.carryover.clinical.escalation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/**
 * The hours of the day in which a patient may be contacted, in the patient's own zone.
 *
 * <p>{@code from} is included, {@code to} is not. Default 08:00-20:00, inside the 8-21 of called-party local time that
 * the US Telephone Consumer Protection Act allows.
 */
public record ContactHours(LocalTime from, LocalTime to, ZoneId zone) {
    public static final LocalTime DEFAULT_FROM = LocalTime.of(8, 0);
    public static final LocalTime DEFAULT_TO = LocalTime.of(20, 0);

    public ContactHours {
        if (!from.isBefore(to)) throw new IllegalArgumentException("contact hours end before they begin");
    }

    public boolean allow(Instant now) {
        LocalTime time = now.atZone(zone).toLocalTime();
        return !time.isBefore(from) && time.isBefore(to);
    }

    /** {@code now} if contact is allowed, otherwise the next instant at which it is. */
    public Instant next(Instant now) {
        if (allow(now)) return now;
        ZonedDateTime local = now.atZone(zone);
        LocalDate day = local.toLocalTime().isBefore(from)
                ? local.toLocalDate()
                : local.toLocalDate().plusDays(1);
        // A start that a daylight-saving gap skips moves to the end of the gap, the first instant that is allowed.
        LocalDateTime start = day.atTime(from);
        ZoneOffsetTransition change = zone.getRules().getTransition(start);
        return change != null && change.isGap()
                ? change.getInstant()
                : start.atZone(zone).toInstant();
    }
}
