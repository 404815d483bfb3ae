package health.carryover.clinical.adherence;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Session.Completion;
import health.carryover.clinical.adherence.Session.ExerciseDone;
import health.carryover.clinical.adherence.Session.RecordedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionRulesTest {
    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

    private static Session session(Instant from, Instant to, String... exercises) {
        List<ExerciseDone> done = new ArrayList<>();
        for (String code : exercises) done.add(new ExerciseDone(code, Completion.DONE, 10, null, null, null, null));
        return new Session("s", 1, from, to, ZoneId.of("UTC"), RecordedBy.MANUAL, done, null, null, null, null, null);
    }

    record Row(String situation, String from, String to, List<String> codes) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> times() {
        return Stream.of(
                new Row("a quarter of an hour", "2026-02-01T11:00:00Z", "2026-02-01T11:15:00Z", List.of()),
                new Row("a second long", "2026-02-01T11:00:00Z", "2026-02-01T11:00:01Z", List.of()),
                new Row(
                        "no time at all",
                        "2026-02-01T11:00:00Z",
                        "2026-02-01T11:00:00Z",
                        List.of("endedBeforeStarted")),
                new Row("backwards", "2026-02-01T11:00:00Z", "2026-02-01T10:59:59Z", List.of("endedBeforeStarted")),
                new Row("six hours", "2026-02-01T05:00:00Z", "2026-02-01T11:00:00Z", List.of()),
                new Row("a second more", "2026-02-01T05:00:00Z", "2026-02-01T11:00:01Z", List.of("longerThanSixHours")),
                new Row("five minutes ahead of us", "2026-02-01T11:50:00Z", "2026-02-01T12:05:00Z", List.of()),
                new Row("a second more ahead", "2026-02-01T11:50:00Z", "2026-02-01T12:05:01Z", List.of("inTheFuture")),
                // 2025 has 365 days: 366 days before 1 February 2026 is 31 January 2025.
                new Row("366 days old", "2025-01-31T12:00:00Z", "2025-01-31T12:15:00Z", List.of()),
                new Row("a second older", "2025-01-31T11:59:59Z", "2025-01-31T12:15:00Z", List.of("olderThanAYear")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void times(Row row) {
        Session session = session(Instant.parse(row.from()), Instant.parse(row.to()), "squat");
        assertThat(SessionRules.problems(session, NOW, Set.of("squat")))
                .extracting(SessionRules.Problem::code)
                .isEqualTo(row.codes());
    }

    @Test
    void an_unknown_exercise_is_named_by_its_place_never_by_its_value() {
        assertThat(SessionRules.problems(
                        session(NOW.minus(Duration.ofMinutes(15)), NOW, "squat", "handstand", "squat", "cartwheel"),
                        NOW,
                        Set.of("squat")))
                .containsExactly(
                        new SessionRules.Problem("unknownExercise", "/exercises/1/code"),
                        new SessionRules.Problem("unknownExercise", "/exercises/3/code"));
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThat(SessionRules.problems(session(NOW.plusSeconds(999), NOW.plusSeconds(400), "x"), NOW, Set.of()))
                .extracting(SessionRules.Problem::code)
                .containsExactly("endedBeforeStarted", "inTheFuture", "unknownExercise");
    }
}
