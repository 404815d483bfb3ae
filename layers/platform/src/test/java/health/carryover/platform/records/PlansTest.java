package health.carryover.platform.records;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Session;
import health.carryover.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static List<StoredSession> sessions(int count) {
        Instant first = Instant.parse("2026-01-05T12:00:00Z");
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    Instant ended = first.plus(Duration.ofMinutes(number));
                    Session session = new Session(
                            "session-" + number,
                            1,
                            ended.minusSeconds(60),
                            ended,
                            ZoneOffset.UTC,
                            Session.RecordedBy.MANUAL,
                            List.of(new Session.ExerciseDone(
                                    "squat", Session.Completion.DONE, 10, 0, null, null, null)),
                            null,
                            null,
                            null,
                            null,
                            null);
                    return new StoredSession(
                            session,
                            new StoredSession.Raw(session.startedAt(), session.endedAt()),
                            Duration.ZERO,
                            ended);
                })
                .toList();
    }

    @Test
    void the_sessions_of_two_months_all_stay_in_the_history() {
        List<StoredSession> daily = sessions(63 * 3);
        assertThat(Plans.bounded(daily)).isEqualTo(daily);
    }

    @Test
    void a_phone_that_sends_thousands_of_sessions_keeps_the_newest_that_fit_an_item() {
        List<StoredSession> wild = sessions(5_000);
        List<StoredSession> kept = Plans.bounded(wild);
        assertThat(kept).isNotEmpty().hasSizeLessThan(5_000);
        assertThat(kept.getLast()).isEqualTo(wild.getLast());
        assertThat(Json.bytes(kept).length).isBetween(240_000, 260_000);
    }
}
