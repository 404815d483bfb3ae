package health.carryover.risk;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.risk.ClinicCalibration.Outcome;
import health.carryover.platform.records.History;
import health.carryover.platform.records.StoredSession;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnOutcomesTest {
    private static final ZoneId ZONE = ZoneId.of("America/Chicago");
    private static final LocalDate START = LocalDate.of(2026, 1, 5);
    private static final Duration EARLY = Duration.ofDays(21);

    @SuppressWarnings("NullAway.Init")
    private static RiskModel model;

    private final List<StoredSession> sessions = new ArrayList<>();
    private final List<Instant> encouraged = new ArrayList<>();

    @BeforeAll
    static void open() {
        model = RiskModel.shipped();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Noon of a day of the plan. */
    private static Instant day(double day) {
        return START.atTime(12, 0).atZone(ZONE).toInstant().plusSeconds(Math.round(day * 86_400));
    }

    private void session(int day, Instant receivedAt) {
        Session session = new Session(
                "s" + day,
                1,
                day(day).minusSeconds(900),
                day(day),
                ZONE,
                Session.RecordedBy.CAMERA,
                List.of(new Session.ExerciseDone("squat", Session.Completion.DONE, 10, null, null, null, null)),
                null,
                80,
                null,
                null,
                null);
        sessions.add(new StoredSession(
                session, new StoredSession.Raw(session.startedAt(), session.endedAt()), Duration.ZERO, receivedAt));
    }

    private void daily(int first, int last) {
        for (int day = first; day <= last; day++) session(day, day(day).plusSeconds(60));
    }

    private List<Outcome> outcomes(double today) {
        History history = new History(
                ZONE,
                START,
                sessions,
                List.of(new Program(
                        1, START, EnumSet.allOf(DayOfWeek.class), 1, List.of(), false, "therapist", day(0), null)),
                List.of(),
                List.of(),
                encouraged,
                day(today));
        return OwnOutcomes.of(List.of(history), model, EARLY, day(today));
    }

    /** Nights on days 21, 28, 35 and 42 of the plan; the fortnight of the last ends on day 56 and settles on day 63. */
    @Test
    void each_week_after_the_first_three_gives_an_outcome_once_it_has_settled() {
        daily(1, 60);
        assertThat(outcomes(40)).isEmpty();
        assertThat(outcomes(43)).hasSize(1);
        assertThat(outcomes(64)).hasSize(4).extracting(Outcome::lapsed).containsOnly(false);
    }

    @Test
    void who_stopped_is_a_lapse_and_was_told_by_a_higher_score() {
        daily(1, 40);
        List<Outcome> outcomes = outcomes(80);
        assertThat(outcomes)
                .extracting(Outcome::lapsed)
                .startsWith(false, false)
                .endsWith(true);
        assertThat(outcomes.getLast().logit()).isGreaterThan(outcomes.getFirst().logit());
    }

    @Test
    void the_fortnight_after_an_outreach_proves_nothing_and_the_nights_before_it_are_kept() {
        daily(1, 60);
        encouraged.add(day(34.5));
        // The nights begin days 21, 28, 35 and 42: the last two within two weeks after the beginning of day 35.
        assertThat(outcomes(64)).hasSize(2);
    }

    @Test
    void a_past_that_was_imported_at_once_is_no_record_of_what_was_known() {
        for (int day = 1; day <= 60; day++) session(day, day(80));
        // Only the nights of days 63, 70 and 77 are left, after the last session.
        assertThat(outcomes(98.5)).extracting(Outcome::lapsed).containsExactly(true, true, true);
    }

    @Test
    void what_arrives_later_changes_no_logit_of_an_earlier_night() {
        daily(1, 19);
        daily(21, 60);
        List<Outcome> before = outcomes(64);
        session(20, day(63));
        assertThat(outcomes(64))
                .extracting(Outcome::logit)
                .isEqualTo(before.stream().map(Outcome::logit).toList());
    }
}
