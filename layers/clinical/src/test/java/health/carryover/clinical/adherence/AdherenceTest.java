package health.carryover.clinical.adherence;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Session.Completion;
import health.carryover.clinical.adherence.Session.ExerciseDone;
import health.carryover.clinical.adherence.Session.RecordedBy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdherenceTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    /** A Sunday. */
    private static final LocalDate TODAY = LocalDate.parse("2026-02-01");

    static Session session(String id, String endedAt, RecordedBy by, Completion completion) {
        Instant end = Instant.parse(endedAt);
        return new Session(
                id,
                1,
                end.minus(Duration.ofMinutes(15)),
                end,
                ZONE,
                by,
                List.of(new ExerciseDone("squat", completion, 30, null, null, null, null)),
                null,
                null,
                null,
                null,
                null);
    }

    private static Session done(String id, String endedAt) {
        return session(id, endedAt, RecordedBy.MANUAL, Completion.DONE);
    }

    private static Program program(int version, String from, int perDay, DayOfWeek... days) {
        return new Program(
                version,
                LocalDate.parse(from),
                Set.of(days),
                perDay,
                List.of(new Program.Exercise("squat", 3, 10, null, null, null)),
                false,
                "t",
                Instant.EPOCH,
                null);
    }

    private static final List<Program> THRICE_A_WEEK =
            List.of(program(1, "2025-11-03", 1, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY));

    private static List<Session> many(int count) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) sessions.add(done("s" + i, "2026-01-%02dT20:00:00Z".formatted(10 + i)));
        return sessions;
    }

    @ParameterizedTest(name = "{0} of 12 in four weeks: {1} %")
    // Worked out by hand: three a week for four weeks are 12. One a day from Saturday the 10th: the first week gets
    // two,
    // each later one at most its three. 7 sessions: 2 + 3 of 12 = 41.67.
    @CsvSource({"0,0", "1,8", "6,42", "7,42", "11,58", "12,67", "15,67", "22,92"})
    void the_score_counts_of_each_week_at_most_its_dose(int count, int score) {
        Adherence adherence = Adherence.over(4, TODAY, many(count), THRICE_A_WEEK, List.of());
        assertThat(adherence)
                .returns(12, Adherence::prescribed)
                .returns(count, Adherence::done)
                .returns(score, Adherence::score);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(RecordedBy.class)
    void a_session_counts_the_same_however_it_was_recorded(RecordedBy by) {
        assertThat(Adherence.over(
                                4,
                                TODAY,
                                List.of(session("s", "2026-01-30T20:00:00Z", by, Completion.PARTLY)),
                                THRICE_A_WEEK,
                                List.of())
                        .done())
                .isEqualTo(1);
    }

    @Test
    void the_first_day_counts_and_the_day_before_does_not() {
        // Four weeks up to Sunday 1 February begin on Monday 5 January, 05:00 UTC being midnight.
        assertThat(Adherence.over(4, TODAY, List.of(done("a", "2026-01-05T05:00:00Z")), THRICE_A_WEEK, List.of()))
                .returns(1, Adherence::done);
        assertThat(Adherence.over(4, TODAY, List.of(done("a", "2026-01-05T04:59:59Z")), THRICE_A_WEEK, List.of()))
                .returns(0, Adherence::done)
                .returns(LocalDate.parse("2026-01-04"), Adherence::lastSession);
    }

    @Test
    void a_planned_break_takes_its_days_out_of_what_was_prescribed() {
        PlannedBreak away = new PlannedBreak(
                LocalDate.parse("2026-01-07"), LocalDate.parse("2026-01-14"), PlannedBreak.Reason.TRAVEL);
        // Wed 7, Fri 9, Mon 12 and Wed 14 fall away: 12 - 4 = 8. Left of the first two weeks are one
        // each, Mon 5 and Fri 16, and both weeks are filled: 2 of 8 are 25.
        assertThat(Adherence.over(4, TODAY, many(6), THRICE_A_WEEK, List.of(away)))
                .returns(8, Adherence::prescribed)
                .returns(25, Adherence::score);
    }

    @Test
    void a_session_sent_twice_counts_once_and_one_with_everything_skipped_not_at_all() {
        assertThat(Adherence.over(
                        4,
                        TODAY,
                        List.of(
                                done("a", "2026-01-30T20:00:00Z"),
                                done("a", "2026-01-30T20:00:00Z"),
                                session("b", "2026-01-31T20:00:00Z", RecordedBy.MANUAL, Completion.SKIPPED)),
                        THRICE_A_WEEK,
                        List.of()))
                .returns(1, Adherence::done)
                .returns(LocalDate.parse("2026-01-30"), Adherence::lastSession);
    }

    @Test
    void nothing_prescribed_gives_no_score() {
        assertThat(Adherence.over(4, TODAY, many(2), List.of(), List.of()))
                .returns(0, Adherence::prescribed)
                .returns(null, Adherence::score);
        assertThat(Adherence.over(4, TODAY, List.of(), THRICE_A_WEEK, List.of()).lastSession())
                .isNull();
    }

    @ParameterizedTest(name = "on {0}: {1}")
    @CsvSource({"2026-01-18,0", "2026-01-19,1", "2026-01-20,0", "2026-01-25,0", "2026-01-26,0", "2026-01-27,2"})
    void a_new_version_is_in_force_from_its_first_day(LocalDate day, int sessions) {
        List<Program> programs =
                List.of(program(2, "2026-01-26", 2, DayOfWeek.TUESDAY), program(1, "2026-01-19", 1, DayOfWeek.MONDAY));
        assertThat(Adherence.prescribedOn(day, programs)).isEqualTo(sessions);
    }
}
