package health.carryover.clinical.adherence;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Session.Completion;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdherenceDaysTest {
    private static final LocalDate START = LocalDate.parse("2025-10-01");
    private static final Program DAILY = program(1, START, Set.of(DayOfWeek.values()));

    private static Program program(int version, LocalDate from, Set<DayOfWeek> days) {
        return new Program(version, from, days, 1, List.of(), false, "t", Instant.EPOCH, null);
    }

    private static Session session(String id, String endedAt, String zone, Completion completion) {
        Instant end = Instant.parse(endedAt);
        return new Session(
                id,
                1,
                end.minus(Duration.ofMinutes(15)),
                end,
                ZoneId.of(zone),
                Session.RecordedBy.MANUAL,
                List.of(new Session.ExerciseDone("squat", completion, 30, null, null, null, null)),
                null,
                null,
                null,
                null,
                null);
    }

    private static Session done(String id, String endedAt) {
        return session(id, endedAt, "America/New_York", Completion.DONE);
    }

    private static Adherence week(String today, List<Session> sessions, List<PlannedBreak> breaks) {
        return Adherence.over(1, LocalDate.parse(today), sessions, List.of(DAILY), breaks);
    }

    /** New York's clocks go back on 2025-11-02 (25 hours, 04:00Z to 05:00Z) and forward on 2026-03-08 (23 hours, 05:00Z to 04:00Z). */
    @ParameterizedTest(name = "{0} is {1} in New York")
    @CsvSource({
        "2025-11-02T03:59:59Z, 2025-11-01",
        "2025-11-02T04:00:00Z, 2025-11-02",
        "2025-11-02T05:30:00Z, 2025-11-02",
        "2025-11-02T06:30:00Z, 2025-11-02",
        "2025-11-03T04:59:59Z, 2025-11-02",
        "2025-11-03T05:00:00Z, 2025-11-03",
        "2026-03-08T04:59:59Z, 2026-03-07",
        "2026-03-08T05:00:00Z, 2026-03-08",
        "2026-03-09T03:59:59Z, 2026-03-08",
        "2026-03-09T04:00:00Z, 2026-03-09",
    })
    void on_days_when_clocks_change_a_session_counts_for_the_local_day(String endedAt, LocalDate day) {
        List<Session> sessions = List.of(done("s", endedAt));
        assertThat(ExerciseDay.between(day.minusDays(1), day.plusDays(1), sessions, List.of(DAILY), List.of()))
                .extracting(ExerciseDay::done)
                .containsExactly(0, 1, 0);
        assertThat(Adherence.over(1, day, sessions, List.of(DAILY), List.of()).lastSession())
                .isEqualTo(day);
    }

    @Test
    void sessions_in_any_order_and_doubled_ids_give_the_same() {
        Session one = done("1", "2025-11-05T15:00:00Z");
        Session two = done("2", "2025-11-06T15:00:00Z");
        assertThat(week("2025-11-07", List.of(two, one, two), List.of()))
                .isEqualTo(week("2025-11-07", List.of(one, two), List.of()));
        assertThat(week("2025-11-07", List.of(one, two), List.of()).withoutScore())
                // Monday to Thursday; Friday is not over.
                .isEqualTo(
                        new Adherence(LocalDate.parse("2025-11-03"), 4, 2, LocalDate.parse("2025-11-06"), null, null));
    }

    @Test
    void a_session_of_skipped_exercises_and_one_of_tomorrow_are_not_done() {
        Session skipped = session("1", "2025-11-05T15:00:00Z", "America/New_York", Completion.SKIPPED);
        Session tomorrow = done("2", "2025-11-08T15:00:00Z");
        assertThat(week("2025-11-07", List.of(skipped, tomorrow), List.of()).withoutScore())
                .isEqualTo(new Adherence(LocalDate.parse("2025-11-03"), 4, 0, null, null, null));
    }

    @Test
    void more_sessions_than_prescribed_are_no_more_than_all() {
        List<Session> three = threeOn("2025-11-07");
        assertThat(Adherence.over(1, LocalDate.parse("2025-11-07"), three, List.of(DAILY), List.of()))
                .returns(3, Adherence::done)
                .returns(5, Adherence::prescribed)
                .returns(60, Adherence::score);
        assertThat(Adherence.over(1, LocalDate.parse("2025-11-03"), threeOn("2025-11-03"), List.of(DAILY), List.of())
                        .score())
                .isEqualTo(100);
    }

    private static List<Session> threeOn(String day) {
        return List.of(done("1", day + "T13:00:00Z"), done("2", day + "T15:00:00Z"), done("3", day + "T17:00:00Z"));
    }

    @Test
    void days_of_a_planned_break_ask_for_nothing() {
        PlannedBreak travel = new PlannedBreak(
                LocalDate.parse("2025-11-03"), LocalDate.parse("2025-11-05"), PlannedBreak.Reason.TRAVEL);
        assertThat(week("2025-11-07", List.of(), List.of(travel)).prescribed()).isEqualTo(1);
        assertThat(week("2025-11-05", List.of(), List.of(travel)).score()).isNull();
    }

    @Test
    void each_day_is_judged_by_the_program_in_force_on_it() {
        Program mondays = program(2, LocalDate.parse("2025-11-05"), Set.of(DayOfWeek.MONDAY));
        List<Program> programs = List.of(mondays, DAILY);
        assertThat(Adherence.prescribedOn(LocalDate.parse("2025-11-04"), programs))
                .isEqualTo(1);
        assertThat(Adherence.prescribedOn(LocalDate.parse("2025-11-05"), programs))
                .isZero();
        assertThat(Adherence.prescribedOn(LocalDate.parse("2025-11-10"), programs))
                .isEqualTo(1);
        assertThat(Adherence.prescribedOn(START.minusDays(1), programs)).isZero();
    }
}
