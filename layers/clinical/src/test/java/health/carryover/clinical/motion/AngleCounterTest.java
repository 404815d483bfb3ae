package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Joint angles as sensors give them, with white noise of a degree: their repetitions are known. */
class AngleCounterTest {
    private static final Movement BENDING = movement(Direction.GROWS);
    private static final long REP_MS = 4_000;

    private static Movement movement(Direction direction) {
        return new Movement(Joint.KNEE_FLEXION, direction, Sides.EITHER, 90, Duration.ofMillis(350), false, false);
    }

    private static AngleCounter counter(Movement movement) {
        return new AngleCounter(movement, Side.LEFT, RangeGoal.NONE);
    }

    /** Half a second of rest, up in a second, held for 1.5 seconds, back in a second. */
    private static double held(long timeMs, double peak) {
        double t = timeMs % REP_MS;
        if (t < 500) return 0;
        if (t < 1_500) return peak * (1 - Math.cos(Math.PI * (t - 500) / 1_000)) / 2;
        if (t < 3_000) return peak;
        return peak * (1 + Math.cos(Math.PI * (t - 3_000) / 1_000)) / 2;
    }

    private static double sine(long timeMs, double peak) {
        return peak * (1 - Math.cos(2 * Math.PI * timeMs / 3_000)) / 2;
    }

    private interface Course {
        double at(long timeMs);
    }

    private static List<MotionEvent> feed(
            AngleCounter counter, long lengthMs, long stepMs, LongPredicate seen, Course course) {
        var random = new Random(7);
        List<MotionEvent> events = new ArrayList<>();
        for (long t = 0; t < lengthMs; t += stepMs)
            if (seen.test(t)) events.addAll(counter.accept(t, course.at(t) + random.nextGaussian()));
        return events;
    }

    private static List<Rep> count(long lengthMs, Course course) {
        AngleCounter counter = counter(BENDING);
        feed(counter, lengthMs, 20, _ -> true, course);
        return counter.finish();
    }

    @Test
    void a_sine_is_counted_wave_by_wave() {
        List<Rep> reps = count(8 * 3_000, t -> 5 + sine(t, 90));
        assertThat(reps).hasSize(8).extracting(Rep::sides).containsOnly(Rep.Sides.LEFT);
        assertThat(reps).allSatisfy(rep -> {
            assertThat(rep.peak().degrees()).isCloseTo(95, within(3.0));
            assertThat(rep.excursionDeg()).isCloseTo(90, within(5.0));
        });
        for (int i = 0; i < reps.size(); i++)
            assertThat(reps.get(i).peakAt().toMillis())
                    .as("peak %d", i + 1)
                    .isCloseTo(i * 3_000L + 1_500, within(150L));
    }

    @Test
    void held_repetitions_are_counted_and_their_hold_is_timed() {
        List<Rep> reps = count(6 * REP_MS, t -> held(t, 90));
        assertThat(reps).hasSize(6).extracting(Rep::kind).containsOnly(Rep.Kind.FULL);
        assertThat(reps).allSatisfy(rep -> {
            assertThat(rep.tempo().hold().toMillis()).isCloseTo(1_500, within(200L));
            assertThat(rep.end().minus(rep.start()).toMillis()).isCloseTo(3_500, within(800L));
        });
    }

    @Test
    void slower_ways_up_and_back_have_a_slower_tempo() {
        Tempo fast = count(3 * 2_000, t -> 45 * (1 - Math.cos(2 * Math.PI * t / 2_000)))
                .get(1)
                .tempo();
        Tempo slow = count(3 * 6_000, t -> 45 * (1 - Math.cos(2 * Math.PI * t / 6_000)))
                .get(1)
                .tempo();
        assertThat((double) slow.up().toMillis() / fast.up().toMillis()).isCloseTo(3, within(0.6));
        assertThat((double) slow.down().toMillis() / fast.down().toMillis()).isCloseTo(3, within(0.6));
    }

    @Test
    void a_movement_that_shrinks_is_counted_too_and_its_peak_is_the_small_angle() {
        AngleCounter counter = counter(movement(Direction.SHRINKS));
        feed(counter, 4 * REP_MS, 20, _ -> true, t -> 90 - held(t, 85));
        List<Rep> reps = counter.finish();
        assertThat(reps).hasSize(4);
        assertThat(reps).allSatisfy(rep -> assertThat(rep.peak().degrees()).isCloseTo(5, within(3.0)));
    }

    @Test
    void small_ones_among_large_ones_are_partial_and_noise_is_none() {
        List<Rep> reps = count(4 * REP_MS, t -> held(t, t / REP_MS == 2 ? 36 : 90));
        assertThat(reps)
                .extracting(Rep::kind)
                .containsExactly(Rep.Kind.FULL, Rep.Kind.FULL, Rep.Kind.PARTIAL, Rep.Kind.FULL);
        assertThat(count(30_000, t -> 40 + 4 * Math.sin(t / 700.0))).isEmpty();
    }

