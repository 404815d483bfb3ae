package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DailyHistoryTest {
    private static final double CUT_OFF = 60;

    private static float[] of(Episode episode) {
        return DailyHistory.of(episode.plan(), episode.sessions, day(CUT_OFF));
    }

    private static float at(float[] history, int daysAgo, int channel) {
        return history[daysAgo * DailyHistory.CHANNELS + channel];
    }

    @Test
    void each_day_tells_its_sessions_their_completion_and_pain() {
        float[] history = of(new Episode()
                .with(Episode.pain(59.5, 4, 4))
                .with(Episode.quality(57.5, 0.5, 0.8, SessionFact.Recording.CAMERA)));
        assertThat(at(history, 0, 0)).isEqualTo(1 / 3f);
        assertThat(at(history, 0, 1)).isEqualTo(1);
        assertThat(at(history, 0, 2)).isEqualTo(0.4f);
        assertThat(at(history, 0, 3)).isEqualTo(1);
        assertThat(at(history, 1, 0)).isZero();
        assertThat(at(history, 2, 1)).isEqualTo(0.5f);
        assertThat(at(history, 2, 3)).isZero();
    }

    @Test
    void it_reaches_back_eight_weeks_and_no_further() {
        float[] history = of(new Episode().sessionsOn(3.9, 4.1));
        assertThat(at(history, 55, 0)).isPositive();
        float sum = 0;
        for (int day = 0; day < DailyHistory.DAYS; day++) sum += at(history, day, 0);
        assertThat(sum).isEqualTo(1 / 3f);
    }

    @Test
    void neither_order_nor_copies_nor_what_comes_later_change_it() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Episode episode = new Episode();
            for (int i = random.nextInt(60); i > 0; i--) episode.with(Episode.pain(random.nextInt(60), 3, 3));
            float[] expected = of(episode);
            for (SessionFact session : List.copyOf(episode.sessions))
                if (random.nextBoolean()) episode.with(Episode.receivedLate(session, Duration.ofHours(5)));
            episode.sessionsOn(60.001, 61).with(Episode.receivedLate(Episode.session(58.25), Duration.ofDays(9)));
            Collections.shuffle(episode.sessions, random);
            assertThat(of(episode)).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void every_column_has_a_name_and_a_group() {
        assertThat(DailyHistory.names())
                .hasSize(DailyHistory.DAYS * DailyHistory.CHANNELS)
                .doesNotHaveDuplicates()
                .startsWith("day_1_sessions", "day_1_completed", "day_1_pain", "day_1_pain_known", "day_2_sessions");
        assertThat(DailyHistory.groups()).hasSameSizeAs(DailyHistory.names());
    }
}
