package health.carryover.local.demo;

import health.carryover.local.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/** The story's lines: when, in which resource, what. */
final class Teller {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE dd MMM HH:mm", Locale.ENGLISH);

    private final VirtualClock clock;
    private final Consumer<String> out;

    Teller(VirtualClock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    void chapter(String title) {
        out.accept("");
        out.accept("  " + title);
    }

    /** @param where the resource; empty for a line that goes on with the one before */
    void line(String where, String what) {
        out.accept("    %-16s  %-20s %s".formatted(where.isEmpty() ? "" : local(clock.instant()), where, what));
    }

    static String local(Instant at) {
        return LOCAL.format(at.atZone(Story.ZONE));
    }

    static String words(Duration duration) {
        long hours = duration.toHours();
        return hours >= 72
                ? duration.toDays() + " days"
                : hours > 0 ? hours + " h " + duration.toMinutesPart() + " min" : duration.toMinutes() + " min";
    }
}