    @Test
    void a_prescribed_range_decides_what_is_full() {
        var counter = new AngleCounter(BENDING, Side.RIGHT, RangeGoal.prescribed(90));
        feed(counter, 3 * REP_MS, 20, _ -> true, t -> held(t, 60));
        assertThat(counter.finish())
                .hasSize(3)
                .allSatisfy(rep -> assertThat(rep.kind()).isEqualTo(Rep.Kind.PARTIAL))
                .allSatisfy(rep -> assertThat(rep.sides()).isEqualTo(Rep.Sides.RIGHT));
    }

    @Test
    void events_tell_each_repetition_once_while_it_goes_on() {
        AngleCounter counter = counter(BENDING);
        List<MotionEvent> events = feed(counter, 5 * REP_MS + 500, 20, _ -> true, t -> held(t, 90));
        assertThat(events)
                .extracting(event -> ((MotionEvent.RepEnded) event).number())
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(counter.finish()).hasSize(5);
    }

    @Test
    void a_thousand_samples_a_second_find_what_fifty_find() {
        for (long stepMs : List.of(1L, 5L, 10L, 33L)) {
            AngleCounter counter = counter(BENDING);
            feed(counter, 5 * REP_MS, stepMs, _ -> true, t -> held(t, 90));
            assertThat(counter.finish()).as("every %d ms", stepMs).hasSize(5);
        }
    }

    @Test
    void a_gap_in_a_repetition_leaves_it_uncounted_and_is_told() {
        AngleCounter counter = counter(BENDING);
        List<MotionEvent> events = feed(counter, 3 * REP_MS, 20, t -> t < 5_000 || t >= 6_000, t -> held(t, 90));
        assertThat(events)
                .contains(
                        new MotionEvent.TrackingLost(Duration.ofMillis(4_980)),
                        new MotionEvent.TrackingBack(Duration.ofMillis(6_000)));
        List<Rep> reps = counter.finish();
        assertThat(reps.stream().filter(rep -> rep.kind() == Rep.Kind.FULL && !rep.cut()))
                .hasSize(2);
        assertThat(counter.flags()).contains(MotionFlag.GAPS);
    }

    @Test
    void a_gap_at_rest_costs_no_repetition_and_a_short_one_is_bridged() {
        AngleCounter atRest = counter(BENDING);
        feed(
                atRest,
                3 * 6_000,
                20,
                t -> t % 6_000 < 4_500 || t % 6_000 > 5_500,
                t -> t % 6_000 < 4_000 ? held(t % 6_000, 90) : 0);
        assertThat(atRest.finish()).extracting(Rep::kind).containsExactly(Rep.Kind.FULL, Rep.Kind.FULL, Rep.Kind.FULL);
        assertThat(atRest.flags()).contains(MotionFlag.GAPS);
        AngleCounter bridged = counter(BENDING);
        feed(bridged, 3 * REP_MS, 20, t -> t < 5_000 || t >= 5_280, t -> held(t, 90));
        assertThat(bridged.finish())
                .extracting(Rep::kind)
                .containsOnly(Rep.Kind.FULL)
                .hasSize(3);
        assertThat(bridged.flags()).isEmpty();
    }

    @Test
    void angles_that_are_none_are_refused_without_being_repeated() {
        AngleCounter counter = counter(BENDING);
        for (double degrees : List.of(Double.NaN, 180.5, -180.5, Double.POSITIVE_INFINITY))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> counter.accept(0, degrees))
                    .withMessage("joint angle outside [-180, 180] degrees");
        assertThat(counter.finish()).isEmpty();
    }

    @Test
    void times_must_rise() {
        AngleCounter counter = counter(BENDING);
        counter.accept(100, 5);
        for (long time : List.of(-1L, 99L, 100L))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> counter.accept(time, 5))
                    .withMessage("times do not rise");
    }

    /** At a thousand samples a second most are only read over. */
    @Test
    void times_must_rise_among_samples_that_change_nothing_too() {
        AngleCounter counter = counter(BENDING);
        counter.accept(100, 5);
        counter.accept(110, 5);
        for (long time : List.of(105L, 110L))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> counter.accept(time, 5))
                    .withMessage("times do not rise");
        assertThat(counter.accept(111, 5)).isEmpty();
    }

    @Test
    void an_exercise_done_lying_is_counted_although_sensors_do_not_see_the_trunk() {
        for (Posture posture : Posture.values()) {
            var slide = new Movement(
                    Joint.KNEE_FLEXION,
                    Direction.GROWS,
                    Sides.EITHER,
                    90,
                    Duration.ofMillis(350),
                    false,
                    false,
                    posture,
                    Movement.USUAL_LEAVE,
                    Movement.USUAL_BACK);
            AngleCounter counter = counter(slide);
            feed(counter, 3 * REP_MS, 20, _ -> true, t -> held(t, 90));
            assertThat(counter.finish()).as(posture.name()).hasSize(3);
        }
    }
}
