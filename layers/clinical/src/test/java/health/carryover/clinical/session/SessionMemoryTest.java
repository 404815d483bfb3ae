package health.carryover.clinical.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Dose;
import health.carryover.clinical.exercise.ExerciseBuilder;
import health.carryover.clinical.exercise.TempoGoal;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.setup.Scene;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A phone's garbage collector stops the picture. */
class SessionMemoryTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Stands for the set-up check and then squats. */
    private static List<Frame> frames() {
        List<Frame> exercising =
                BodyModel.doing(Move.SQUAT, 12).height(0.7).record().frames();
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 300 + exercising.size(); i++)
            frames.add(exercising.get(Math.max(0, i - 300)).at(i * 33L));
        return frames;
    }

    /** @return bytes a frame in which nothing was told */
    private static double bytesOf(List<Frame> frames) {
        Dose dose = new Dose(12, RangeGoal.prescribed(60), OptionalDouble.of(175), TempoGoal.CONTROLLED, true);
        ExerciseSession session =
                ExerciseSession.byCamera(ExerciseBuilder.squat().build(), dose, new ImageSize(1280, 720), 10);
        long bytes = 0;
        int quiet = 0;
        int told = 0;
        for (Frame frame : frames) {
            long before = THREAD.getCurrentThreadAllocatedBytes();
            boolean nothing = session.accept(frame, Scene.UNKNOWN).isEmpty();
            long after = THREAD.getCurrentThreadAllocatedBytes();
            if (nothing) {
                bytes += after - before;
                quiet++;
            } else told++;
        }
        assertThat(told).as("set-up, repetitions, words").isGreaterThan(12);
        assertThat(session.finish().reps()).hasSize(12);
        return (double) bytes / quiet;
    }

    @Test
    void a_frame_in_which_nothing_is_told_allocates_nothing() {
        List<Frame> frames = frames();
        double bytes = Double.NaN;
        // Some rounds until classes are loaded and what the compiler can do away with is done away with.
        for (int round = 0; round < 30; round++) bytes = bytesOf(frames);
        assertThat(bytes).as("bytes a frame").isLessThan(1);
    }
}
