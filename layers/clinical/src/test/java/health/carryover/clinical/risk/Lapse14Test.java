package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.Lapse14.Ending;
import health.carryover.clinical.risk.Lapse14.Observation;
import health.carryover.clinical.risk.Lapse14.PlanEnd;
import health.carryover.clinical.risk.Lapse14.Silence;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The cut-off is day 30; the fortnight ends on day 44 and settles on day 51. */
class Lapse14Test {
    record Row(String situation, Episode episode, Lapse14 expected) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> outcomes() {
        return Stream.of(
                new Row("nothing done", new Episode(), Lapse14.LAPSED),
                new Row(
                        "3 of 14 sessions are less than a quarter",
                        new Episode().sessionsOn(31, 35, 40),
                        Lapse14.LAPSED),
                new Row("4 of 14 sessions are more", new Episode().sessionsOn(31, 35, 40, 44), Lapse14.KEPT),
                new Row(
                        "exactly a quarter is not a lapse",
                        new Episode().perWeek(4).sessionsOn(31, 32),
                        Lapse14.KEPT),
                new Row("just under a quarter is", new Episode().perWeek(4).sessionsOn(31), Lapse14.LAPSED),
                new Row(
                        "a session at the cut-off is old",
                        new Episode().perWeek(2).sessionsOn(30),
                        Lapse14.LAPSED),
                new Row(
                        "one at the end of the fortnight counts",
                        new Episode().perWeek(2).sessionsOn(44),
                        Lapse14.KEPT),
                new Row("one after it does not", new Episode().perWeek(2).sessionsOn(44.01), Lapse14.LAPSED),
                new Row(
                        "a late upload counts within a week",
                        new Episode().perWeek(2).with(Episode.receivedLate(Episode.session(40), Duration.ofDays(11))),
                        Lapse14.KEPT),
                new Row(
                        "later it is too late",
                        new Episode()
                                .perWeek(2)
                                .with(Episode.receivedLate(
                                        Episode.session(40), Duration.ofDays(11).plusSeconds(1))),
                        Lapse14.LAPSED),
                new Row("less than four prescribed", new Episode().perWeek(1), Lapse14.LITTLE_PRESCRIBED),
                new Row("exactly four prescribed", new Episode().perWeek(2), Lapse14.LAPSED),
                new Row(
                        "a planned break takes its days out: 14 less 11",
                        new Episode().breakOn("2026-02-05", "2026-02-15"),
                        Lapse14.LITTLE_PRESCRIBED),
                new Row(
                        "a break announced during the fortnight counts too",
                        new Episode().breakOn("2026-02-07", "2026-02-17", day(32)),
                        Lapse14.LITTLE_PRESCRIBED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void outcomes(Row row) {
        assertThat(Lapse14.of(row.episode().plan(), row.episode().sessions, Observation.until(day(51)), day(30)))
                .isEqualTo(row.expected());
    }

    @ParameterizedTest
    @EnumSource
    void a_plan_that_ends_in_the_fortnight_is_never_a_lapse(Ending ending) {
        Observation ends = new Observation(List.of(new PlanEnd(ending, day(44))), List.of(), day(90));
        assertThat(Lapse14.of(new Episode().plan(), List.of(), ends, day(30))).isEqualTo(Lapse14.COMPETING_EVENT);
        assertThat(Lapse14.of(new Episode().plan(), List.of(), ends, day(29.9))).isEqualTo(Lapse14.LAPSED);
    }

    @Test
    void a_fortnight_that_was_not_watched_to_its_settling_is_censored() {
        assertThat(Lapse14.of(new Episode().plan(), List.of(), Observation.until(day(50.99)), day(30)))
                .isEqualTo(Lapse14.CENSORED);
    }

    @Test
    void a_phone_unheard_of_for_a_week_and_since_is_not_a_lapse_but_unknown() {
        Observation silent = new Observation(List.of(), List.of(new Silence(day(37), day(60))), day(60));
        assertThat(Lapse14.of(new Episode().plan(), List.of(), silent, day(30))).isEqualTo(Lapse14.DEVICE_SILENT);
    }

    @Test
    void while_the_phone_is_silent_for_three_days_the_model_is_not_asked() {
        Episode episode = new Episode().sessionsDaily(31, 44);
        Observation three = new Observation(List.of(), List.of(new Silence(day(27), day(30.1))), day(60));
        assertThat(Lapse14.of(episode.plan(), episode.sessions, three, day(30))).isEqualTo(Lapse14.DEVICE_SILENT);
        Observation less = new Observation(List.of(), List.of(new Silence(day(27.01), day(30.1))), day(60));
        assertThat(Lapse14.of(episode.plan(), episode.sessions, less, day(30))).isEqualTo(Lapse14.KEPT);
    }

    @Test
    void a_phone_that_came_back_in_time_has_told_everything() {
        Observation back = new Observation(List.of(), List.of(new Silence(day(30), day(45))), day(60));
        assertThat(Lapse14.of(new Episode().plan(), List.of(), back, day(30))).isEqualTo(Lapse14.LAPSED);
    }
}
