package health.carryover.clinical.engagement;

import static health.carryover.clinical.engagement.Exercising.away;
import static health.carryover.clinical.engagement.Exercising.on;
import static health.carryover.clinical.engagement.Exercising.program;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeeklyStreakTest {
    /** A Wednesday; the program began on a Monday five weeks before this week's. */
    private static final LocalDate TODAY = LocalDate.parse("2026-02-04");

    private static final LocalDate THIS_MONDAY = LocalDate.parse("2026-02-02");
    private static final List<Program> THRICE_A_WEEK =
            List.of(program("2025-12-29", List.of(), DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY));

    /** The given number of sessions in each week, this week last, from Monday on. */
    private static List<Session> weeks(int... counts) {
        List<Session> sessions = new ArrayList<>();
        for (int week = 0; week < counts.length; week++)
            for (int day = 0; day < counts[week]; day++)
                sessions.add(
                        on(THIS_MONDAY.minusWeeks(counts.length - 1L - week).plusDays(day)));
        return sessions;
    }

    private static WeeklyStreak streak(List<Session> sessions, PlannedBreak... breaks) {
        return WeeklyStreak.at(TODAY, sessions, THRICE_A_WEEK, List.of(breaks));
    }

    @Test
    void weeks_in_a_row_are_counted_and_the_running_one_only_once_it_is_kept() {
        assertThat(streak(weeks(3, 3, 3, 0))).isEqualTo(new WeeklyStreak(3, false));
        assertThat(streak(weeks(3, 3, 3, 2))).isEqualTo(new WeeklyStreak(3, false));
        assertThat(streak(weeks(3, 3, 3, 3))).isEqualTo(new WeeklyStreak(4, true));
    }

    @Test
    void a_weak_week_ends_the_row_before_it() {
        assertThat(streak(weeks(3, 3, 2, 3, 0)).weeks()).isEqualTo(1);
        assertThat(streak(weeks(3, 3, 3, 0, 0)).weeks()).isZero();
    }

    @Test
    void sessions_of_tomorrow_do_not_keep_this_week() {
        List<Session> sessions = List.of(on(THIS_MONDAY), on(TODAY), on(TODAY.plusDays(1)));
        assertThat(streak(sessions).thisWeekKept()).isFalse();
        assertThat(WeeklyStreak.at(TODAY.plusDays(1), sessions, THRICE_A_WEEK, List.of())
                        .thisWeekKept())
                .isTrue();
    }

    @Test
    void a_rest_day_is_no_miss_and_another_day_of_the_week_does_as_well() {
        List<Session> sessions = List.of(
                on(LocalDate.parse("2026-01-29")),
                on(LocalDate.parse("2026-01-31")),
                on(LocalDate.parse("2026-02-01")));
        assertThat(streak(sessions).weeks()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} sessions of seven prescribed: kept {1}")
    // 70 % of seven are 4.9.
    @CsvSource({"4, false", "5, true", "7, true"})
    void of_a_daily_program_five_days_keep_a_week(int count, boolean kept) {
        List<Program> daily = List.of(program("2025-12-29", List.of(), DayOfWeek.values()));
        assertThat(WeeklyStreak.at(TODAY, weeks(count, 0), daily, List.of()).weeks())
                .isEqualTo(kept ? 1 : 0);
    }

    @Test
    void a_planned_break_freezes_the_row_and_half_a_week_of_it_too() {
        List<Session> sessions = weeks(3, 3, 0, 0, 3, 0);
        assertThat(streak(sessions).weeks()).isEqualTo(1);
        assertThat(streak(sessions, away("2026-01-12", "2026-01-25")).weeks()).isEqualTo(3);
        assertThat(streak(sessions, away("2026-01-16", "2026-01-21")).weeks()).isEqualTo(3);
    }

    @Test
    void the_rest_of_a_week_with_a_break_can_be_kept() {
        // Wednesday and Friday fall away, one of one is done.
        assertThat(streak(weeks(3, 3, 1, 0), away("2026-01-28", "2026-02-01")).weeks())
                .isEqualTo(3);
    }

    @Test
    void a_week_without_a_prescription_neither_counts_nor_ends_the_row() {
        List<Program> paused = List.of(
                THRICE_A_WEEK.getFirst(),
                new Program(2, LocalDate.parse("2026-01-19"), Set.of(), 1, List.of(), false, "t", Instant.EPOCH, null));
        assertThat(WeeklyStreak.at(TODAY, weeks(3, 3, 0, 0, 0), paused, List.of())
                        .weeks())
                .isEqualTo(2);
    }

    @Test
    void nothing_before_the_program_counts_or_ends_it() {
        assertThat(streak(weeks(3, 3, 3, 3, 3, 3, 3, 3, 3, 3)).weeks()).isEqualTo(6);
        assertThat(WeeklyStreak.at(TODAY, weeks(3), List.of(), List.of())).isEqualTo(new WeeklyStreak(0, false));
    }

    @Test
    void a_first_week_begun_on_friday_asks_for_its_friday_only() {
        List<Program> late =
                List.of(program("2026-01-30", List.of(), DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY));
        assertThat(WeeklyStreak.at(TODAY, List.of(on(LocalDate.parse("2026-01-30"))), late, List.of())
                        .weeks())
                .isEqualTo(1);
    }

    @Test
    void a_late_upload_repairs_it() {
        List<Session> sessions = weeks(3, 3, 2, 3, 3);
        assertThat(streak(sessions).weeks()).isEqualTo(2);
        sessions.add(on(LocalDate.parse("2026-01-23")));
        assertThat(streak(sessions).weeks()).isEqualTo(5);
    }

    @Test
    void it_is_never_shown_while_a_safety_task_is_open() {
        WeeklyStreak four = streak(weeks(3, 3, 3, 3));
        assertThat(four.shown(false)).hasValue(4);
        assertThat(four.shown(true)).isEmpty();
    }

    @Test
    void a_broken_row_is_not_announced_but_silent() {
        assertThat(streak(weeks(3, 3, 3, 0, 0)).shown(false)).isEmpty();
        assertThat(streak(weeks(3, 0)).shown(false)).isEmpty();
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_order_of_uploads_and_repeats_of_them_change_nothing(int seed) {
        Random random = new Random(seed);
        List<Session> sessions = random(random);
        List<Session> shuffled = new ArrayList<>(sessions);
        shuffled.addAll(sessions);
        Collections.shuffle(shuffled, random);
        assertThat(streak(shuffled)).isEqualTo(streak(sessions));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_session_more_never_shortens_it(int seed) {
        Random random = new Random(seed);
        List<Session> sessions = random(random);
        int before = streak(sessions).weeks();
        sessions.add(on(TODAY.minusDays(random.nextInt(40))));
        assertThat(streak(sessions).weeks()).isGreaterThanOrEqualTo(before);
    }

    private static List<Session> random(Random random) {
        List<Session> sessions = new ArrayList<>();
        for (int day = 0; day < 40; day++) if (random.nextInt(10) < 6) sessions.add(on(TODAY.minusDays(day)));
        return sessions;
    }
}
