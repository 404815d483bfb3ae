package health.carryover.local;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.local.LandmarkCsv.Unreadable;
import health.carryover.local.RecordingIndex.Entry;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.LandmarksDecoder.Streamed;
import health.carryover.platform.streams.LandmarksHeader;
import health.carryover.platform.streams.StreamLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One recording to look at, and what is known about it. */
record MotionSource(Path file, Optional<Entry> entry) {
    private static final String CSV = ".csv.gz";
    private static final String WORLD_CSV = ".world.csv.gz";
    private static final String LANDMARKS = ".landmarks";

    /** Sees each angle on the way: for a drawing. */
    interface Watcher {
        void saw(long timeMs, double degrees);
    }

    /** The recordings of a path: the file itself, what an index lists, or all of a folder. */
    static List<MotionSource> of(Path path) throws Unreadable {
        if (!Files.exists(path)) throw new Unreadable(path, 0, "no such file");
        if (!Files.isDirectory(path)) {
            Path folder = path.toAbsolutePath().getParent();
            Optional<RecordingIndex> index = folder == null ? Optional.empty() : RecordingIndex.of(folder);
            return List.of(new MotionSource(
                    path, index.flatMap(i -> i.find(path.getFileName().toString()))));
        }
        Optional<RecordingIndex> index = RecordingIndex.of(path);
        if (index.isPresent())
            return index.get().entries().stream()
                    .map(entry -> new MotionSource(path.resolve(entry.files().getFirst()), Optional.of(entry)))
                    .toList();
        try (Stream<Path> files = Files.list(path)) {
            List<MotionSource> found = files.filter(MotionSource::isRecording)
                    .sorted()
                    .map(file -> new MotionSource(file, Optional.empty()))
                    .toList();
            if (found.isEmpty()) throw new Unreadable(path, 0, "holds no recordings");
            return found;
        } catch (IOException e) {
            throw new Unreadable(path, 0, "cannot be listed", e);
        }
    }

    private static boolean isRecording(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(LANDMARKS) || name.endsWith(CSV) && !name.endsWith(WORLD_CSV);
    }

    /** True where neither the file nor an index says how large the picture was. */
    boolean needsSize() {
        return !name().endsWith(LANDMARKS) && !name().endsWith(WORLD_CSV) && entry.isEmpty();
    }

    String name() {
        return file.getFileName().toString();
    }

    /**
     * Measures it.
     * @param assumed size of the picture where nothing says it
     */
    MotionReport measure(Exercise exercise, ImageSize assumed, Watcher watcher) throws Unreadable {
        return name().endsWith(LANDMARKS) ? landmarks(exercise, watcher) : csv(exercise, assumed, watcher);
    }

    private MotionReport csv(Exercise exercise, ImageSize assumed, Watcher watcher) throws Unreadable {
        boolean world = name().endsWith(WORLD_CSV);
        ImageSize size = world ? ImageSize.METRES : entry.map(Entry::size).orElse(assumed);
        MotionMeter meter = meter(exercise, size);
        LandmarkCsv.read(file, frame -> accept(meter, frame, watcher));
        return meter.finish();
    }

    private MotionReport landmarks(Exercise exercise, Watcher watcher) throws Unreadable {
        var measuring = new Object() {
            @Nullable
            MotionMeter meter;
        };
        if (exercise.meter(ImageSize.METRES, RangeGoal.NONE).isEmpty()) throw notByCamera(exercise);
        Consumer<LandmarksHeader> onHeader = header ->
                measuring.meter = exercise.meter(header.size(), RangeGoal.NONE).orElseThrow();
        Consumer<Frame> onFrame = frame -> {
            if (measuring.meter != null) accept(measuring.meter, frame, watcher);
        };
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Streamed outcome = LandmarksDecoder.stream(in, StreamLimits.LANDMARKS, onHeader, onFrame);
            if (outcome instanceof Streamed.Refused(var problem))
                throw new Unreadable(
                        file,
                        0,
                        "refused: " + problem.code() + (problem.chunk() < 0 ? "" : ", chunk " + problem.chunk()));
            if (measuring.meter == null) throw new IllegalStateException("a whole file has a header");
            return measuring.meter.finish();
        } catch (IOException e) {
            throw new Unreadable(file, 0, "cannot be read", e);
        }
    }

    private MotionMeter meter(Exercise exercise, ImageSize size) throws Unreadable {
        return exercise.meter(size, RangeGoal.NONE).orElseThrow(() -> notByCamera(exercise));
    }

    private Unreadable notByCamera(Exercise exercise) {
        return new Unreadable(file, 0, "a camera does not measure " + exercise.code());
    }

    private static void accept(MotionMeter meter, Frame frame, Watcher watcher) {
        meter.accept(frame);
        watcher.saw(frame.timeMs(), meter.degreesNow());
    }
}
