package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.risk.PlainRule.Advice;
import health.carryover.clinical.risk.PlainRule.Band;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainRuleTest {
    private static final PlainRule RULE =
            new PlainRule("test", 7, 4, 0.25, 0.6, Duration.ofHours(72), Duration.ofDays(21));

    record Row(String situation, Episode episode, double day, Advice expected) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> advice() {
        return Stream.of(
                new Row("a second before 72 hours", new Episode(), 3 - 1 / 86_400.0, new Advice.EarlyBand(Band.HIGH)),
                new Row("72 hours without a first session", new Episode(), 3, new Advice.SetUpHelp(Duration.ofDays(3))),
                new Row(
                        "the first three days were a holiday",
                        new Episode().breakOn("2026-01-05", "2026-01-08"),
                        4,
                        new Advice.EarlyBand(Band.LOW)),
                new Row("early and busy", new Episode().sessionsDaily(1, 10), 10, new Advice.EarlyBand(Band.LOW)),
                new Row(
                        "a second before day 21",
                        new Episode().sessionsDaily(1, 20),
                        21 - 1 / 86_400.0,
                        new Advice.EarlyBand(Band.LOW)),
                new Row("day 21", new Episode().sessionsDaily(1, 20), 21, new Advice.LaterBand(Band.LOW)),
                new Row("four days idle", new Episode().sessionsDaily(1, 30), 34, new Advice.LaterBand(Band.MEDIUM)),
                new Row("seven days idle", new Episode().sessionsDaily(1, 30), 37, new Advice.LaterBand(Band.HIGH)),
                new Row(
                        "half of the dose",
                        new Episode().sessionsOn(23, 25, 27, 29, 31, 33, 35),
                        36,
                        new Advice.LaterBand(Band.MEDIUM)),
                new Row(
                        "a fifth of the dose",
                        new Episode().sessionsOn(25, 30, 35),
                        36,
                        new Advice.LaterBand(Band.HIGH)),
                new Row(
                        "nothing prescribed and just exercised",
                        new Episode().perWeek(0).sessionsOn(35),
                        36,
                        new Advice.LaterBand(Band.LOW)),
                new Row("no session ever, after the early weeks", new Episode(), 30, new Advice.LaterBand(Band.HIGH)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void advice(Row row) {
        assertThat(RULE.judge(row.episode().plan(), row.episode().sessions, day(row.day())))
                .isEqualTo(row.expected());
    }

    @Test
    void thresholds_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> new PlainRule("x", 3, 4, 0.25, 0.6, Duration.ofHours(72), Duration.ofDays(21)))
                .hasMessageContaining("days since");
        assertThatThrownBy(() -> new PlainRule("x", 7, 4, 0.7, 0.6, Duration.ofHours(72), Duration.ofDays(21)))
                .hasMessageContaining("dose ratio");
        assertThatThrownBy(() -> new PlainRule("x", 7, 4, 0.25, 0.6, Duration.ofHours(72), Duration.ofDays(2)))
                .hasMessageContaining("early weeks");
    }
}
