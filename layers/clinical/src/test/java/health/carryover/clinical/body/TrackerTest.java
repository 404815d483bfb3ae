package health.carryover.clinical.body;

import static health.carryover.clinical.motion.Landmark.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated tracker errs as the real one was measured to, measured the same way. The figures: {@link Tracker}. */
class TrackerTest {
    private static final ImageSize SIZE = new ImageSize(1280, 720);
    private static final double STATURE = 0.8 * 720; // pixels

    private static BodyModel standing(double azimuth) {
        Duration s = Duration.ofSeconds(20);
        return BodyModel.doing(Move.STANDING, 1).tempo(s, s, s, s).seenFrom(azimuth).camera(SIZE, 15);
    }

    private static double[] x(Recording recording, Landmark landmark) {
        return recording.frames().stream()
                .filter(Frame::hasPerson)
                .mapToDouble(f -> f.x(landmark) * SIZE.width() / STATURE * 1000)
                .toArray();
    }

    /** Third differences over sqrt(20), by their median: thousandths of the stature. */
    private static double fast(double[] x) {
        double[] third = new double[x.length - 3];
        for (int i = 0; i < third.length; i++) third[i] = Math.abs(x[i + 3] - 3 * x[i + 2] + 3 * x[i + 1] - x[i]);
        Arrays.sort(third);
        return 1.4826 * third[third.length / 2] / Math.sqrt(20);
    }

    private static double correlation(double[] x, int lag) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double sum = 0;
        double all = 0;
        for (int i = 0; i < x.length; i++) {
            all += (x[i] - mean) * (x[i] - mean);
            if (i >= lag) sum += (x[i] - mean) * (x[i - lag] - mean);
        }
        return sum / all;
    }

    private static double sd(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    @Test
    void jitter_and_wander_are_those_of_the_recordings() {
        Recording seen = standing(0).noise(1, 5).record();
        assertThat(fast(x(seen, LEFT_SHOULDER))).isCloseTo(0.37, within(0.12));
        assertThat(fast(x(seen, LEFT_HIP))).isCloseTo(0.46, within(0.12));
        assertThat(fast(x(seen, LEFT_KNEE))).isCloseTo(0.62, within(0.15));
        assertThat(fast(x(seen, LEFT_ANKLE))).isCloseTo(0.47, within(0.12));
        assertThat(sd(x(seen, LEFT_HIP))).isBetween(2.0, 3.5);
        assertThat(sd(x(seen, LEFT_ANKLE))).isBetween(1.2, 2.4);
        double[] hip = x(seen, LEFT_HIP);
        assertThat(correlation(hip, 1)).isBetween(0.75, 0.95);
        assertThat(correlation(hip, 4)).isBetween(0.2, 0.5);
    }

    @Test
    void double_noise_is_double() {
        double[] once = x(standing(0).noise(1, 5).record(), LEFT_HIP);
        double[] twice = x(standing(0).noise(2, 5).record(), LEFT_HIP);
        assertThat(sd(twice) / sd(once)).isCloseTo(2, within(0.3));
        assertThat(sd(x(standing(0).noise(0, 5).record(), LEFT_HIP))).isLessThan(0.01);
    }

    @Test
    void the_far_arm_is_hardly_seen_from_the_side_and_shoulders_always() {
        Frame frame = standing(90).record().frames().get(10);
        assertThat(frame.visibility(LEFT_ELBOW)).isGreaterThan(0.9f);
        assertThat(frame.visibility(RIGHT_ELBOW)).isBetween(0.04f, 0.4f);
        assertThat(frame.visibility(RIGHT_KNEE)).isBetween(0.4f, 0.75f);
        assertThat(frame.visibility(RIGHT_SHOULDER)).isGreaterThan(0.95f);
    }

    @Test
    void frames_without_a_person_come_at_the_asked_rate_and_dropped_ones_are_missing() {
        List<Frame> lost = standing(0).losing(0.2, 3).record().frames();
        assertThat(lost.stream().filter(f -> !f.hasPerson()).count() / (double) lost.size()).isBetween(0.15, 0.25);
        int all = standing(0).record().frames().size();
        assertThat(standing(0).dropping(0.2).record().frames().size() / (double) all).isBetween(0.75, 0.85);
    }

    @Test
    void a_hidden_limb_is_guessed_and_somebody_else_is_followed() {
        Duration second = Duration.ofSeconds(1);
        Recording hidden = standing(0).hiding(Limb.LEFT_LEG, second, second).record();
        assertThat(hidden.frames().get(20).visibility(LEFT_KNEE)).isLessThan(0.3f);
        assertThat(hidden.frames().get(40).visibility(LEFT_KNEE)).isGreaterThan(0.9f);
        Recording overtaken = standing(0).overtaken(second, second).record();
        float jump = overtaken.frames().get(20).x(LEFT_HIP) - overtaken.frames().get(10).x(LEFT_HIP);
        assertThat(Math.abs(jump)).isGreaterThan(0.1f);
    }

    @Test
    void a_mirror_changes_left_and_right() {
        BodyModel curl = BodyModel.doing(Move.BICEP_CURL, 1).active(Active.LEFT).noise(0, 1).seenFrom(20);
        Frame plain = curl.record().frames().get(60);
        Frame mirrored = curl.mirrored().record().frames().get(60);
        assertThat(mirrored.x(RIGHT_WRIST)).isCloseTo(1 - plain.x(LEFT_WRIST), within(1e-5f));
        assertThat(mirrored.y(RIGHT_WRIST)).isCloseTo(plain.y(LEFT_WRIST), within(1e-5f));
    }

    @Test
    void who_walks_in_and_out_is_not_there_at_first_and_at_last() {
        Recording recording = BodyModel.doing(Move.SQUAT, 1)
                .arriving(Duration.ofSeconds(5), Duration.ofSeconds(5))
                .record();
        assertThat(recording.frames().getFirst().hasPerson()).isFalse();
        assertThat(recording.frames().get(7 * 30).hasPerson()).isTrue();
        assertThat(recording.frames().getLast().hasPerson()).isFalse();
    }

    @Test
    void perspective_makes_the_near_leg_longer_than_the_far_one() {
        BodyModel near = standing(90).noise(0, 1).held(0, 0, 2);
        Frame frame = near.record().frames().getFirst();
        assertThat(frame.y(LEFT_ANKLE) - frame.y(LEFT_HIP)).isGreaterThan(1.05f * (frame.y(RIGHT_ANKLE) - frame.y(RIGHT_HIP)));
    }
}
