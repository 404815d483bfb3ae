package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Program;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked out by hand on a calendar: 2026-01-05 is a Monday, New York is UTC-5 until 2026-03-08 and then UTC-4. */
class WindowTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static Program program(int version, String from, Set<DayOfWeek> days) {
        return new Program(
                version,
                LocalDate.parse(from),
                days,
                1,
                List.of(new Program.Exercise("squat", 3, 10, null, null, null)),
                false,
                "t",
                Instant.EPOCH,
                null);
    }

    private static List<Program> on(DayOfWeek... days) {
        return List.of(program(1, "2025-11-03", Set.of(days)));
    }

    record Row(String situation, List<Program> programs, String pushed, String deadline) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> deadline() {
        List<Program> daily = List.of(program(1, "2025-11-03", EnumSet.allOf(DayOfWeek.class)));
        return Stream.of(
                new Row("daily: 48 hours", daily, "2026-01-05T13:00:00Z", "2026-01-07T13:00:00Z"),
                new Row(
                        "48 hours are 48 hours over the lost hour: 8:00 Saturday to 9:00 Monday",
                        daily,
                        "2026-03-07T13:00:00Z",
                        "2026-03-09T13:00:00Z"),
                new Row("and over the repeated hour", daily, "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z"),
                new Row(
                        "prescribed on the last of the days that 48 hours touch",
                        on(DayOfWeek.WEDNESDAY),
                        "2026-01-05T13:00:00Z",
                        "2026-01-07T13:00:00Z"),
                new Row(
                        "prescribed on the day of the push",
                        on(DayOfWeek.MONDAY),
                        "2026-01-05T13:00:00Z",
                        "2026-01-07T13:00:00Z"),
                new Row(
                        "next on Thursday: until the end of Thursday and 24 hours, midnight after Friday",
                        on(DayOfWeek.THURSDAY),
                        "2026-01-05T13:00:00Z",
                        "2026-01-10T05:00:00Z"),
                new Row(
                        "the patient's day counts, not UTC's: 23:30 on Monday is Tuesday in UTC",
                        on(DayOfWeek.THURSDAY),
                        "2026-01-06T04:30:00Z",
                        "2026-01-10T05:00:00Z"),
                new Row(
                        "the stretched window is 24 hours also over the lost hour",
                        on(DayOfWeek.SATURDAY),
                        "2026-03-03T13:00:00Z",
                        "2026-03-09T05:00:00Z"),
                new Row(
                        "a program that begins in 14 days' time is still waited for",
                        List.of(program(1, "2026-01-21", EnumSet.allOf(DayOfWeek.class))),
                        "2026-01-05T13:00:00Z",
                        "2026-01-23T05:00:00Z"),
                new Row(
                        "one that begins a day later is not: 48 hours",
                        List.of(program(1, "2026-01-22", EnumSet.allOf(DayOfWeek.class))),
                        "2026-01-05T13:00:00Z",
                        "2026-01-07T13:00:00Z"),
                new Row("no program: 48 hours", List.of(), "2026-01-05T13:00:00Z", "2026-01-07T13:00:00Z"),
                new Row(
                        "the newest version in force decides",
                        List.of(
                                program(2, "2026-01-05", Set.of(DayOfWeek.FRIDAY)),
                                program(1, "2025-11-03", EnumSet.allOf(DayOfWeek.class))),
                        "2026-01-05T13:00:00Z",
                        "2026-01-11T05:00:00Z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void deadline(Row row) {
        assertThat(Window.deadline(Instant.parse(row.pushed()), ZONE, row.programs()))
                .isEqualTo(row.deadline());
    }
}
