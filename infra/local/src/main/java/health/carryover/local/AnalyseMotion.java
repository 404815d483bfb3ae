package health.carryover.local;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.local.LandmarkCsv.Unreadable;
import health.carryover.local.MotionOutput.Line;
import health.carryover.local.RecordingIndex.Entry;
import health.carryover.platform.library.ExerciseLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
            "Times: up = from rest to the peak of the primary angle, hold = at the peak, down = back to rest.",
            "Exit code: 0 all analysed, 1 some could not be read (named on standard error), 2 wrong use."
        })
final class AnalyseMotion implements Callable<Integer> {
    private static final String USUAL_SIZE = "1280x720";

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
            description =
                    "size of the camera image where no index.json says it; " + USUAL_SIZE + " is assumed otherwise")
    private @Nullable String size;

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "draw the angle with the repetitions marked: an SVG picture of the one recording given")
    private @Nullable Path plot;

    @Spec
    private @Nullable CommandSpec spec;

    private boolean drawn;
    private final ExerciseLibrary library = ExerciseLibrary.builtIn();

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
            List<MotionSource> sources;
            try {
                sources = MotionSource.of(path);
            } catch (Unreadable e) {
                err.println("carryover: " + e.getMessage());
                failed++;
                continue;
            }
            for (MotionSource source : sources) {
                if (size == null && source.needsSize())
                    err.println("carryover: " + source.name() + ": nothing says how large the picture was; "
                            + USUAL_SIZE + " is assumed. Another shape gives other angles: say --size WxH");
                try {
                    lines.add(analyse(source, assumed, command));
                } catch (Unreadable e) {
                    err.println("carryover: " + e.getMessage());
                    failed++;
                }
            }
        }
        if (json) out.println(MotionOutput.json(lines));
        else MotionOutput.table(lines, out);
        out.flush();
        err.flush();
        return failed == 0 ? 0 : 1;
    }

    private String known() {
        return "known are " + String.join(", ", library.codes());
    }

    private ImageSize size(CommandSpec command) {
        String[] sides = (size == null ? USUAL_SIZE : size).split("x", -1);
        try {
            if (sides.length == 2) return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--size is like 1280x720", e);
        }
        throw new ParameterException(command.commandLine(), "--size is like 1280x720");
    }

    private Line analyse(MotionSource source, ImageSize assumed, CommandSpec command) throws Unreadable {
        String code = exercise != null
                ? exercise
                : source.entry().map(Entry::exercise).orElse(null);
        if (code == null)
            throw new Unreadable(source.file(), 0, "give --exercise CODE: no index.json beside it says what it shows");
        Exercise known = library.find(code)
                .orElseThrow(() -> new Unreadable(source.file(), 0, "no exercise " + code + ": " + known()));
        var drawing = new MotionPlot();
        MotionReport report = source.measure(known, assumed, drawing);
        if (plot != null) draw(plot, drawing.svg(source.name(), known, report), command);
        return new Line(source, known, report);
    }

    private void draw(Path file, String svg, CommandSpec command) {
        if (drawn)
            throw new ParameterException(command.commandLine(), "--plot draws one recording; give one, not a folder");
        drawn = true;
        try {
            Files.writeString(file, svg);
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--plot: cannot write " + file, e);
        }
    }
}
