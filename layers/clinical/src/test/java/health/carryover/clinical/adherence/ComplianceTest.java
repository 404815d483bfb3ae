package health.carryover.clinical.adherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.adherence.Session.Completion;
import health.carryover.clinical.adherence.Session.ExerciseDone;
import health.carryover.clinical.adherence.Session.RecordedBy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ComplianceTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    /** A Sunday. */
    private static final LocalDate TODAY = LocalDate.parse("2026-02-01");

    private static final List<Program> THRICE_A_WEEK =
            List.of(program("2025-11-03", DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY));

    private static Program program(String from, DayOfWeek... days) {
        return new Program(1, LocalDate.parse(from), Set.of(days), 1, List.of(), false, "t", Instant.EPOCH, null);
    }

    private static Session session(String id, LocalDate day, RecordedBy by, @Nullable Integer form) {
        Instant end = day.atTime(LocalTime.of(18, 0)).atZone(ZONE).toInstant();
        return new Session(
                id,
                1,
                end.minus(Duration.ofMinutes(15)),
                end,
                ZONE,
                by,
                List.of(new ExerciseDone("squat", Completion.DONE, 30, null, null, null, form)),
                null,
                form,
                null,
                null,
                null);
    }

    private static Session on(String day) {
        return session(day, LocalDate.parse(day), RecordedBy.MANUAL, null);
    }

    private static Compliance threeWeeks(List<Session> sessions, PlannedBreak... breaks) {
        return Compliance.over(3, TODAY, sessions, THRICE_A_WEEK, List.of(breaks));
    }

    /** Weeks from 12, 19 and 26 January with 3, 2 and 5 sessions. */
    private static List<Session> threeTwoFive() {
        return List.of(
                on("2026-01-12"),
                on("2026-01-14"),
                on("2026-01-16"),
                on("2026-01-20"),
                on("2026-01-25"),
                on("2026-01-26"),
                on("2026-01-27"),
                on("2026-01-28"),
                on("2026-01-30"),
                on("2026-01-31"));
    }

    @Test
    void the_score_is_the_share_of_each_weeks_dose_and_extra_sessions_do_not_fill_another_week() {
        // By hand: 100 x (3 + 2 + 3) / 9 = 88.9.
        assertThat(threeWeeks(threeTwoFive()).score()).hasValue(89);
    }

    @Test
    void the_therapist_reads_the_score_and_its_parts_in_one_line() {
        PlannedBreak away = new PlannedBreak(
                LocalDate.parse("2026-01-22"), LocalDate.parse("2026-01-25"), PlannedBreak.Reason.TRAVEL);
        assertThat(threeWeeks(threeTwoFive(), away).line())
                .isEqualTo("100 of 100: 8 of 8 prescribed sessions since 2026-01-12 (3/3 2/2 3/3 by week);"
                        + " 2 more done, 4 days of planned break left out");
        assertThat(threeWeeks(threeTwoFive()).line())
                .isEqualTo("89 of 100: 8 of 9 prescribed sessions since 2026-01-12 (3/3 2/3 3/3 by week); 2 more done");
    }

    @Test
    void without_a_prescription_there_is_no_score_and_the_line_says_so() {
        Compliance none = Compliance.over(2, TODAY, List.of(on("2026-01-30")), List.of(), List.of());
        assertThat(none.score()).isEmpty();
        assertThat(none.line()).isEqualTo("No score: nothing was prescribed since 2026-01-19, 1 more done");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(RecordedBy.class)
    void a_session_weighs_the_same_however_it_was_recorded(RecordedBy by) {
        Session session = session("s", LocalDate.parse("2026-01-28"), by, null);
        assertThat(threeWeeks(List.of(session))).isEqualTo(threeWeeks(List.of(on("2026-01-28"))));
    }

    @Test
    void poor_form_never_lowers_it() {
        for (int form : new int[] {0, 40, 100})
            assertThat(threeWeeks(List.of(session("s", LocalDate.parse("2026-01-28"), RecordedBy.CAMERA, form))))
                    .isEqualTo(threeWeeks(List.of(on("2026-01-28"))));
    }

    @Test
    void today_asks_for_nothing_until_it_is_done() {
        LocalDate friday = LocalDate.parse("2026-01-30");
        List<Session> before = List.of(on("2026-01-26"), on("2026-01-28"));
        assertThat(Compliance.over(1, friday, before, THRICE_A_WEEK, List.of()).score())
                .hasValue(100);
        assertThat(Compliance.over(1, friday.plusDays(1), before, THRICE_A_WEEK, List.of())
                        .score())
                .hasValue(67);
        List<Session> done = List.of(on("2026-01-28"), on("2026-01-30"));
        assertThat(Compliance.over(1, friday, done, THRICE_A_WEEK, List.of()).score())
                .hasValue(67);
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_late_upload_changes_its_own_day_and_week_only(int seed) {
        Random random = new Random(seed);
        List<Session> early = new ArrayList<>();
        for (int i = random.nextInt(25); i > 0; i--)
            early.add(session("s" + i, TODAY.minusDays(random.nextInt(35)), RecordedBy.CAMERA, random.nextInt(101)));
        LocalDate day = TODAY.minusDays(random.nextInt(35));
        List<Session> all = new ArrayList<>(early);
        all.add(session("late", day, RecordedBy.values()[random.nextInt(5)], null));

        List<Compliance.Week> before =
                Compliance.over(5, TODAY, early, THRICE_A_WEEK, List.of()).weeks();
        List<Compliance.Week> after =
                Compliance.over(5, TODAY, all, THRICE_A_WEEK, List.of()).weeks();
        for (int week = 0; week < before.size(); week++) {
            Compliance.Week then = before.get(week);
            Compliance.Week now = after.get(week);
            if (!then.from().equals(Compliance.monday(day))) assertThat(now).isEqualTo(then);
            else assertThat(now.done()).isEqualTo(then.done() + 1);
            for (int i = 0; i < then.days().size(); i++)
                if (!then.days().get(i).date().equals(day))
                    assertThat(now.days().get(i)).isEqualTo(then.days().get(i));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_order_of_uploads_and_repeats_of_them_change_nothing(int seed) {
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--)
            sessions.add(session("s" + i, TODAY.minusDays(random.nextInt(28)), RecordedBy.MANUAL, null));
        List<Session> shuffled = new ArrayList<>(sessions);
        shuffled.addAll(sessions.subList(0, sessions.size() / 2));
        // The same id with another day, as no phone sends it, must not hang on the order either.
        sessions.add(session("twice", TODAY.minusDays(3), RecordedBy.MANUAL, null));
        sessions.add(session("twice", TODAY.minusDays(9), RecordedBy.MANUAL, null));
        shuffled.add(session("twice", TODAY.minusDays(9), RecordedBy.MANUAL, null));
        shuffled.add(session("twice", TODAY.minusDays(3), RecordedBy.MANUAL, null));
        Collections.shuffle(shuffled, random);
        assertThat(threeWeeks(shuffled)).isEqualTo(threeWeeks(sessions));
        assertThat(Adherence.over(28, TODAY, shuffled, THRICE_A_WEEK, List.of()))
                .isEqualTo(Adherence.over(28, TODAY, sessions, THRICE_A_WEEK, List.of()));
    }

    @Test
    void looking_on_another_day_does_not_move_a_week_that_is_over() {
        Compliance.Week over = threeWeeks(threeTwoFive()).weeks().getFirst();
        for (int back = 1; back < 7; back++)
            assertThat(Compliance.over(3, TODAY.minusDays(back), threeTwoFive(), THRICE_A_WEEK, List.of())
                            .weeks()
                            .getFirst())
                    .isEqualTo(over);
    }

    @Test
    void fewer_than_one_week_is_refused() {
        assertThatThrownBy(() -> Compliance.over(0, TODAY, List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weeks");
    }
}
