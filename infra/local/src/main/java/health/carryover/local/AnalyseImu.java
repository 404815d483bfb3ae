package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.imu.FilterKind;
import health.carryover.clinical.imu.ImuRecording;
import health.carryover.clinical.imu.OrientationError;
import health.carryover.clinical.imu.Quaternion;
import health.carryover.clinical.imu.SensorTraits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code analyse imu}: runs orientation filters over recordings of inertial sensors and compares with a reference. */
@Command(
        name = "imu",
        mixinStandardHelpOptions = true,
        description = {
            "Orientation from inertial sensors, and its error where the recording has a reference.",
            "PATH is NAME.csv or NAME.csv.gz (t,ax,ay,az,gx,gy,gz[,mx,my,mz][,qw,qx,qy,qz][,moving]) or a folder of them.",
            "Seconds, m/s^2, rad/s, microtesla; the reference turns sensor to east-north-up, scalar first."
        },
        footer = {
            "",
            "Filters: madgwick, madgwick6, complementary, complementary6, kalman, kalman6 (sample by sample),",
            "kalman_offline, kalman6_offline (look ahead). Those in 6 use no magnetometer: they are judged on inclination,",
            "heading and total are left empty (null). So are all where there is no reference.",
            "Errors: root mean square over rows with moving = 1, definition of BROAD.",
            "Exit code: 0 all analysed, 1 some could not be read (named on standard error), 2 wrong use."
        })
