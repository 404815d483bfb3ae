package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.body.Active;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Hold.Band;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bands as in the exercise list: a plank filmed from the side, a stance on one leg from the front. */
class HoldTimerTest {
    private static final Hold PLANK = new Hold(
            List.of(
                    new Band(Joint.HIP_FLEXION, 0, 25),
                    new Band(Joint.TRUNK_INCLINATION, 60, 105),
                    new Band(Joint.SHOULDER_FLEXION, 55, 120)),
            s(5));
    private static final Hold STANCE =
            new Hold(List.of(new Band(Joint.FEET_TILT, 15, 90), new Band(Joint.TRUNK_INCLINATION, 0, 25)), s(2));
    private static final long REST_MS = 2_000;
    private static final long UP_MS = 400;
    /** Seconds of the way up, and of the way down, in which the hips are straight enough already: under 25 of 40 degrees. */
    private static final double NEARLY_UP = 0.23;

    private static Duration s(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static BodyModel plank(int times, double seconds) {
        return BodyModel.doing(Move.PLANK, times)
                .tempo(Duration.ofMillis(UP_MS), s(seconds), Duration.ofMillis(UP_MS), Duration.ofMillis(REST_MS))
                .noise(0.5, 1);
    }

    private static BodyModel stance(int times, double seconds) {
        return BodyModel.doing(Move.SINGLE_LEG_STANCE, times)
                .tempo(Duration.ofMillis(UP_MS), s(seconds), Duration.ofMillis(UP_MS), Duration.ofMillis(REST_MS))
                .noise(0.5, 1);
    }

    private static MotionReport time(Hold hold, View from, Recording recording) {
        return MotionMeter.measure(new HoldTimer(hold, Set.of(from), recording.size()), recording);
    }

    /** Holds of two seconds and more. */
    private static MotionReport time(List<Frame> frames) {
        return time(new Hold(PLANK.bands(), s(2)), View.LATERAL, new Recording(new ImageSize(1280, 720), 30, frames));
    }

    private static List<Double> seconds(MotionReport report) {
        return report.reps().stream()
                .map(rep -> rep.tempo().hold().toMillis() / 1000.0)
                .toList();
    }

    private static void assertHeld(MotionReport report, double... expected) {
        assertThat(seconds(report)).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++)
            assertThat(seconds(report).get(i)).as("hold %d", i + 1).isCloseTo(expected[i], within(0.5));
    }

