package health.carryover.bench;

import com.sun.management.ThreadMXBean;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Dose;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.TempoGoal;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.session.ExerciseRecord;
import health.carryover.clinical.session.ExerciseSession;
import health.carryover.clinical.setup.Scene;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import health.carryover.platform.streams.StreamLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench pipeline}: frames a second on one core from landmarks to the record of an exercise, and its memory. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = {
            "Ten minutes at 30 frames a second of a simulated person through all that happens to a frame, on one core: set-up",
            "check, angles, smoothing, repetitions, compensations, coach, form score ('session', as on a phone), and without",
            "set-up check, coach and score ('meter', as in the cloud); and the time to decode the same from landmarks.v1.",
            "Times are those of the processor, so that what else runs on the machine matters little."
        })
final class PipelineBench implements Callable<Integer> {
    private static final int FRAMES = 18_000;
    private static final int STANDING = 300;
    private static final double ERROR_DEG = 10; // only decides which cue is said

    @Option(names = "--rounds", defaultValue = "21", description = "Measured rounds; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Rounds before that; default ${DEFAULT-VALUE}.")
    private int warmUp;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Round {
        /** @return repetitions found, so that nothing is left out by the optimiser */
        int run() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        ExerciseLibrary library = ExerciseLibrary.builtIn();
        for (Move move : List.of(Move.SQUAT, Move.SHOULDER_FLEXION, Move.SIDE_LYING_HIP_ABDUCTION)) {
            String code = move.name().toLowerCase(Locale.ROOT);
            Exercise exercise = library.find(code).orElseThrow();
            BodyModel model = BodyModel.doing(move, 200).height(0.7).variability(1);
            List<Frame> frames = frames(model);
            measure(code + " session", () -> session(exercise, model, frames, false));
            measure(code + " meter", () -> meter(exercise, model.size(), frames));
            session(exercise, model, frames, true);
            byte[] file = encoded(model.size(), frames);
            measure(code + " decode", () -> decode(file));
        }
        return 0;
    }

    /** Stands still for the set-up check, then exercises. */
    private static List<Frame> frames(BodyModel model) {
        List<Frame> exercising = model.record().frames();
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++)
            frames.add(exercising
                    .get(Math.max(0, i - STANDING) % exercising.size())
                    .at(i * 100L / 3));
        return frames;
    }

    private static ExerciseSession session(Exercise exercise, BodyModel model) {
        RangeGoal goal = RangeGoal.prescribed(0.9 * model.rangeDeg());
        Dose dose = new Dose(200, goal, OptionalDouble.of(175), TempoGoal.CONTROLLED, true);
        return ExerciseSession.byCamera(exercise, dose, model.size(), ERROR_DEG);
    }

    private int session(Exercise exercise, BodyModel model, List<Frame> frames, boolean countsQuiet) {
        ExerciseSession session = session(exercise, model);
        long bytes = 0;
        int quiet = 0;
        for (int i = 0; i < FRAMES; i++) {
            long before = countsQuiet ? thread.getCurrentThreadAllocatedBytes() : 0;
            boolean silent = session.accept(frames.get(i), Scene.UNKNOWN).isEmpty();
            if (!countsQuiet || !silent) continue;
            bytes += thread.getCurrentThreadAllocatedBytes() - before;
            quiet++;
        }
        ExerciseRecord record = session.finish();
        if (record.reps().isEmpty() || record.view().isEmpty())
            throw new IllegalStateException("the simulated " + exercise.code() + " was not measured");
        if (countsQuiet)
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %.4f bytes/frame in the %,d frames in which nothing is told%n",
                    exercise.code() + " session, steady state",
                    (double) bytes / quiet,
                    quiet);
        return record.reps().size();
    }

    private static int meter(Exercise exercise, ImageSize size, List<Frame> frames) {
        MotionMeter meter = exercise.meter(size, RangeGoal.NONE).orElseThrow();
        for (int i = 0; i < FRAMES; i++) meter.accept(frames.get(i));
        return meter.finish().reps().size();
    }

    private static byte[] encoded(ImageSize size, List<Frame> frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var encoder = new LandmarksEncoder(bytes, new LandmarksHeader("bench", "1", 30, size))) {
            for (Frame frame : frames) encoder.add(frame);
        }
        return bytes.toByteArray();
    }

    private static int decode(byte[] file) throws IOException {
        if (LandmarksDecoder.stream(new ByteArrayInputStream(file), StreamLimits.LANDMARKS, _ -> {}, _ -> {})
                instanceof LandmarksDecoder.Streamed.Whole whole) return whole.frames();
        throw new IllegalStateException("the decoder refused what the encoder wrote");
    }

    private void measure(String name, Round round) throws IOException {
        Times times = new Times(rounds);
        long found = 0;
        for (int i = 0; i < warmUp; i++) found += round.run();
        long bytes = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            long start = thread.getCurrentThreadCpuTime();
            found += round.run();
            times.add(thread.getCurrentThreadCpuTime() - start);
        }
        bytes = thread.getCurrentThreadAllocatedBytes() - bytes;
        System.out.printf(
                Locale.ROOT,
                "%-34s %,10.0f frames/s  %6.1f ms for ten minutes (median of %d; p10 %.1f, p90 %.1f)  %.1f bytes/frame"
                        + "  %d found%n",
                name,
                FRAMES / times.millis(0.5) * 1000,
                times.millis(0.5),
                rounds,
                times.millis(0.1),
                times.millis(0.9),
                (double) bytes / ((long) rounds * FRAMES),
                found / (warmUp + rounds));
    }
}
