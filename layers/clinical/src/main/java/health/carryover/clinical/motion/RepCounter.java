package health.carryover.clinical.motion;

import health.carryover.clinical.motion.MotionEvent.RepEnded;
import health.carryover.clinical.motion.MotionEvent.TrackingBack;
import health.carryover.clinical.motion.MotionEvent.TrackingLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts repetitions, frame by frame. Memory is bounded but for one small record a repetition; not for use by two
 * threads at once. A whole recording goes through the same engine: {@link #analyse}.
 *
 * <p>The primary angle of each side is smoothed ({@link Smoother}), then searched for excursions from rest and back
 * ({@link ExcursionFinder}). Every threshold is a fraction of a reference range: at first half of the usual or
 * prescribed one, then the person's own. At the end every excursion is judged by the person's own range: at least
 * {@value #FULL} of it is a full repetition, at least {@value #PARTIAL} a partial one, less is noise. A prescribed range
 * smaller than the person's own takes its place.
 */
public final class RepCounter {
    /** Share of the reference range from which a repetition is full. */
    static final double FULL = 0.55;
    /** Share of the reference range from which a movement is a partial repetition. */
    static final double PARTIAL = 0.25;
    /** Share of the usual or prescribed range below which nothing counts, whatever the person's own. */
    static final double FLOOR = 0.25;
    /** Gaps up to here are bridged without a word; up to {@link #LOST_MS} the repetition goes on, but is flagged. */
    static final long BRIDGED_MS = 300;

    static final long LOST_MS = 1_000;
    /** Below this visibility of its three landmarks a side is not seen. */
    static final double SEEN = 0.05;
    /** A side hardly seen, and seen less than half as well as the other, does not count on its own. */
    static final double WEAK = 0.5;

    static final double HARDLY = 0.4;
    /** From this visibility on, what a side does is evidence. */
    static final double SEEN_WELL = 0.3;
    /**
     * Correlation of left and right below which it is walking: there they go against each other, while in every squat,
     * bridge and stand of the recordings it is above 0.9.
     */
    static final double AGREEMENT = 0.6;
    /** Correlation above which a person who seems to have left the spot is believed to exercise: the camera may move. */
    static final double CLOSE_AGREEMENT = 0.8;
    /** Trunk lengths between start and end of a movement from which it is walking. */
    static final double TRAVEL = 0.75;

    private final Movement movement;
    private final Set<View> reliableViews;
    private final ImageSize size;
    private final OptionalDouble prescribedDeg;
    private final double expectedDeg;
    private final double sign;
    private final ViewEstimator view;
    private final Smoother[] smoothers = {new Smoother(), new Smoother()};
    private final Smoother[] visibilities = {new Smoother(), new Smoother()};
    private final Smoother hips = new Smoother();
    private final Smoother trunks = new Smoother();
    private final List<ExcursionFinder> finders;
    private final List<Excursion> waiting = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final Set<MotionFlag> flags = EnumSet.noneOf(MotionFlag.class);
    private @Nullable Excursion lastFound;
    private long lastSeenMs = -1;
    private boolean lost;
    private int framesGiven;
    private int framesWithPerson;
    private int framesWell;
    private double visibilitySum;
    private double reference;
    private int told;

    /** An excursion, or the two of both sides, that is a repetition once judged. */
    private record Found(Excursion excursion, Rep.Sides sides, double peak, double degrees, double visibility) {}

    /**
     * @param reliableViews the views from which the primary angle can be trusted
     * @param prescribedDeg the prescribed excursion from rest to peak, degrees, (0, 180]; empty if none is
     */
    public RepCounter(Movement movement, Set<View> reliableViews, ImageSize size, OptionalDouble prescribedDeg) {
        if (prescribedDeg.isPresent() && !(prescribedDeg.getAsDouble() > 0 && prescribedDeg.getAsDouble() <= 180))
            throw new IllegalArgumentException("prescribed range outside (0, 180] degrees");
        this.movement = movement;
        this.reliableViews = Set.copyOf(reliableViews);
        this.size = size;
        this.prescribedDeg = prescribedDeg;
        expectedDeg = Math.min(movement.usualRangeDeg(), prescribedDeg.orElse(180));
        reference = expectedDeg / 2;
        sign = movement.direction() == Movement.Direction.GROWS ? 1 : -1;
        view = new ViewEstimator(size);
        finders = movement.sides() == Movement.Sides.EITHER
                ? List.of(new ExcursionFinder(0), new ExcursionFinder(1))
                : List.of(new ExcursionFinder(0));
    }

    /** Counts a whole recording. */
    public static MotionReport analyse(
            Recording recording, Movement movement, Set<View> reliableViews, OptionalDouble prescribedDeg) {
        var counter = new RepCounter(movement, reliableViews, recording.size(), prescribedDeg);
        for (Frame frame : recording.frames()) counter.accept(frame);
        return counter.finish();
    }

    /**
     * Takes the next frame.
     * @throws IllegalArgumentException if its time is not after that of the last one with a person
     */
    public List<MotionEvent> accept(Frame frame) {
        List<MotionEvent> events = new ArrayList<>();
        framesGiven++;
        if (frame.hasPerson()) framesWithPerson++;
        double left = movement.joint().visibility(frame, Side.LEFT);
        double right = movement.joint().visibility(frame, Side.RIGHT);
        view.add(frame);
        double depth = movement.depth() ? view.depthFactor() : 0;
        double leftDeg = movement.joint().degrees(frame, size, Side.LEFT, depth);
        double rightDeg = movement.joint().degrees(frame, size, Side.RIGHT, depth);
        if (!frame.hasPerson() || Math.max(left, right) < SEEN || Double.isNaN(leftDeg) || Double.isNaN(rightDeg)) {
            unseen(frame.timeMs(), events);
            return events;
        }
        if (frame.timeMs() <= lastSeenMs) throw new IllegalArgumentException("frame times do not rise");
        unseen(frame.timeMs(), events);
        if (lost) {
            events.add(new TrackingBack(Duration.ofMillis(frame.timeMs())));
            lost = false;
        }
        lastSeenMs = frame.timeMs();
        visibilitySum += Math.max(left, right);
        if (Math.max(left, right) >= 0.5) framesWell++;
        smoothers[0].add(frame.timeMs(), sign * leftDeg);
        smoothers[1].add(frame.timeMs(), sign * rightDeg);
        visibilities[0].add(frame.timeMs(), left);
        visibilities[1].add(frame.timeMs(), right);
        hips.add(frame.timeMs(), (frame.x(Landmark.LEFT_HIP) + frame.x(Landmark.RIGHT_HIP)) / 2 * size.width());
        trunks.add(frame.timeMs(), trunk(frame));
        look(events);
        return events;
    }

    /** Ends the recording: judges every repetition by the person's own range. Call it once. */
    public MotionReport finish() {
        List<MotionEvent> events = new ArrayList<>();
        if (!lost && lastSeenMs >= 0) drain(events);
        endStretch(events);
        List<Rep> reps = new ArrayList<>();
        for (Found each : found.stream()
                .sorted(Comparator.comparing(f -> f.excursion().startMs()))
                .toList()) {
            Rep.@Nullable Kind kind = judge(each.degrees());
            if (kind != null) reps.add(rep(each, kind));
        }
        View seen = view.view();
        if (framesWithPerson == 0) flags.add(MotionFlag.NOBODY);
        else if (framesWell < framesWithPerson / 2) flags.add(MotionFlag.LOW_VISIBILITY);
        if (framesWithPerson > 0 && !reliableViews.contains(seen)) flags.add(MotionFlag.VIEW);
        double confidence = framesWithPerson == 0
                ? 0
                : visibilitySum / framesWithPerson * framesWithPerson / framesGiven * viewFactor(seen);
        return new MotionReport(seen, reps, found.isEmpty() ? 0 : reference, Math.clamp(confidence, 0, 1), flags);
    }

    /** Degrees seen from the wrong side are half trusted, from between or while turning by three quarters. */
    private double viewFactor(View seen) {
        if (reliableViews.contains(seen)) return 1;
        return seen == View.OBLIQUE || seen == View.MIXED ? 0.75 : 0.5;
    }

    private void unseen(long now, List<MotionEvent> events) {
        if (lastSeenMs < 0) return;
        long gap = now - lastSeenMs;
        if (gap > BRIDGED_MS && !lost) {
            lost = true;
            flags.add(MotionFlag.GAPS);
            events.add(new TrackingLost(Duration.ofMillis(lastSeenMs)));
            drain(events);
            clearSmoothers();
        }
        if (gap > LOST_MS) {
            endStretch(events);
        }
    }

    /** Smoothing lags: before tracking ends, the last frame is held for a fifth of a second. */
    private void drain(List<MotionEvent> events) {
        for (int step = 1; step <= 4; step++) {
            long time = lastSeenMs + 50L * step;
            for (Smoother smoother : smoothers) smoother.repeat(time);
            for (Smoother smoother : visibilities) smoother.repeat(time);
            hips.repeat(time);
            trunks.repeat(time);
            look(events);
        }
    }

    private void clearSmoothers() {
        for (Smoother smoother : smoothers) smoother.clear();
        for (Smoother smoother : visibilities) smoother.clear();
        hips.clear();
        trunks.clear();
    }

    private void look(List<MotionEvent> events) {
        double left = smoothers[0].value();
        double right = smoothers[1].value();
        double leftSeen = visibilities[0].value();
        double rightSeen = visibilities[1].value();
        long time = smoothers[0].timeMs();
        double hipX = hips.value();
        double trunk = trunks.value();
        for (int side = 0; side < finders.size(); side++) {
            ExcursionFinder finder = finders.get(side);
            double value = finders.size() == 1 ? together(left, leftSeen, right, rightSeen) : side == 0 ? left : right;
            double median = finders.size() == 1
                    ? together(smoothers[0].median(), leftSeen, smoothers[1].median(), rightSeen)
                    : smoothers[side].median();
            double seen = finders.size() == 1 ? Math.max(leftSeen, rightSeen) : side == 0 ? leftSeen : rightSeen;
            double other = finders.size() == 1 ? Math.min(leftSeen, rightSeen) : side == 0 ? rightSeen : leftSeen;
            Excursion ended = finder.add(
                    new ExcursionFinder.Sample(time, value, median, left, right, hipX, trunk, seen, other), reference);
            if (ended != null) ended(ended, events);
        }
        release(events);
    }

    /** Both sides, weighted by the square of their visibility: an occluded side is guessed by the tracker. */
    private static double together(double left, double leftSeen, double right, double rightSeen) {
        double l = leftSeen * leftSeen;
        double r = rightSeen * rightSeen;
        return (left * l + right * r) / (l + r);
    }

    private double trunk(Frame frame) {
        double dx = (frame.x(Landmark.LEFT_HIP)
                        + frame.x(Landmark.RIGHT_HIP)
                        - frame.x(Landmark.LEFT_SHOULDER)
                        - frame.x(Landmark.RIGHT_SHOULDER))
                / 2
                * size.width();
        double dy = (frame.y(Landmark.LEFT_HIP)
                        + frame.y(Landmark.RIGHT_HIP)
                        - frame.y(Landmark.LEFT_SHOULDER)
                        - frame.y(Landmark.RIGHT_SHOULDER))
                / 2
                * size.height();
        return Math.hypot(dx, dy);
    }

    private void ended(Excursion excursion, List<MotionEvent> events) {
        if (excursion.endMs() - excursion.startMs() < movement.shortest().toMillis()) return;
        if (walked(excursion)) {
            if (judge(excursion.degrees()) != null) flags.add(MotionFlag.WALKING);
            return;
        }
        if (finders.size() == 1) {
            keep(
                    new Found(excursion, Rep.Sides.BOTH, excursion.peak(), excursion.degrees(), excursion.visibility()),
                    events);
            return;
        }
        for (Excursion other : waiting) {
            if (other.channel() != excursion.channel() && other.overlap(excursion) >= 0.5) {
                waiting.remove(other);
                both(other, excursion, events);
                return;
            }
        }
        if (lastFound != null && lastFound.channel() != excursion.channel() && lastFound.overlap(excursion) >= 0.5)
            return;
        waiting.add(excursion);
    }

    private boolean walked(Excursion excursion) {
        boolean left = !movement.travels() && excursion.travel() > TRAVEL;
        boolean alike = movement.sides() == Movement.Sides.ALIKE;
        if (!alike || excursion.otherVisibility() < SEEN_WELL) return left;
        return excursion.agreement() < AGREEMENT || left && excursion.agreement() < CLOSE_AGREEMENT;
    }

    /** Emits what waits for the other side once that side is not in a movement that it could belong to. */
    private void release(List<MotionEvent> events) {
        for (Excursion excursion : List.copyOf(waiting)) {
            ExcursionFinder other = finders.get(1 - excursion.channel());
            if (!other.awaySince((excursion.startMs() + excursion.endMs()) / 2)) {
                waiting.remove(excursion);
                alone(excursion, events);
            }
        }
    }

    private void alone(Excursion excursion, List<MotionEvent> events) {
        if (excursion.visibility() < HARDLY && excursion.visibility() < WEAK * excursion.otherVisibility()) return;
        Rep.Sides side = excursion.channel() == 0 ? Rep.Sides.LEFT : Rep.Sides.RIGHT;
        keep(new Found(excursion, side, excursion.peak(), excursion.degrees(), excursion.visibility()), events);
    }

    private void both(Excursion a, Excursion b, List<MotionEvent> events) {
        boolean aLeads = a.visibility() >= WEAK * b.visibility()
                && (b.visibility() < WEAK * a.visibility() || a.degrees() >= b.degrees());
        Excursion leading = aLeads ? a : b;
        Excursion other = aLeads ? b : a;
        boolean alike = other.degrees() >= FULL * leading.degrees();
        if (!alike) {
            alone(leading, events);
            return;
        }
        double peak = together(a.peak(), a.visibility(), b.peak(), b.visibility());
        double seen = Math.max(a.visibility(), b.visibility());
        keep(new Found(leading, Rep.Sides.BOTH, peak, leading.degrees(), seen), events);
    }

    private void keep(Found each, List<MotionEvent> events) {
        lastFound = each.excursion();
        found.add(each);
        reference = ownRange();
        if (each.excursion().cutAtStart()) flags.add(MotionFlag.STARTED_MID_REP);
        if (each.excursion().cutAtEnd()) flags.add(MotionFlag.ENDED_MID_REP);
        Rep.@Nullable Kind kind = judge(each.degrees());
        if (kind != null) events.add(new RepEnded(++told, rep(each, kind)));
    }

    private Rep.@Nullable Kind judge(double degrees) {
        if (degrees < FLOOR * expectedDeg || degrees < PARTIAL * reference) return null;
        return degrees >= FULL * reference ? Rep.Kind.FULL : Rep.Kind.PARTIAL;
    }

    private Rep rep(Found each, Rep.Kind kind) {
        Excursion excursion = each.excursion();
        return new Rep(
                kind,
                each.sides(),
                Duration.ofMillis(Math.max(0, excursion.startMs())),
                Duration.ofMillis(Math.max(0, excursion.peakMs())),
                Duration.ofMillis(Math.max(0, excursion.endMs())),
                new Angle(sign * each.peak()),
                each.degrees(),
                new Tempo(
                        Duration.ofMillis(excursion.upMs()),
                        Duration.ofMillis(excursion.holdMs()),
                        Duration.ofMillis(excursion.downMs())),
                excursion.cutAtStart() || excursion.cutAtEnd(),
                Math.clamp(each.visibility(), 0, 1));
    }

    private void endStretch(List<MotionEvent> events) {
        for (ExcursionFinder finder : finders) {
            boolean away = judge(finder.riseSoFar()) != null;
            Excursion last = finder.end();
            if (last != null) ended(last, events);
            else if (away) flags.add(MotionFlag.ENDED_MID_REP);
        }
        if (finders.size() > 1) release(events);
    }

    /**
     * The range that movements are measured by, once something was found: the median of the person's own excursions,
     * weighted by their squares, so that a few small ones weigh little and one slip of the
     * tracker among many does not matter; a smaller prescribed range takes its place.
     */
    private double ownRange() {
        List<Double> degrees = new ArrayList<>();
        double total = 0;
        for (Found each : found) {
            degrees.add(each.degrees());
            total += each.degrees() * each.degrees();
        }
        degrees.sort(Comparator.reverseOrder());
        double seen = 0;
        for (double each : degrees) {
            seen += each * each;
            if (seen >= total / 2) return Math.min(Math.max(each, FLOOR * expectedDeg), prescribedDeg.orElse(180));
        }
        return expectedDeg / 2;
    }
}
