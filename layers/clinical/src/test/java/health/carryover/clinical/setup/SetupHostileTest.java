package health.carryover.clinical.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetupHostileTest {
    private static final SetupWish WISH = Exercises.WISHES.get(Move.SQUAT);
    private final Staging stage = new Staging(5);

    private SetupCheck check() {
        return new SetupCheck(WISH, stage.size);
    }

    private Course at(double fps) {
        stage.fps = fps;
        stage.seconds = 40;
        return new StagedSetup("", WISH, stage.size, stage.frames(), Scene.UNKNOWN).course();
    }

    @Test
    void times_that_do_not_rise_are_refused() {
        SetupCheck check = check();
        check.accept(Frame.nobody(100), Scene.UNKNOWN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.accept(Frame.nobody(100), Scene.UNKNOWN))
                .withMessage("frame times do not rise");
        assertThatIllegalArgumentException().isThrownBy(() -> check.accept(Frame.nobody(99), Scene.UNKNOWN));
        assertThat(check.accept(Frame.nobody(101), Scene.UNKNOWN)).isInstanceOf(SetupAnswer.Looking.class);
    }

    @Test
    void luma_in_another_unit_is_refused_by_name_and_unknown_luma_is_not() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scene(0.5, 120, 0.5, 1))
                .withMessage("person: luma outside [0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scene(-0.1, 0.1, 0.5, 1))
                .withMessage("image: luma outside [0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scene(0.1, 0.1, Double.POSITIVE_INFINITY, 1))
                .withMessage("background: luma outside [0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scene(0.1, 0.1, 0.5, -2))
                .withMessage("persons outside 0..100");
        Scene half = new Scene(Double.NaN, Double.NaN, 0.9, Scene.NOT_COUNTED);
        assertThat(new StagedSetup("", WISH, stage.size, stage.frames(), half)
                        .course()
                        .last())
                .isInstanceOf(SetupAnswer.Ready.class);
    }

    @Test
    void with_nobody_in_any_frame_the_person_is_asked_three_times_and_then_goes_without_the_camera() {
        SetupCheck check = check();
        var course = new Course();
        for (int i = 0; i < 1000; i++) course.note(check.accept(Frame.nobody(i * 33L), Scene.UNKNOWN), i * 33L);
        assertThat(course.told()).hasSize(3);
        assertThat(course.firstFault()).contains(SetupFault.NOBODY);
        assertThat(course.last()).isInstanceOf(SetupAnswer.WithoutCamera.class);
    }

    @Test
    void one_frame_a_second_is_too_slow_at_any_beat_and_240_are_fine() {
        for (double fps : List.of(0.25, 0.4, 0.7, 1.0, 1.5, 3.0, 7.0))
            assertThat(at(fps).firstFault()).as("%s fps", fps).contains(SetupFault.LOW_FRAME_RATE);
        assertThat(at(240).last()).isInstanceOf(SetupAnswer.Ready.class);
        assertThat(at(240).told()).isEmpty();
    }

    @Test
    void a_frame_every_ten_seconds_ends_without_the_camera() {
        SetupCheck check = check();
        Frame frame = stage.frames().getFirst();
        for (int i = 0; i < 14; i++) check.accept(frame.at(i * 10_000L), Scene.UNKNOWN);
        assertThat(check.answer()).isInstanceOf(SetupAnswer.WithoutCamera.class);
    }

    @Test
    void points_all_in_one_place_or_far_outside_are_never_ready() {
        for (float place : new float[] {0, 0.5f, 1, 100, -100}) {
            for (float visibility : new float[] {0, 1}) {
                float[] values = new float[Landmark.COUNT * 4];
                for (int i = 0; i < values.length; i++) values[i] = i % 4 == 3 ? visibility : i % 4 == 2 ? 0 : place;
                SetupCheck check = check();
                for (int i = 0; i < 2000; i++) check.accept(Frame.of(i * 33L, values), Scene.UNKNOWN);
                assertThat(check.answer())
                        .as("%s seen %s", place, visibility)
                        .isInstanceOf(SetupAnswer.WithoutCamera.class);
            }
        }
    }

    @Test
    void a_wish_that_asks_for_nothing_or_for_a_mixed_view_is_refused() {
        Set<Landmark> knee = Set.of(Landmark.LEFT_KNEE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SetupWish(List.of(), knee, Posture.STANDING))
                .withMessageStartingWith("views");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SetupWish(List.of(View.MIXED), knee, Posture.STANDING))
                .withMessageStartingWith("views");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SetupWish(List.of(View.FRONTAL), Set.of(Landmark.NOSE), Posture.STANDING))
                .withMessageStartingWith("landmarks");
    }

    @Test
    void limits_that_could_never_work_are_refused() {
        SetupLimits.Timing timing = SetupLimits.DEFAULT.timing();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SetupLimits.Timing(
                        timing.needed(),
                        timing.window(),
                        timing.stable(),
                        timing.shown(),
                        timing.apart(),
                        timing.fair(),
                        timing.good(),
                        3,
                        timing.undecided(),
                        timing.patience()))
                .withMessageStartingWith("needed and window");
        assertThatIllegalArgumentException().isThrownBy(() -> new SetupLimits.Bound(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SetupLimits.Bound(1, 1));
    }

    @Test
    void an_exercise_of_one_side_is_checked_by_that_side() {
        var left = new SetupWish(
                List.of(View.LATERAL),
                Set.of(Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
                Posture.STANDING);
        stage.hidden = List.of(Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE);
        Course hidden = new StagedSetup("", left, stage.size, stage.frames(), Scene.UNKNOWN).course();
        assertThat(hidden.firstFault()).contains(SetupFault.OBSTRUCTED);
        stage.hidden = List.of(Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE);
        Course other = new StagedSetup("", left, stage.size, stage.frames(), Scene.UNKNOWN).course();
        assertThat(other.told()).isEmpty();
    }

    @Test
    void nothing_is_allocated_while_the_answer_stays() {
        stage.seconds = 6;
        stage.share = 1.6; // told once, and nothing new for seven seconds
        SetupCheck check = check();
        List<Frame> frames = stage.frames();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int warm = 0; warm < 200; warm++) {
            check.restart();
            for (int i = 0; i < frames.size(); i++) check.accept(frames.get(i), Scene.UNKNOWN);
        }
        check.restart();
        int told = 90; // frames until the instruction has been told for sure
        for (int i = 0; i < told; i++) check.accept(frames.get(i), Scene.UNKNOWN);
        assertThat(check.answer()).isEqualTo(new SetupAnswer.Told(SetupFault.TOO_NEAR, 1));
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = told; i < frames.size(); i++) check.accept(frames.get(i), Scene.UNKNOWN);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes / (frames.size() - told)).as("bytes a frame").isLessThan(1);
    }
}
