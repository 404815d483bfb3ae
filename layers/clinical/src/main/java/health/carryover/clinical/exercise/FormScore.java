package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How well repetitions were done, 0-100, and what that is made of: it never changes whether they count. The total is the
 * mean of the parts, weighted; a part that could not be judged is left out instead of being given.
 * Weights and formulas are our own choice.
 */
public record FormScore(int total, List<Part> parts) {
    /** What is judged. */
    public enum What {
        /** Mean share of the goal that the repetitions reached, at most all of it each. */
        RANGE(50),
        /** Mean share of the wanted time on the way there and back, and at the peak where a hold is wanted. */
        TEMPO(20),
        /** Share of repetitions in which nothing strayed beyond its limit. */
        STABILITY(30);

        private final int weight;

        What(int weight) {
            this.weight = weight;
        }

        public int weight() {
            return weight;
        }
    }

    /** @param score 0-100 */
    public record Part(What what, int score) {}

    public FormScore {
        parts = List.copyOf(parts);
    }

    /**
     * Scores the repetitions of one exercise.
     * @param goalDeg excursion that makes a repetition full, degrees, more than 0
     * @param view from where they were seen: checks that cannot be seen from there are not judged
     * @return empty if there are no repetitions
     */
    public static Optional<FormScore> of(
            List<Rep> reps, double goalDeg, TempoGoal tempo, List<StabilityCheck> checks, View view) {
        if (!(goalDeg > 0)) throw new IllegalArgumentException("goal not above 0 degrees");
        List<Rep> counted =
                reps.stream().filter(rep -> rep.kind() != Rep.Kind.NOT_SEEN).toList();
        if (counted.isEmpty()) return Optional.empty();
        List<Part> parts = new ArrayList<>();
        parts.add(part(What.RANGE, counted.stream().mapToDouble(rep -> Math.min(1, rep.excursionDeg() / goalDeg))));
        List<Rep> whole = counted.stream().filter(rep -> !rep.cut()).toList();
        if (!whole.isEmpty()) parts.add(part(What.TEMPO, whole.stream().mapToDouble(rep -> tempo.share(rep.tempo()))));
        List<StabilityCheck> judged = checks.stream()
                .filter(check -> check.on() && check.compensation().views().contains(view))
                .toList();
        if (!judged.isEmpty())
            parts.add(part(What.STABILITY, counted.stream().mapToDouble(rep -> isStable(rep, judged) ? 1 : 0)));
        double sum = 0;
        double weights = 0;
        for (Part part : parts) {
            sum += part.score() * part.what().weight();
            weights += part.what().weight();
        }
        return Optional.of(new FormScore((int) Math.round(sum / weights), parts));
    }

    private static Part part(What what, DoubleStream shares) {
        return new Part(what, (int) Math.round(100 * shares.average().orElseThrow()));
    }

    private static boolean isStable(Rep rep, List<StabilityCheck> checks) {
        return checks.stream().noneMatch(check -> check.isExceededBy(rep));
    }
}
