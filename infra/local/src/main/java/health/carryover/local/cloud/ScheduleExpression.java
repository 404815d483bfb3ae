package health.carryover.local.cloud;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code cron(minute hour day month weekday year)}, {@code rate(1 hour)} or {@code at(2026-03-02T15:00:00)} in a time
 * zone. As EventBridge Scheduler: a local time that the change to summer time skips does not fire, one that the change
 * back repeats fires the first time only.
 */
sealed interface ScheduleExpression {
    Pattern FORM = Pattern.compile("(?<kind>cron|rate|at)\\((?<content>[^)]*)\\)");

    /** The first firing strictly after an instant. */
    Optional<Instant> next(Instant after);

    /**
     * Reads an expression.
     *
     * @param start from where a rate counts
     * @throws IllegalArgumentException saying what is not understood
     */
    static ScheduleExpression of(String expression, ZoneId zone, Instant start) {
        Matcher matcher = FORM.matcher(expression.strip());
        if (!matcher.matches()) throw new IllegalArgumentException("no schedule expression: " + expression);
        String content = matcher.group("content").strip();
        return switch (matcher.group("kind")) {
            case "rate" -> Rate.of(content, start);
            case "at" -> at(content, zone);
            default -> Cron.of(content, zone);
        };
    }

    private static At at(String content, ZoneId zone) {
        try {
            return new At(LocalDateTime.parse(content).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no date and time: " + content, e);
        }
    }

    record At(Instant when) implements ScheduleExpression {
        @Override
        public Optional<Instant> next(Instant after) {
            return when.isAfter(after) ? Optional.of(when) : Optional.empty();
        }
    }

    record Rate(Duration period, Instant start) implements ScheduleExpression {
        static Rate of(String content, Instant start) {
            Matcher matcher = Pattern.compile("(\\d+)\\s+(minute|hour|day)s?").matcher(content);
            if (!matcher.matches()) throw new IllegalArgumentException("no rate: " + content);
            long value = Long.parseLong(matcher.group(1));
            Duration period = switch (matcher.group(2)) {
                case "minute" -> Duration.ofMinutes(value);
                case "hour" -> Duration.ofHours(value);
                default -> Duration.ofDays(value);
            };
            if (period.isZero()) throw new IllegalArgumentException("a rate of nothing");
            return new Rate(period, start);
        }

        @Override
        public Optional<Instant> next(Instant after) {
            if (after.isBefore(start)) return Optional.of(start);
            long periods = Duration.between(start, after).dividedBy(period) + 1;
            return Optional.of(start.plus(period.multipliedBy(periods)));
        }
    }

    /**
     * A cron expression.
     *
     * @param days empty = not restricted by the day of the month; 32 = the last day
     * @param weekdays 1 = Sunday; empty = not restricted by the day of the week
     */
    record Cron(
            NavigableSet<Integer> minutes,
            NavigableSet<Integer> hours,
            NavigableSet<Integer> days,
            NavigableSet<Integer> months,
            NavigableSet<Integer> weekdays,
            NavigableSet<Integer> years,
            ZoneId zone)
            implements ScheduleExpression {
        private static final int LAST = 32;
        private static final List<String> MONTHS =
                List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
        private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

        static Cron of(String content, ZoneId zone) {
            List<String> fields = List.of(content.split("\\s+"));
            if (fields.size() != 6) throw new IllegalArgumentException("a cron expression has six fields: " + content);
            if (fields.get(2).equals("?") == fields.get(4).equals("?"))
                throw new IllegalArgumentException("exactly one of day and weekday is a question mark: " + content);
            return new Cron(
                    field(fields.get(0), 0, 59, List.of()),
                    field(fields.get(1), 0, 23, List.of()),
                    field(fields.get(2).equals("L") ? "32" : fields.get(2), 1, LAST, List.of()),
                    field(fields.get(3), 1, 12, MONTHS),
                    field(fields.get(4), 1, 7, WEEKDAYS),
                    field(fields.get(5), 1970, 2199, List.of()),
                    zone);
        }

        private static NavigableSet<Integer> field(String text, int least, int most, List<String> names) {
            NavigableSet<Integer> values = new TreeSet<>();
            if (text.equals("?")) return values;
            for (String part : text.split(",", -1)) {
                String[] step = part.split("/", -1);
                String[] range = step[0].split("-", -1);
                boolean all = step[0].equals("*");
                int from = all ? least : number(range[0], least, most, names);
                int to = all || (step.length == 2 && range.length == 1)
                        ? most
                        : number(range[range.length - 1], least, most, names);
                int by = step.length == 2 ? number(step[1], 1, most, List.of()) : 1;
                if (step.length > 2 || range.length > 2 || from > to)
                    throw new IllegalArgumentException("the cron field " + text + " is not understood");
                for (int value = from; value <= to; value += by) values.add(value);
            }
            return values;
        }

        private static int number(String text, int least, int most, List<String> names) {
            int name = names.indexOf(text.toUpperCase(Locale.ROOT));
            if (name < 0 && !text.matches("\\d{1,4}"))
                throw new IllegalArgumentException("the cron value " + text + " is not understood");
            int value = name >= 0 ? name + least : Integer.parseInt(text);
            if (value < least || value > most)
                throw new IllegalArgumentException("the cron value " + text + " is outside " + least + "-" + most);
            return value;
        }

        @Override
        public Optional<Instant> next(Instant after) {
            LocalDate first = after.atZone(zone).toLocalDate();
            LocalDate end = first.plusYears(8);
            for (LocalDate date = first; date.isBefore(end); date = date.plusDays(1)) {
                if (!matches(date)) continue;
                for (Instant firing : firings(date)) if (firing.isAfter(after)) return Optional.of(firing);
            }
            return Optional.empty();
        }

        private boolean matches(LocalDate date) {
            boolean day = days.isEmpty()
                    || days.contains(date.getDayOfMonth())
                    || (days.contains(LAST) && date.getDayOfMonth() == date.lengthOfMonth());
            boolean weekday =
                    weekdays.isEmpty() || weekdays.contains(date.getDayOfWeek().getValue() % 7 + 1);
            return day && weekday && months.contains(date.getMonthValue()) && years.contains(date.getYear());
        }

        private List<Instant> firings(LocalDate date) {
            List<Instant> firings = new ArrayList<>();
            for (int hour : hours)
                for (int minute : minutes) {
                    LocalDateTime local = date.atTime(hour, minute);
                    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
                    if (!offsets.isEmpty()) firings.add(local.toInstant(offsets.getFirst()));
                }
            firings.sort(null);
            return firings;
        }
    }
}
