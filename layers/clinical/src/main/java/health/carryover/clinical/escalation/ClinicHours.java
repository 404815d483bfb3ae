package health.carryover.clinical.escalation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** When the clinic works, in its zone: tasks are due inside these hours. {@code closes} is not included. */
public record ClinicHours(Set<DayOfWeek> days, LocalTime opens, LocalTime closes, ZoneId zone) {
    public ClinicHours {
        days = Set.copyOf(days);
        if (days.isEmpty()) throw new IllegalArgumentException("a clinic opens on at least one day");
        if (!opens.isBefore(closes)) throw new IllegalArgumentException("the clinic closes before it opens");
    }

    public boolean open(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        return days.contains(local.getDayOfWeek())
                && !local.toLocalTime().isBefore(opens)
                && local.toLocalTime().isBefore(closes);
    }

    /** {@code now} if open, otherwise when the clinic opens next. */
    public Instant next(Instant now) {
        if (open(now)) return now;
        ZonedDateTime local = now.atZone(zone);
        LocalDate day = local.toLocalDate();
        if (!local.toLocalTime().isBefore(opens)) day = day.plusDays(1);
        while (!days.contains(day.getDayOfWeek())) day = day.plusDays(1);
        return day.atTime(opens).atZone(zone).toInstant();
    }

    /** The instant at which the clinic has been open for {@code work} since {@code now}. */
    public Instant after(Instant now, Duration work) {
        Instant cursor = next(now);
        Duration left = work;
        while (true) {
            Instant close = cursor.atZone(zone)
                    .toLocalDate()
                    .atTime(closes)
                    .atZone(zone)
                    .toInstant();
            Duration today = Duration.between(cursor, close);
            if (left.compareTo(today) <= 0) return cursor.plus(left);
            left = left.minus(today);
            cursor = next(close);
        }
    }

    /** The opening of the first working day after {@code now}'s day. */
    public Instant nextWorkingDay(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate().plusDays(1);
        while (!days.contains(day.getDayOfWeek())) day = day.plusDays(1);
        return day.atTime(opens).atZone(zone).toInstant();
    }

    /** True when {@code then} lies on one of the {@code count} working days after {@code now}'s day, or later today. */
    public boolean withinWorkingDays(Instant now, Instant then, int count) {
        if (then.isBefore(now)) return false;
        Instant last = now;
        for (int i = 0; i < count; i++) last = nextWorkingDay(last);
        return !then.atZone(zone).toLocalDate().isAfter(last.atZone(zone).toLocalDate());
    }
}
