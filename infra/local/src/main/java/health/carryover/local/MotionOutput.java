package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Rep;
import health.carryover.local.RecordingIndex.Counted;
import health.carryover.local.RecordingIndex.Entry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code analyse motion} prints: a table for people, a document for programs. */
final class MotionOutput {
    private MotionOutput() {}

    /** A recording and what was found in it. */
    record Line(MotionSource source, Exercise exercise, MotionReport report) {}

    static String json(List<Line> lines) {
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
                    "tempoS", report.full().stream().map(MotionOutput::tempo).toList());
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

    static void table(List<Line> lines, PrintWriter out) {
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
        return report.flags().stream().sorted().map(MotionOutput::lower).toList();
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
