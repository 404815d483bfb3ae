package health.carryover.bench;

import health.carryover.clinical.body.Move;
import health.carryover.clinical.body.TrueRep;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far the peak angles that were reported are from the true ones, by joint and view. */
final class AngleErrors {
    /** Degrees; a true extension beyond straight is told without its sign, as the camera's angle is. */
    record Pair(double truth, double measured) {
        double error() {
            return measured - truth;
        }
    }

    private record Key(String joint, View view) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::joint).thenComparing(Key::view).compare(this, other);
        }
    }

    private final Map<Key, List<Double>> errors = new TreeMap<>();

    /** Each full true repetition with the one found at its peak, if any. */
    static List<Pair> pairs(List<TrueRep> reps, MotionReport report, Move move) {
        List<Pair> pairs = new ArrayList<>();
        for (TrueRep rep : reps) {
            if (rep.share() < 0.7 || rep.cut()) continue;
            Optional<Rep> found = report.reps().stream()
                    .filter(r ->
                            r.start().compareTo(rep.peakAt()) < 0 && r.end().compareTo(rep.peakAt()) > 0)
                    .findFirst();
            found.ifPresent(
                    r -> pairs.add(new Pair(Math.abs(rep.peakDeg()), r.peak().degrees())));
        }
        return pairs;
    }

    void add(CountSweep.Outcome outcome) {
        List<Double> cell = errors.computeIfAbsent(
                new Key(outcome.move().primary().name(), outcome.view()), _ -> new ArrayList<>());
        outcome.angles().forEach(pair -> cell.add(pair.error()));
    }

    /** Bias, SD, root mean square and the 95th percentile of the size, degrees. */
    String table() {
        var text = new StringBuilder("%-20s %-8s %6s %7s %6s %6s %6s%n"
                .formatted("peak angle", "view", "reps", "bias", "SD", "RMSE", "p95"));
        errors.forEach((key, list) -> {
            if (list.isEmpty()) return;
            double mean = list.stream().mapToDouble(d -> d).average().orElse(0);
            double square = list.stream().mapToDouble(d -> d * d).average().orElse(0);
            double[] size = list.stream().mapToDouble(Math::abs).sorted().toArray();
            text.append("%-20s %-8s %6d %+7.1f %6.1f %6.1f %6.1f%n"
                    .formatted(
                            key.joint(),
                            key.view(),
                            list.size(),
                            mean,
                            Math.sqrt(Math.max(0, square - mean * mean)),
                            Math.sqrt(square),
                            size[(int) (0.95 * (size.length - 1))]));
        });
        return text.toString();
    }
}
