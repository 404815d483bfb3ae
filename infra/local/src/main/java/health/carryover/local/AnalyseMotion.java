package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.RepCounter;
import health.carryover.local.LandmarkCsv.Unreadable;
import health.carryover.local.RecordingIndex.Counted;
import health.carryover.local.RecordingIndex.Entry;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.LandmarksDecoder.Streamed;
import health.carryover.platform.streams.LandmarksHeader;
import health.carryover.platform.streams.StreamLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code analyse motion}: counts repetitions and measures peak angles and tempo in landmark recordings. */
@Command(
        name = "motion",
        mixinStandardHelpOptions = true,
        description = {
            "Counts repetitions, peak angles and tempo in landmark recordings.",
            "PATH is NAME.csv.gz (frame,t_ms,x0,y0,z0,v0,...), NAME.landmarks (landmarks.v1) or a folder.",
            "A folder with index.json: every recording it lists. Size and exercise come from an index.json beside the file."
        },
        footer = {
            "",
            "Times: up = from rest to the peak of the primary angle, hold = within a sixth of it, down = back to rest.",
            "Exit code: 0 all analysed, 1 some could not be read (named on standard error), 2 wrong use."
        })
final class AnalyseMotion implements Callable<Integer> {
    private static final String CSV = ".csv.gz";
    private static final String WORLD_CSV = ".world.csv.gz";
    private static final String LANDMARKS = ".landmarks";

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "recordings or folders")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--exercise",
            paramLabel = "CODE",
            description = "which exercise it is; needed where no index.json says so")
    private @Nullable String exercise;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "1280x720",
            description = "size of the camera image where no index.json says it (default: ${DEFAULT-VALUE})")
    private String size = "1280x720";

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final ExerciseLibrary library = ExerciseLibrary.builtIn();

    /** One file to look at, and what is known about it. */
    private record Source(Path file, Optional<Entry> entry) {
        String name() {
            return file.getFileName().toString();
        }

        boolean isWorld() {
            return name().endsWith(WORLD_CSV);
        }
    }

    private record Line(Source source, Exercise exercise, MotionReport report) {}

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        if (exercise != null && library.find(exercise).isEmpty())
            throw new ParameterException(command.commandLine(), "no exercise " + exercise + ": " + known());
        ImageSize assumed = size(command);
        List<Line> lines = new ArrayList<>();
        int failed = 0;
        for (Path path : paths) {
            List<Source> sources;
            try {
                sources = sources(path);
            } catch (Unreadable e) {
                err.println("carryover: " + e.getMessage());
                failed++;
                continue;
            }
            for (Source source : sources) {
                try {
                    lines.add(analyse(source, assumed));
                } catch (Unreadable e) {
                    err.println("carryover: " + e.getMessage());
                    failed++;
                }
            }
        }
        if (json) out.println(json(lines));
        else table(lines, out);
        out.flush();
        err.flush();
        return failed == 0 ? 0 : 1;
    }

    private String known() {
        return "known are " + String.join(", ", library.codes());
    }

    private ImageSize size(CommandSpec command) {
        String[] sides = size.split("x", -1);
        try {
            if (sides.length == 2) return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--size is like 1280x720", e);
        }
        throw new ParameterException(command.commandLine(), "--size is like 1280x720");
    }

    private static List<Source> sources(Path path) throws Unreadable {
        if (!Files.exists(path)) throw new Unreadable(path, 0, "no such file");
        if (!Files.isDirectory(path)) {
            Path folder = path.toAbsolutePath().getParent();
            Optional<RecordingIndex> index = folder == null ? Optional.empty() : RecordingIndex.of(folder);
            return List.of(new Source(
                    path, index.flatMap(i -> i.find(path.getFileName().toString()))));
        }
        Optional<RecordingIndex> index = RecordingIndex.of(path);
        if (index.isPresent())
            return index.get().entries().stream()
                    .map(entry -> new Source(path.resolve(entry.files().getFirst()), Optional.of(entry)))
                    .toList();
        try (Stream<Path> files = Files.list(path)) {
            List<Source> found = files.filter(AnalyseMotion::isRecording)
                    .sorted()
                    .map(file -> new Source(file, Optional.empty()))
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

    private Line analyse(Source source, ImageSize assumed) throws Unreadable {
        String code = exercise != null
                ? exercise
                : source.entry().map(Entry::exercise).orElse(null);
        if (code == null)
            throw new Unreadable(source.file(), 0, "give --exercise CODE: no index.json beside it says what it shows");
        Exercise known = library.find(code)
                .orElseThrow(() -> new Unreadable(source.file(), 0, "no exercise " + code + ": " + known()));
        MotionReport report =
                source.name().endsWith(LANDMARKS) ? landmarks(source, known) : csv(source, known, assumed);
        return new Line(source, known, report);
    }

    /** World landmarks are metres on both axes: a square image. */
    private static MotionReport csv(Source source, Exercise exercise, ImageSize assumed) throws Unreadable {
        ImageSize image = source.isWorld()
                ? new ImageSize(1, 1)
                : source.entry().map(Entry::size).orElse(assumed);
        RepCounter counter = exercise.counter(image, OptionalDouble.empty());
        LandmarkCsv.read(source.file(), counter::accept);
        return counter.finish();
    }

    private static MotionReport landmarks(Source source, Exercise exercise) throws Unreadable {
        var counting = new Object() {
            @Nullable
            RepCounter counter;
        };
        Consumer<LandmarksHeader> onHeader =
                header -> counting.counter = exercise.counter(header.size(), OptionalDouble.empty());
        Consumer<Frame> onFrame = frame -> {
            if (counting.counter != null) counting.counter.accept(frame);
        };
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source.file()))) {
            Streamed outcome = LandmarksDecoder.stream(in, StreamLimits.LANDMARKS, onHeader, onFrame);
            RepCounter counter = counting.counter;
            if (outcome instanceof Streamed.Refused(var problem))
                throw new Unreadable(
                        source.file(),
                        0,
                        "refused: " + problem.code() + (problem.chunk() < 0 ? "" : ", chunk " + problem.chunk()));
            if (counter == null) throw new IllegalStateException("a whole file has a header");
            return counter.finish();
        } catch (IOException e) {
            throw new Unreadable(source.file(), 0, "cannot be read", e);
        }
    }

    private static String json(List<Line> lines) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> document = new LinkedHashMap<>();
            MotionReport report = line.report();
            document.put("file", line.source().name());
            document.put("exercise", line.exercise().code());
            document.put("view", lower(report.view()));
            document.put("reps", report.full().size());
            document.put("partialReps", report.partial().size());
            document.put(
                    "peakAnglesDeg",
                    report.full().stream()
                            .map(rep -> round(rep.peak().degrees(), 1))
                            .toList());
            document.put(
                    "tempoS", report.full().stream().map(AnalyseMotion::tempo).toList());
            document.put("confidence", round(report.confidence(), 2));
            document.put("flags", flags(report));
            documents.add(document);
        }
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(documents);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and words are always JSON", e);
        }
    }

    private static Map<String, Object> tempo(Rep rep) {
        Map<String, Object> tempo = new LinkedHashMap<>();
        tempo.put("up", seconds(rep.tempo().up()));
        tempo.put("hold", seconds(rep.tempo().hold()));
        tempo.put("down", seconds(rep.tempo().down()));
        return tempo;
    }

    private static void table(List<Line> lines, PrintWriter out) {
        String row = "%-28s %-18s %-8s %4s %7s %-12s %-9s %-14s %5s  %s%n";
        out.printf(
                row,
                "file",
                "exercise",
                "view",
                "reps",
                "partial",
                "counted",
                "peak deg",
                "up/hold/down s",
                "conf.",
                "flags");
        int right = 0;
        int counted = 0;
        for (Line line : lines) {
            MotionReport report = line.report();
            List<Rep> full = report.full();
            Optional<Counted> known = line.source().entry().flatMap(Entry::counted);
            boolean accepted = known.isPresent() && known.get().accepts(full.size());
            if (known.isPresent()) counted++;
            if (accepted) right++;
            out.printf(
                    row,
                    line.source().name(),
                    line.exercise().code(),
                    lower(report.view()),
                    full.size(),
                    report.partial().size(),
                    known.map(c -> "%d (%d-%d)%s"
                                    .formatted(c.reps(), c.least(), c.most(), c.accepts(full.size()) ? "" : " !"))
                            .orElse(""),
                    full.isEmpty()
                            ? ""
                            : "%.0f"
                                    .formatted(median(full.stream()
                                            .map(rep -> rep.peak().degrees())
                                            .toList())),
                    full.isEmpty() ? "" : tempo(full),
                    "%.2f".formatted(report.confidence()),
                    String.join(" ", flags(report)));
        }
        if (counted > 0) out.printf("%d of %d counted as a person counted them%n", right, counted);
    }

    private static String tempo(List<Rep> reps) {
        return "%.1f/%.1f/%.1f"
                .formatted(
                        median(reps.stream()
                                .map(rep -> seconds(rep.tempo().up()))
                                .toList()),
                        median(reps.stream()
                                .map(rep -> seconds(rep.tempo().hold()))
                                .toList()),
                        median(reps.stream()
                                .map(rep -> seconds(rep.tempo().down()))
                                .toList()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static List<String> flags(MotionReport report) {
        return report.flags().stream().sorted().map(AnalyseMotion::lower).toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration duration) {
        return round(duration.toMillis() / 1000.0, 2);
    }

    private static double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
