package health.carryover.clinical.motion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what was found: none, partial or full, by a reference range: the patient's own as calibrated or, at first, half of
 * the usual or prescribed one, then the person's own as seen; never more than prescribed. At least {@value #PARTIAL} of it
 * is a partial repetition, less is noise. Full is what reaches the prescribed range or, when nothing is prescribed,
 * {@value #FULL} of the person's own.
 */
final class RepJudge {
    /** Share of the reference range from which a repetition is full. */
    static final double FULL = 0.62;
    /** Share of the reference range from which a movement is a partial repetition. */
    static final double PARTIAL = 0.2;
    /** Share of the usual or prescribed range below which nothing counts, whatever the person's own. */
    static final double FLOOR = 0.25;
    /** Share of the usual range from which a repetition is full when neither prescription nor calibration is known. */
    static final double USUAL = 0.38;
    /** Less is not told from the tracker's errors. */
    static final double LEAST_DEG = 8;
    /** A camera difference under 10 degrees is never called one (notes on angles), of a small range not 15 %. */
    static final double ERROR_DEG = 10;

    static final double ERROR_SHARE = 0.15;
    /** A movement less than so many standard deviations of what the signal does at rest is none. */
    static final double WANDERS = 3;
    /** The same for a partial one: the tracker's slow errors look like it. */
    static final double PARTIAL_WANDERS = 4;
    /** The same for a side that is badly seen. */
    static final double DOUBTFUL_WANDERS = 6;

    static final double DOUBTFUL_WEIGHT = 0.1;
    /** Fewer repetitions of a badly seen side than this share of the certain ones are the tracker's. */
    static final double IN_TURN_SHARE = 0.5;

    private final RangeGoal goal;
    private final double expectedDeg;
    private final ExcursionFinder[] channels;
    private final List<Found> found = new ArrayList<>();
    private double reference;

    /** @param channels what each found excursion came from: they know how much the signal wanders at rest */
    RepJudge(Movement movement, RangeGoal goal, ExcursionFinder[] channels) {
        this.goal = goal;
        this.channels = channels;
        expectedDeg = Math.min(movement.usualRangeDeg(), goal.prescribedDeg().orElse(180));
        reference = goal.ownDeg().orElse(expectedDeg / 2);
    }

    /** The range that movements are measured by now, degrees. */
    double reference() {
        return reference;
    }

    /** What even a badly seen side must move to be believed, degrees. */
    double farDeg() {
        return FULL * Math.max(expectedDeg, reference);
    }

    void add(Found each) {
        found.add(each);
        reference = ownRange();
    }

    /** The range that was judged by, degrees; 0 when nothing was found. */
    double ownRangeDeg() {
        return found.isEmpty() ? 0 : reference;
    }

    /** What it is by what is known so far; null: none. */
    Rep.@Nullable Kind kind(Found each) {
        Rep.@Nullable Kind kind = kind(each.degrees());
        if (kind == null || each.degrees() < wanders(each, kind) * wander(each)) return null;
        return each.excursion().whole() ? kind : Rep.Kind.NOT_SEEN;
    }

    Rep.@Nullable Kind kind(double degrees) {
        boolean floor = reference < USUAL * expectedDeg && degrees < FLOOR * expectedDeg;
        if (floor || degrees < PARTIAL * reference || degrees < LEAST_DEG) return null;
        double full = goal.prescribedDeg().isPresent()
                ? reaching(goal.prescribedDeg().getAsDouble())
                : Math.max(FULL * reference, goal.ownDeg().isPresent() ? 0 : USUAL * expectedDeg);
        return degrees >= full ? Rep.Kind.FULL : Rep.Kind.PARTIAL;
    }

    /** A found movement and what it is in the end. */
    record Judged(Found found, Rep.Kind kind) {}

    /** All that was found, oldest first, judged by the person's own range and by each other. */
    List<Judged> all() {
        if (!found.isEmpty()) reference = ownRange(); // what the signal does at rest is known better by now
        List<Judged> judged = new ArrayList<>();
        for (Found each : found) {
            Rep.@Nullable Kind kind = kind(each);
            if (kind != null) judged.add(new Judged(each, kind));
        }
        judged.sort(Comparator.comparing(each -> each.found().excursion().startMs()));
        long certain = full(judged, false);
        long doubtful = full(judged, true);
        // otherwise the sides take turns, or only the hidden one moves
        if (doubtful == 0 || doubtful < IN_TURN_SHARE * certain)
            judged.removeIf(each -> each.found().isDoubtful());
        judged.removeIf(each ->
                each.kind() == Rep.Kind.PARTIAL && isIdleSide(each.found().sides(), judged));
        return judged;
    }

    /** A side that never goes as far as the other does not exercise: it balances, or the tracker wanders. */
    private static boolean isIdleSide(Rep.Sides sides, List<Judged> judged) {
        boolean any = false;
        for (Judged each : judged) {
            if (each.kind() != Rep.Kind.FULL) continue;
            any = true;
            if (sides == Rep.Sides.BOTH
                    || each.found().sides() == Rep.Sides.BOTH
                    || each.found().sides() == sides) return false;
        }
        return any;
    }

    private static long full(List<Judged> judged, boolean doubtful) {
        return judged.stream()
                .filter(each -> each.kind() == Rep.Kind.FULL && each.found().isDoubtful() == doubtful)
                .count();
    }

    /** From where the prescribed range counts as reached: less what a camera errs. */
    static double reaching(double prescribedDeg) {
        return prescribedDeg - Math.min(ERROR_DEG, ERROR_SHARE * prescribedDeg);
    }

    private static double wanders(Found each, Rep.Kind kind) {
        if (each.isDoubtful()) return DOUBTFUL_WANDERS;
        return kind == Rep.Kind.PARTIAL ? PARTIAL_WANDERS : WANDERS;
    }

    private double wander(Found each) {
        return channels[each.excursion().channel()].wanderDeg();
    }

    /**
     * The range that movements are measured by, once something was found: the median of the person's own excursions,
     * weighted by their squares, so that a few small ones weigh little and one slip of the tracker among many does not
     * matter; a smaller prescribed range takes its place.
     */
    private double ownRange() {
        if (goal.ownDeg().isPresent())
            return Math.min(goal.ownDeg().getAsDouble(), goal.prescribedDeg().orElse(180));
        List<Found> largestFirst = found.stream()
                .filter(each -> each.degrees() >= FLOOR * expectedDeg
                        && each.degrees() >= wanders(each, Rep.Kind.FULL) * wander(each))
                .sorted(Comparator.comparingDouble(Found::degrees).reversed())
                .toList();
        double half = largestFirst.stream().mapToDouble(RepJudge::weight).sum() / 2;
        double seen = 0;
        for (Found each : largestFirst) {
            seen += weight(each);
            if (seen >= half)
                return Math.min(
                        Math.max(each.degrees(), FLOOR * expectedDeg),
                        goal.prescribedDeg().orElse(180));
        }
        return expectedDeg / 2;
    }

    private static double weight(Found each) {
        return each.degrees() * each.degrees() * (each.isDoubtful() ? DOUBTFUL_WEIGHT : 1);
    }
}