    /** A plank of ten seconds, in which something else is seen for a while. */
    private static List<Frame> interrupted(long fromMs, long forMs, boolean nobody) {
        List<Frame> whole = plank(1, 10).record().frames();
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : whole) {
            boolean away = frame.timeMs() >= fromMs && frame.timeMs() < fromMs + forMs;
            Frame instead =
                    nobody ? Frame.nobody(frame.timeMs()) : whole.getFirst().at(frame.timeMs());
            frames.add(away ? instead : frame);
        }
        return frames;
    }

    @Test
    void planks_are_timed_within_half_a_second() {
        for (double seconds : List.of(6.0, 10.0, 30.0)) {
            MotionReport report = time(PLANK, View.LATERAL, plank(2, seconds).record());
            assertHeld(report, seconds + 2 * NEARLY_UP, seconds + 2 * NEARLY_UP);
            assertThat(report.flags()).isEmpty();
            assertThat(report.reps()).noneMatch(Rep::cut);
        }
    }

    @Test
    void stances_on_one_leg_are_timed_within_half_a_second_left_and_right() {
        for (Active leg : List.of(Active.LEFT, Active.RIGHT, Active.ALTERNATING)) {
            MotionReport report =
                    time(STANCE, View.FRONTAL, stance(2, 12).active(leg).record());
            assertHeld(report, 12, 12);
            assertThat(report.flags()).isEmpty();
        }
    }

    @Test
    void a_hold_shorter_than_the_shortest_is_not_told() {
        assertThat(time(PLANK, View.LATERAL, plank(1, 3).record()).reps()).isEmpty();
        assertHeld(time(STANCE, View.FRONTAL, stance(1, 3).record()), 3);
    }

    @Test
    void standing_on_both_legs_and_lying_down_are_no_holds() {
        assertThat(time(
                                STANCE,
                                View.FRONTAL,
                                BodyModel.doing(Move.SQUAT, 3).seenFrom(0).record())
                        .reps())
                .isEmpty();
        assertThat(time(
                                PLANK,
                                View.LATERAL,
                                BodyModel.doing(Move.STRAIGHT_LEG_RAISE, 3).record())
                        .reps())
                .isEmpty();
    }

    @Test
    void leaving_the_position_for_less_than_half_a_second_does_not_end_the_hold() {
        assertHeld(time(interrupted(7_000, 300, false)), 10 + 2 * NEARLY_UP);
    }

    @Test
    void leaving_it_for_longer_makes_two_holds() {
        MotionReport report = time(interrupted(8_000, 1_000, false));
        assertHeld(report, 8 - 2.4 + NEARLY_UP, 12.4 - 9 + NEARLY_UP);
        assertThat(report.reps()).noneMatch(Rep::cut);
    }

    @Test
    void losing_sight_for_less_than_half_a_second_is_bridged() {
        MotionReport report = time(interrupted(7_000, 400, true));
        assertHeld(report, 10 + 2 * NEARLY_UP);
        assertThat(report.flags()).isEmpty();
    }

    @Test
    void losing_sight_for_longer_ends_the_hold_and_it_is_said_so() {
        List<Frame> frames = interrupted(8_400, 1_000, true);
        var timer = new HoldTimer(new Hold(PLANK.bands(), s(2)), Set.of(View.LATERAL), new ImageSize(1280, 720));
        List<String> told = new ArrayList<>();
        for (Frame frame : frames)
            for (MotionEvent event : timer.accept(frame))
                told.add(event.getClass().getSimpleName());
        assertThat(told).containsExactly("TrackingLost", "RepEnded", "TrackingBack", "RepEnded");
        MotionReport report = timer.finish();
        assertHeld(report, 8.4 - 2.4 + NEARLY_UP, 12.4 - 9.4 + NEARLY_UP);
        assertThat(report.flags()).contains(MotionFlag.GAPS, MotionFlag.ENDED_MID_REP);
        assertThat(report.flags()).contains(MotionFlag.STARTED_MID_REP);
        assertThat(report.reps()).as("one cut at its end, one at its start").allMatch(Rep::cut);
    }

    @Test
    void a_hold_that_begins_some_time_after_sight_was_lost_is_whole() {
        MotionReport report = time(interrupted(200, 1_000, true));
        assertHeld(report, 10 + 2 * NEARLY_UP);
        assertThat(report.flags()).containsExactly(MotionFlag.GAPS);
        assertThat(report.reps()).noneMatch(Rep::cut);
    }

    /** Somebody standing with either knee straight or square. */
    private static Frame knees(long timeMs, boolean leftStraight, boolean rightStraight) {
        float[] xyzv = new float[Landmark.COUNT * 4];
        for (int i = 0; i < Landmark.COUNT; i++) {
            xyzv[4 * i] = 0.5f;
            xyzv[4 * i + 3] = 1;
        }
        for (Side side : Side.values()) {
            List<Landmark> leg = Joint.KNEE_FLEXION.landmarks(side);
            boolean straight = side == Side.LEFT ? leftStraight : rightStraight;
            for (int i = 0; i < 3; i++)
                xyzv[4 * leg.get(i).ordinal() + 1] = 0.5f + 0.1f * Math.min(i, straight ? 2 : 1);
            if (!straight) xyzv[4 * leg.get(2).ordinal()] = 0.6f;
        }
        return Frame.of(timeMs, xyzv);
    }

    private static int heldWith(boolean leftStraight, boolean rightStraight) {
        var hold = new Hold(List.of(new Band(Joint.KNEE_FLEXION, 0, 20)), s(1));
        var timer = new HoldTimer(hold, Set.of(View.LATERAL), new ImageSize(1000, 1000));
        for (int i = 0; i < 60; i++) timer.accept(knees(i * 33L, leftStraight, rightStraight));
        return timer.finish().reps().size();
    }

    @Test
    void one_side_within_the_band_is_enough_whichever_it_is() {
        assertThat(heldWith(true, true)).isOne();
        assertThat(heldWith(true, false)).isOne();
        assertThat(heldWith(false, true)).isOne();
        assertThat(heldWith(false, false)).isZero();
    }

    @Test
    void a_recording_that_begins_or_ends_in_the_hold_is_flagged_and_the_hold_is_cut() {
        MotionReport late =
                time(PLANK, View.LATERAL, plank(1, 10).startingAt(s(5.4)).record());
        assertHeld(late, 7 + NEARLY_UP);
        assertThat(late.flags()).containsExactly(MotionFlag.STARTED_MID_REP);
        assertThat(late.reps()).allMatch(Rep::cut);
        List<Frame> early = plank(1, 10).record().frames().stream()
                .filter(frame -> frame.timeMs() <= 9_400)
                .toList();
        MotionReport ended = time(early);
        assertHeld(ended, 7 + NEARLY_UP);
        assertThat(ended.flags()).containsExactly(MotionFlag.ENDED_MID_REP);
        assertThat(ended.reps()).allMatch(Rep::cut);
    }

    @Test
    void a_hold_ends_once_in_the_events_and_its_angle_is_the_mean_of_the_first_band() {
        Recording recording = plank(2, 8).noise(0, 1).record();
        var timer = new HoldTimer(PLANK, Set.of(View.LATERAL), recording.size());
        List<Integer> numbers = new ArrayList<>();
        for (Frame frame : recording.frames())
            for (MotionEvent event : timer.accept(frame))
                if (event instanceof MotionEvent.RepEnded(int number, Rep _)) numbers.add(number);
        assertThat(numbers).containsExactly(1, 2);
        assertThat(timer.finish().reps()).allSatisfy(rep -> {
            assertThat(rep.peak().degrees()).isBetween(0.0, 5.0); // the plank is straight but for the way there
            assertThat(rep.kind()).isEqualTo(Rep.Kind.FULL);
        });
    }

    @Test
    void from_the_wrong_side_it_is_flagged_and_nobody_is_said_to_be_nobody() {
        MotionReport wrong = time(STANCE, View.LATERAL, stance(1, 5).record());
        assertThat(wrong.flags()).contains(MotionFlag.VIEW);
        assertThat(wrong.confidence()).isLessThan(0.6);
        MotionReport nobody = time(List.of(Frame.nobody(0), Frame.nobody(900)));
        assertThat(nobody.flags()).containsExactly(MotionFlag.NOBODY);
        assertThat(nobody.confidence()).isZero();
        assertThat(nobody.reps()).isEmpty();
    }

    @Test
    void frames_must_come_in_order_and_nothing_is_known_before_the_first() {
        Frame frame = plank(1, 5).record().frames().get(3);
        var timer = new HoldTimer(PLANK, Set.of(View.LATERAL), new ImageSize(1280, 720));
        assertThat(timer.degreesNow()).isNaN();
        timer.accept(frame);
        assertThat(timer.degreesNow()).isBetween(20.0, 60.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timer.accept(frame))
                .withMessage("frame times do not rise");
    }

    @Test
    void a_hold_has_a_band_and_a_shortest_time() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Hold(List.of(), s(5)));
        for (Duration shortest : List.of(Duration.ZERO, s(60.001)))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Hold(PLANK.bands(), shortest))
                    .withMessage("shortest hold outside (0, 60] seconds");
        assertThatIllegalArgumentException().isThrownBy(() -> new Band(Joint.HIP_FLEXION, 25, 25));
        assertThatIllegalArgumentException().isThrownBy(() -> new Band(Joint.HIP_FLEXION, Double.NaN, 25));
    }
}
