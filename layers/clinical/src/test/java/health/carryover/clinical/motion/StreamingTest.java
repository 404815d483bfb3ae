package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Hold.Band;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A phone measures frame by frame, for long, and must find what the whole recording holds. */
class StreamingTest {
    private static final Set<View> VIEWS = Set.of(View.LATERAL);
    private static final List<Compensation> WATCHED = List.of(Compensation.HEEL_RISE, Compensation.TRUNK_SWAY);
    private static final Movement SQUAT =
            new Movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.ALIKE, 90, Duration.ofMillis(350), false, false);
    private static final Movement CURL =
            new Movement(Joint.ELBOW_FLEXION, Direction.GROWS, Sides.EITHER, 125, Duration.ofMillis(350), false, false);
    private static final Hold PLANK = new Hold(List.of(new Band(Joint.HIP_FLEXION, 0, 25)), Duration.ofSeconds(2));

    private static MotionMeter meter(Measurement measurement, ImageSize size) {
        return switch (measurement) {
            case Movement movement -> new RepCounter(movement, VIEWS, size, RangeGoal.NONE, WATCHED);
            case Hold hold -> new HoldTimer(hold, VIEWS, size);
            case Measurement.NotByCamera _ -> throw new IllegalArgumentException("nothing to measure");
        };
    }

    private static void assertStreamedAsWhole(Measurement measurement, Recording recording) {
        MotionReport whole = MotionMeter.measure(meter(measurement, recording.size()), recording);
        MotionMeter one = meter(measurement, recording.size());
        MotionMeter another = meter(measurement, recording.size()); // beside it, and asked between frames
        for (Frame frame : recording.frames()) {
            List<MotionEvent> events = one.accept(frame);
            another.degreesNow();
            another.viewNow();
            assertThat(another.accept(frame)).isEqualTo(events);
        }
        assertThat(whole.reps()).isNotEmpty();
        assertThat(one.finish()).isEqualTo(whole);
        assertThat(another.finish()).isEqualTo(whole);
    }

    @Test
    void frame_by_frame_is_the_same_as_the_whole_recording() {
        assertStreamedAsWhole(
                SQUAT, BodyModel.doing(Move.SQUAT, 4).losing(0.15, 8).record());
        assertStreamedAsWhole(
                CURL, BodyModel.doing(Move.BICEP_CURL, 4).variability(1).record());
        assertStreamedAsWhole(
                PLANK,
                BodyModel.doing(Move.PLANK, 2)
                        .tempo(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1))
                        .record());
    }

    @Test
    void what_was_told_frame_by_frame_are_the_repetitions_of_the_report() {
        Recording recording = BodyModel.doing(Move.SQUAT, 5).record();
        MotionMeter counter = meter(SQUAT, recording.size());
        List<Duration> told = new ArrayList<>();
        for (Frame frame : recording.frames())
            for (MotionEvent event : counter.accept(frame))
                if (event instanceof MotionEvent.RepEnded(int _, Rep rep)) told.add(rep.peakAt());
        assertThat(counter.finish().reps()).extracting(Rep::peakAt).hasSize(5).isEqualTo(told);
    }

    @Test
    void a_frame_in_which_nothing_happens_allocates_nothing() {
        int warmUp = 60_000; // until what the compiler can do away with is done away with
        int measured = 20_000;
        List<Frame> standing = BodyModel.doing(Move.STANDING, 8).record().frames();
        Frame[] frames = new Frame[warmUp + measured];
        for (int i = 0; i < frames.length; i++)
            frames[i] = standing.get(i % standing.size()).at(i * 33L);
        MotionMeter counter = meter(SQUAT, new ImageSize(1280, 720));
        for (int i = 0; i < warmUp; i++) counter.accept(frames[i]);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = warmUp; i < frames.length; i++) counter.accept(frames[i]);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat((double) allocated / measured).as("bytes a frame").isLessThan(0.1);
    }
}
