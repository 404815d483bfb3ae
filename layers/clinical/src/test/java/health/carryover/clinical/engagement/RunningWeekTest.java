package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.engagement.RunningWeek.State;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunningWeekTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-02-02");
    private static final List<Program> THRICE = List.of(new Program(
            1,
            MONDAY.minusWeeks(9),
            Set.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY),
            1,
            List.of(),
            false,
            "t",
            Instant.EPOCH,
            null));

    private static Session on(LocalDate day) {
        Instant end = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        return new Session(
                day.toString(),
                1,
                end.minusSeconds(600),
                end,
                ZoneOffset.UTC,
                Session.RecordedBy.PAPER,
                List.of(new Session.ExerciseDone("squat", Session.Completion.DONE, 10, null, null, null, null)),
                null,
                null,
                null,
                null,
                null);
    }

    private static List<State> states(RunningWeek week) {
        return week.days().stream().map(RunningWeek.Day::state).toList();
    }

    @Test
    void a_day_that_passed_without_its_session_is_still_open_and_rest_days_are_rest() {
        // Thursday: Monday's session was done on Tuesday, Wednesday's not.
        RunningWeek week = RunningWeek.at(MONDAY.plusDays(3), List.of(on(MONDAY.plusDays(1))), THRICE, List.of());
        assertThat(states(week))
                .containsExactly(State.OPEN, State.DONE, State.OPEN, State.REST, State.OPEN, State.REST, State.REST);
        assertThat(week).returns(3, RunningWeek::prescribed).returns(1, RunningWeek::done);
    }

    @Test
    void a_break_asks_for_nothing_and_a_session_in_it_counts() {
        PlannedBreak travel = new PlannedBreak(MONDAY, MONDAY.plusDays(4), PlannedBreak.Reason.TRAVEL);
        RunningWeek week = RunningWeek.at(MONDAY.plusDays(6), List.of(on(MONDAY.plusDays(2))), THRICE, List.of(travel));
        assertThat(states(week))
                .containsExactly(
                        State.BREAK, State.BREAK, State.DONE, State.BREAK, State.BREAK, State.REST, State.REST);
        assertThat(week).returns(0, RunningWeek::prescribed).returns(1, RunningWeek::done);
    }

    @Test
    void tomorrows_session_of_a_clock_that_is_off_is_not_done_yet() {
        RunningWeek week = RunningWeek.at(MONDAY, List.of(on(MONDAY.plusDays(2))), THRICE, List.of());
        assertThat(states(week)).doesNotContain(State.DONE);
        assertThat(week.done()).isZero();
    }
}