final class AnalyseImu implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "recordings or folders")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--filter", split = ",", paramLabel = "NAME", description = "filters to run (default: all)")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--beta",
            paramLabel = "B",
            description = "step of Madgwick's filter, rad/s (default: 0.08, madgwick6 0.05)")
    private @Nullable Double beta;

    @Option(names = "--plot", paramLabel = "FILE", description = "draw one recording over time as SVG")
    private @Nullable Path plot;

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private record Line(
            String file, FilterKind filter, Optional<OrientationError> error, boolean heading, String summary) {}

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        List<FilterKind> filters = filters(command);
        if (beta != null && !(beta >= 0 && beta <= 10))
            throw new ParameterException(command.commandLine(), "--beta is between 0 and 10 rad/s");
        List<String> problems = new ArrayList<>();
        List<Path> files = files(problems);
        if (plot != null && files.size() != 1)
            throw new ParameterException(command.commandLine(), "--plot draws one recording, not " + files.size());
        List<Line> lines = new ArrayList<>();
        for (Path file : files) {
            try {
                lines.addAll(analyse(file, filters, err));
            } catch (ImuCsv.Refused e) {
                problems.addAll(e.problems());
            }
        }
        for (String problem : problems) err.println("carryover: " + problem);
        if (json) out.println(json(lines));
        else table(lines, filters, out);
        out.flush();
        err.flush();
        return problems.isEmpty() ? 0 : 1;
    }

    private List<FilterKind> filters(CommandSpec command) {
        if (names.isEmpty()) return List.of(FilterKind.values());
        return names.stream()
                .map(name -> FilterKind.named(name)
                        .orElseThrow(() -> new ParameterException(
                                command.commandLine(),
                                "no filter " + name + ": known are "
                                        + Arrays.stream(FilterKind.values())
                                                .map(FilterKind::filterName)
                                                .collect(Collectors.joining(", ")))))
                .distinct()
                .toList();
    }

    private List<Path> files(List<String> problems) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                List<Path> found = inside.filter(AnalyseImu::isTrial).sorted().toList();
                if (found.isEmpty()) problems.add(path + ": holds no recordings");
                files.addAll(found);
            } catch (IOException e) {
                problems.add(path + ": cannot be listed");
            }
        }
        return files;
    }

    /** A damaged .csv.gz is named as such; a table of something else beside the recordings is left aside. */
    private static boolean isTrial(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".csv.gz") || name.endsWith(".csv") && ImuCsv.isTrial(file);
    }

    private List<Line> analyse(Path file, List<FilterKind> filters, PrintWriter err) throws ImuCsv.Refused {
        ImuCsv.Trial trial = ImuCsv.read(file);
        String name = file.getFileName().toString();
        if (trial.leftOut() > 0)
            err.println("carryover: " + file + ": " + trial.leftOut() + " samples that are not finite left out");
        boolean heading = trial.recording().hasMagnetometer();
        List<Line> lines = new ArrayList<>();
        List<ImuPlot.Curve> curves = new ArrayList<>();
        for (FilterKind filter : filters) {
            OptionalDouble step = beta == null ? OptionalDouble.empty() : OptionalDouble.of(beta);
            double[] found = filter.orientations(trial.recording(), step, SensorTraits.USUAL);
            Optional<OrientationError> error =
                    trial.reference().flatMap(reference -> OrientationError.between(found, reference, trial.counted()));
            lines.add(
                    new Line(name, filter, error, heading && filter.seesHeading(), summary(trial.recording(), found)));
            curves.add(new ImuPlot.Curve(filter.filterName(), found));
        }
        if (plot != null) draw(plot, ImuPlot.svg(name, trial, curves));
        return lines;
    }

    private static void draw(Path plot, String svg) throws ImuCsv.Refused {
        try {
            Files.writeString(plot, svg);
        } catch (IOException e) {
            throw new ImuCsv.Refused(List.of(plot + ": cannot be written"));
        }
    }

    private static String summary(ImuRecording recording, double[] found) {
        int last = recording.samples() - 1;
        double seconds = recording.timeS(last) - recording.timeS(0);
        Quaternion end = Quaternion.at(found, 4 * last);
        return "%.1f s at %.1f Hz; in the end heading %.1f, inclination %.1f deg"
                .formatted(seconds, last / seconds, headingDeg(end), inclinationDeg(end));
    }

    /** Where the sensor's x axis points, degrees from east toward north. */
    static double headingDeg(Quaternion orientation) {
        double[] x = orientation.turn(1, 0, 0);
        return Math.toDegrees(Math.atan2(x[1], x[0]));
    }

    /** How far the sensor's z axis is from up. */
    static double inclinationDeg(Quaternion orientation) {
        return Math.toDegrees(Math.acos(Math.clamp(orientation.turn(0, 0, 1)[2], -1.0, 1.0)));
    }

    private static String json(List<Line> lines) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (Line line : lines) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("file", line.file());
            document.put("filter", line.filter().filterName());
            OrientationError error = line.error().orElse(null);
            document.put("totalDeg", error == null || !line.heading() ? null : round(error.totalDeg()));
            document.put("headingDeg", error == null || !line.heading() ? null : round(error.headingDeg()));
            document.put("inclinationDeg", error == null ? null : round(error.inclinationDeg()));
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

    private static void table(List<Line> lines, List<FilterKind> filters, PrintWriter out) {
        out.printf("%-48s %-16s %9s %9s %12s%n", "file", "filter", "total deg", "heading", "inclination");
        for (Line line : lines) row(out, line.file(), line.filter(), List.of(line), line.summary());
        for (FilterKind filter : filters) {
            List<Line> judged = lines.stream()
                    .filter(line -> line.filter() == filter && line.error().isPresent())
                    .toList();
            if (judged.size() > 1) row(out, "mean of " + judged.size(), filter, judged, "");
        }
    }

    private static void row(PrintWriter out, String file, FilterKind filter, List<Line> lines, String otherwise) {
        boolean judged = lines.stream().allMatch(line -> line.error().isPresent());
        if (!judged) {
            out.printf("%-48s %-16s %s%n", file, filter.filterName(), otherwise);
            return;
        }
        boolean heading = lines.stream().allMatch(Line::heading);
        List<OrientationError> errors =
                lines.stream().flatMap(line -> line.error().stream()).toList();
        double total = errors.stream()
                .mapToDouble(OrientationError::totalDeg)
                .average()
                .orElseThrow();
        double about = errors.stream()
                .mapToDouble(OrientationError::headingDeg)
                .average()
                .orElseThrow();
        double tilt = errors.stream()
                .mapToDouble(OrientationError::inclinationDeg)
                .average()
                .orElseThrow();
        out.printf(
                "%-48s %-16s %9s %9s %12.2f%n",
                file,
                filter.filterName(),
                heading ? "%.2f".formatted(total) : "",
                heading ? "%.2f".formatted(about) : "",
                tilt);
    }

    private static double round(double degrees) {
        return Math.round(degrees * 1e4) / 1e4;
    }
}
