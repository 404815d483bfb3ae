package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Offsets come from the tz database's published transitions: New York is UTC-5, and UTC-4 from 2026-03-08 to 11-01. */
class ContactHoursTest {
    private static final ContactHours USUAL =
            new ContactHours(ContactHours.DEFAULT_FROM, ContactHours.DEFAULT_TO, ZoneId.of("America/New_York"));

    record Row(String situation, ContactHours hours, String now, String next) {
        @Override
        public String toString() {
            return situation;
        }
    }

    private static ContactHours hours(String from, String to, String zone) {
        return new ContactHours(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
    }

    static Stream<Row> contact() {
        return Stream.of(
                new Row("a second before 8 waits a second", USUAL, "2026-01-05T12:59:59Z", "2026-01-05T13:00:00Z"),
                new Row("8 sharp is allowed", USUAL, "2026-01-05T13:00:00Z", "2026-01-05T13:00:00Z"),
                new Row("a second before 20 is allowed", USUAL, "2026-01-06T00:59:59Z", "2026-01-06T00:59:59Z"),
                new Row("20 sharp waits for the morning", USUAL, "2026-01-06T01:00:00Z", "2026-01-06T13:00:00Z"),
                new Row("after midnight waits for the same day", USUAL, "2026-01-06T06:00:00Z", "2026-01-06T13:00:00Z"),
                new Row(
                        "the night that loses an hour: 8 o'clock is 12:00 UTC, no longer 13:00",
                        USUAL,
                        "2026-03-08T01:00:00Z",
                        "2026-03-08T12:00:00Z"),
                new Row(
                        "the night that repeats an hour: 8 o'clock is 13:00 UTC, no longer 12:00",
                        USUAL,
                        "2026-11-01T04:30:00Z",
                        "2026-11-01T13:00:00Z"),
                new Row(
                        "the evening before the hour is repeated still ends at 20",
                        USUAL,
                        "2026-11-01T00:00:00Z",
                        "2026-11-01T13:00:00Z"),
                new Row(
                        "own hours of a late riser",
                        hours("11:30", "14:00", "America/New_York"),
                        "2026-01-05T18:59:59Z",
                        "2026-01-05T18:59:59Z"),
                new Row(
                        "own hours end",
                        hours("11:30", "14:00", "America/New_York"),
                        "2026-01-05T19:00:00Z",
                        "2026-01-06T16:30:00Z"),
                new Row(
                        "a start that does not exist that day (02:30 on 8 March) moves behind the gap, to 03:00",
                        hours("02:30", "20:00", "America/New_York"),
                        "2026-03-08T06:59:00Z",
                        "2026-03-08T07:00:00Z"),
                new Row(
                        "a zone that skips midnight (Havana, 8 March): the day's start at 00:00 becomes 01:00",
                        hours("00:00", "20:00", "America/Havana"),
                        "2026-03-08T01:30:00Z",
                        "2026-03-08T05:00:00Z"),
                new Row(
                        "another zone, another morning (Honolulu is UTC-10)",
                        hours("08:00", "20:00", "Pacific/Honolulu"),
                        "2026-07-01T13:00:00Z",
                        "2026-07-01T18:00:00Z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void contact(Row row) {
        Instant now = Instant.parse(row.now());
        Instant next = Instant.parse(row.next());
        assertThat(row.hours().next(now)).isEqualTo(next);
        assertThat(row.hours().allow(now)).isEqualTo(now.equals(next));
        assertThat(row.hours().next(next)).as("asked again then").isEqualTo(next);
    }

    @Test
    void hours_that_end_before_they_begin_are_refused() {
        assertThatThrownBy(() -> hours("20:00", "08:00", "UTC")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hours("08:00", "08:00", "UTC")).isInstanceOf(IllegalArgumentException.class);
    }
}
