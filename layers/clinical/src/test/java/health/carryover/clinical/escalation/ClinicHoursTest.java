package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked out by hand on a calendar: 2026-01-05 is a Monday, New York is UTC-5 until 2026-03-08 and then UTC-4. */
class ClinicHoursTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final ClinicHours WEEKDAYS = new ClinicHours(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(8, 0), LocalTime.of(18, 0), ZONE);
    /** Open through the hour that is lost or repeated. */
    private static final ClinicHours AROUND_THE_CLOCK =
            new ClinicHours(EnumSet.allOf(DayOfWeek.class), LocalTime.of(0, 0), LocalTime.of(23, 0), ZONE);

    record Row(String situation, ClinicHours hours, String now, int minutes, String due) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> due() {
        return Stream.of(
                new Row("in the morning: four hours on", WEEKDAYS, "2026-01-05T15:00:00Z", 240, "2026-01-05T19:00:00Z"),
                new Row("ends exactly at closing", WEEKDAYS, "2026-01-05T19:00:00Z", 240, "2026-01-05T23:00:00Z"),
                new Row(
                        "a minute too late: the rest is due in the morning",
                        WEEKDAYS,
                        "2026-01-05T19:01:00Z",
                        240,
                        "2026-01-06T13:01:00Z"),
                new Row(
                        "after closing: counted from the morning",
                        WEEKDAYS,
                        "2026-01-05T23:00:00Z",
                        240,
                        "2026-01-06T17:00:00Z"),
                new Row("a second before closing", WEEKDAYS, "2026-01-05T22:59:59Z", 240, "2026-01-06T16:59:59Z"),
                new Row("before opening", WEEKDAYS, "2026-01-05T12:59:59Z", 240, "2026-01-05T17:00:00Z"),
                new Row("Friday evening: Monday", WEEKDAYS, "2026-01-09T23:00:00Z", 240, "2026-01-12T17:00:00Z"),
                new Row(
                        "Friday at 17:00: an hour today, three on Monday",
                        WEEKDAYS,
                        "2026-01-09T22:00:00Z",
                        240,
                        "2026-01-12T16:00:00Z"),
                new Row("Saturday", WEEKDAYS, "2026-01-10T17:00:00Z", 240, "2026-01-12T17:00:00Z"),
                new Row(
                        "over the change of clocks in March: Monday 8:00 is 12:00 UTC",
                        WEEKDAYS,
                        "2026-03-06T22:00:00Z",
                        240,
                        "2026-03-09T15:00:00Z"),
                new Row(
                        "over the change of clocks in November: Monday 8:00 is 13:00 UTC",
                        WEEKDAYS,
                        "2026-10-30T21:00:00Z",
                        240,
                        "2026-11-02T16:00:00Z"),
                new Row("a week's work of fifty hours", WEEKDAYS, "2026-01-05T13:00:00Z", 3000, "2026-01-09T23:00:00Z"),
                new Row(
                        "nothing to do, at night: the morning",
                        WEEKDAYS,
                        "2026-01-05T02:00:00Z",
                        0,
                        "2026-01-05T13:00:00Z"),
                new Row(
                        "the day that loses an hour has 22 open hours",
                        AROUND_THE_CLOCK,
                        "2026-03-08T05:00:00Z",
                        22 * 60,
                        "2026-03-09T03:00:00Z"),
                new Row(
                        "the day that repeats an hour has 24",
                        AROUND_THE_CLOCK,
                        "2026-11-01T04:00:00Z",
                        24 * 60,
                        "2026-11-02T04:00:00Z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void due(Row row) {
        assertThat(row.hours().after(Instant.parse(row.now()), Duration.ofMinutes(row.minutes())))
                .isEqualTo(row.due());
    }

    @ParameterizedTest(name = "{0}: open {1}, next {2}")
    @CsvSource({
        "2026-01-05T12:59:59Z,false,2026-01-05T13:00:00Z",
        "2026-01-05T13:00:00Z,true, 2026-01-05T13:00:00Z",
        "2026-01-05T22:59:59Z,true, 2026-01-05T22:59:59Z",
        "2026-01-05T23:00:00Z,false,2026-01-06T13:00:00Z",
        "2026-01-09T23:00:00Z,false,2026-01-12T13:00:00Z",
        "2026-01-10T17:00:00Z,false,2026-01-12T13:00:00Z",
        "2026-03-07T17:00:00Z,false,2026-03-09T12:00:00Z",
        "2026-10-31T17:00:00Z,false,2026-11-02T13:00:00Z"
    })
    void opens(Instant now, boolean open, Instant next) {
        assertThat(WEEKDAYS.open(now)).isEqualTo(open);
        assertThat(WEEKDAYS.next(now)).isEqualTo(next);
    }

    @ParameterizedTest(name = "after {0}: {1}")
    @CsvSource({
        "2026-01-05T05:00:00Z,2026-01-06T13:00:00Z",
        "2026-01-06T04:59:59Z,2026-01-06T13:00:00Z",
        "2026-01-06T05:00:00Z,2026-01-07T13:00:00Z",
        "2026-01-09T15:00:00Z,2026-01-12T13:00:00Z",
        "2026-01-11T15:00:00Z,2026-01-12T13:00:00Z",
        "2026-03-06T15:00:00Z,2026-03-09T12:00:00Z"
    })
    void the_next_working_day(Instant now, Instant next) {
        assertThat(WEEKDAYS.nextWorkingDay(now)).isEqualTo(next);
    }

    @ParameterizedTest(name = "asked {0}, visit {1}: soon {2}")
    @CsvSource({
        // Monday: later today, Tuesday and Wednesday are soon, Thursday is not.
        "2026-01-05T15:00:00Z,2026-01-05T14:59:59Z,false",
        "2026-01-05T15:00:00Z,2026-01-05T15:00:00Z,true",
        "2026-01-05T15:00:00Z,2026-01-07T22:00:00Z,true",
        "2026-01-05T15:00:00Z,2026-01-08T04:59:59Z,true",
        "2026-01-05T15:00:00Z,2026-01-08T05:00:00Z,false",
        // Thursday: Friday and Monday.
        "2026-01-08T15:00:00Z,2026-01-12T20:00:00Z,true",
        "2026-01-08T15:00:00Z,2026-01-13T14:00:00Z,false"
    })
    void a_visit_within_two_working_days(Instant now, Instant visit, boolean soon) {
        assertThat(WEEKDAYS.withinWorkingDays(now, visit, 2)).isEqualTo(soon);
    }

    @Test
    void a_clinic_that_never_opens_is_refused() {
        assertThatThrownBy(() -> new ClinicHours(Set.of(), LocalTime.of(8, 0), LocalTime.of(18, 0), ZONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new ClinicHours(Set.of(DayOfWeek.MONDAY), LocalTime.of(18, 0), LocalTime.of(18, 0), ZONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
