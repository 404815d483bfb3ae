package health.carryover.clinical.motion;

import health.carryover.clinical.motion.MotionEvent.RepEnded;
import health.carryover.clinical.motion.MotionEvent.TrackingBack;
import health.carryover.clinical.motion.MotionEvent.TrackingLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts repetitions, frame by frame.
 *
 * <p>The primary angle of each side is smoothed ({@link Smoother}), then searched for excursions from rest and back
 * ({@link ExcursionFinder}). Every threshold is a fraction of a reference range: the patient's own as calibrated or, at
 * first, half of the usual or prescribed one, then the person's own as seen; never more than prescribed. At least
 * {@value #PARTIAL} of it is a partial repetition, less is noise. Full is what reaches the prescribed range or, when
 * nothing is prescribed, {@value #FULL} of the person's own, by which all is judged anew at the end.
 */
public final class RepCounter implements MotionMeter {
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
    /** A camera difference under 10 degrees is never called one (notes on angles), of a small range not 15 %. */
    static final double ERROR_DEG = 10;

    static final double ERROR_SHARE = 0.15;
    /** Peaks of left and right further apart than this share of the shorter movement: they take turns. */
    static final double IN_TURN = 0.35;
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

    /** A trunk inclined more does not walk. */
    static final double UPRIGHT_DEG = 45;
    /** A movement that leaves the trunk inclined so much otherwise than before is one of lying down or getting up. */
    static final double POSTURE_DEG = 45;

    private final Movement movement;
    private final Set<View> reliableViews;
    private final ImageSize size;
    private final RangeGoal goal;
    private final List<Compensation> watched;
    private final double expectedDeg;
    private final double sign;
    private final ViewEstimator view;
    private final Smoother[] smoothers = {new Smoother(), new Smoother()};
    private final Smoother[] still; // of each watched compensation, left and right
    private final Smoother[] visibilities = {new Smoother(), new Smoother()};
    private final Smoother hips = new Smoother();
    private final Smoother trunks = new Smoother();
    private final Smoother inclinations = new Smoother();
    private final Trunk trunk = new Trunk();
    private final List<ExcursionFinder> finders;
    private final List<MotionEvent> events = new ArrayList<>(); // of the frame being looked at
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
     * @param watched what each repetition is to be looked at for
     */
    public RepCounter(
            Movement movement, Set<View> reliableViews, ImageSize size, RangeGoal goal, List<Compensation> watched) {
        this.movement = movement;
        this.reliableViews = Set.copyOf(reliableViews);
        this.size = size;
        this.goal = goal;
        this.watched = List.copyOf(watched);
        expectedDeg = Math.min(movement.usualRangeDeg(), goal.prescribedDeg().orElse(180));
        reference = goal.ownDeg().orElse(expectedDeg / 2);
        sign = movement.direction() == Movement.Direction.GROWS ? 1 : -1;
        view = new ViewEstimator(size);
        still = new Smoother[2 * watched.size()];
        for (int i = 0; i < still.length; i++) still[i] = new Smoother();
        finders = movement.sides() == Movement.Sides.EITHER ? List.of(finder(0), finder(1)) : List.of(finder(0));
    }

    private ExcursionFinder finder(int channel) {
        return new ExcursionFinder(channel, movement.leave(), movement.back(), watched.size());
    }

    /** Counts a whole recording. */
    public static MotionReport analyse(
            Recording recording,
            Movement movement,
            Set<View> reliableViews,
            RangeGoal goal,
            List<Compensation> watched) {
        return MotionMeter.measure(
                new RepCounter(movement, reliableViews, recording.size(), goal, watched), recording);
    }

    @Override
    public List<MotionEvent> accept(Frame frame) {
        events.clear();
        framesGiven++;
        if (frame.hasPerson()) framesWithPerson++;
        double left = movement.joint().visibility(frame, Side.LEFT);
        double right = movement.joint().visibility(frame, Side.RIGHT);
        view.add(frame);
        double depth = movement.depth() || size.isMetres() ? view.depthFactor() : 0;
        double leftDeg = movement.joint().degrees(frame, size, Side.LEFT, depth);
        double rightDeg = movement.joint().degrees(frame, size, Side.RIGHT, depth);
        if (!frame.hasPerson() || Math.max(left, right) < SEEN || Double.isNaN(leftDeg) || Double.isNaN(rightDeg)) {
            unseen(frame.timeMs());
            return told();
        }
        if (frame.timeMs() <= lastSeenMs) throw new IllegalArgumentException("frame times do not rise");
        unseen(frame.timeMs());
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
        for (int i = 0; i < still.length; i++) {
            double value = watched.get(i / 2).value(frame, size, i % 2 == 0 ? Side.LEFT : Side.RIGHT);
            if (Double.isFinite(value)) still[i].add(frame.timeMs(), value);
        }
        hips.add(frame.timeMs(), (frame.x(Landmark.LEFT_HIP) + frame.x(Landmark.RIGHT_HIP)) / 2 * size.width());
        trunk.look(frame, size);
        trunks.add(frame.timeMs(), trunk.length());
        inclinations.add(frame.timeMs(), trunk.inclinationDeg());
        look();
        return told();
    }

    /** Judges every repetition by the person's own range. */
    @Override
    public MotionReport finish() {
        events.clear();
        if (!lost && lastSeenMs >= 0) drain();
        endStretch();
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
                : visibilitySum / framesWithPerson * framesWithPerson / framesGiven * ViewEstimator.trust(reliableViews, seen);
        return new MotionReport(seen, reps, found.isEmpty() ? 0 : reference, Math.clamp(confidence, 0, 1), flags);
    }

    private List<MotionEvent> told() {
        return events.isEmpty() ? List.of() : List.copyOf(events);
    }

    private void unseen(long now) {
        if (lastSeenMs < 0) return;
        long gap = now - lastSeenMs;
        if (gap > BRIDGED_MS && !lost) {
            lost = true;
            flags.add(MotionFlag.GAPS);
            events.add(new TrackingLost(Duration.ofMillis(lastSeenMs)));
            drain();
            clearSmoothers();
        }
        if (gap > LOST_MS) {
            endStretch();
        }
    }

    /** Smoothing lags: before tracking ends, the last frame is held for a fifth of a second. */
    private void drain() {
        for (int step = 1; step <= 4; step++) {
            long time = lastSeenMs + 50L * step;
            for (Smoother smoother : smoothers) smoother.repeat(time);
            for (Smoother smoother : still) smoother.repeat(time);
            for (Smoother smoother : visibilities) smoother.repeat(time);
            hips.repeat(time);
            trunks.repeat(time);
            inclinations.repeat(time);
            look();
        }
    }

    private void clearSmoothers() {
        for (Smoother smoother : smoothers) smoother.clear();
        for (Smoother smoother : still) smoother.clear();
        for (Smoother smoother : visibilities) smoother.clear();
        hips.clear();
        trunks.clear();
        inclinations.clear();
    }

    private void look() {
        double left = smoothers[0].value();
        double right = smoothers[1].value();
        double leftSeen = visibilities[0].value();
        double rightSeen = visibilities[1].value();
        long time = smoothers[0].timeMs();
        double hipX = hips.value();
        for (int side = 0; side < finders.size(); side++) {
            ExcursionFinder finder = finders.get(side);
            double value = finders.size() == 1 ? together(left, leftSeen, right, rightSeen) : side == 0 ? left : right;
            double median = finders.size() == 1
                    ? together(smoothers[0].median(), leftSeen, smoothers[1].median(), rightSeen)
                    : smoothers[side].median();
            double seen = finders.size() == 1 ? Math.max(leftSeen, rightSeen) : side == 0 ? leftSeen : rightSeen;
            double other = finders.size() == 1 ? Math.min(leftSeen, rightSeen) : side == 0 ? rightSeen : leftSeen;
            int at = finder.room();
            Samples samples = finder.samples();
            samples.timeMs[at] = time;
            samples.value[at] = value;
            samples.median[at] = median;
            samples.left[at] = left;
            samples.right[at] = right;
            samples.hipX[at] = hipX;
            samples.trunk[at] = trunks.value();
            samples.inclination[at] = inclinations.value();
            for (int i = 0; i < still.length; i++) samples.still[i][at] = still[i].value();
            samples.visibility[at] = seen;
            samples.otherVisibility[at] = other;
            Excursion ended = finder.look(reference);
            if (ended != null) ended(ended);
        }
        release();
    }

    /** Both sides, weighted by the square of their visibility: an occluded side is guessed by the tracker. */
    private static double together(double left, double leftSeen, double right, double rightSeen) {
        double l = leftSeen * leftSeen;
        double r = rightSeen * rightSeen;
        return (left * l + right * r) / (l + r);
    }

    private void ended(Excursion excursion) {
        if (excursion.endMs() - excursion.startMs() < movement.shortest().toMillis()) return;
        if (walked(excursion) || changedPosture(excursion)) {
            if (judge(excursion.degrees()) != null) flags.add(MotionFlag.MOVED_ABOUT);
            return;
        }
        if (finders.size() == 1) {
            keep(new Found(
                    excursion, Rep.Sides.BOTH, excursion.peak(), excursion.degrees(), excursion.visibility()));
            return;
        }
        if (lastFound == null || lastFound.channel() == excursion.channel() || lastFound.overlap(excursion) < 0.5)
            waiting.add(excursion);
    }

    private static boolean changedPosture(Excursion excursion) {
        return excursion.turned() > POSTURE_DEG && !excursion.cutAtStart() && !excursion.cutAtEnd();
    }

    private boolean walked(Excursion excursion) {
        boolean upright = excursion.inclination() < UPRIGHT_DEG;
        boolean left = !movement.travels() && upright && excursion.travel() > TRAVEL;
        boolean alike = movement.sides() == Movement.Sides.ALIKE;
        if (!alike || excursion.otherVisibility() < SEEN_WELL) return left;
        return excursion.agreement() < AGREEMENT || left && excursion.agreement() < CLOSE_AGREEMENT;
    }

    /** Judges what waits for the other side once that side is not in a movement that it could belong to. */
    private void release() {
        for (int i = 0; i < waiting.size(); i++) {
            Excursion excursion = waiting.get(i);
            ExcursionFinder other = finders.get(1 - excursion.channel());
            if (other.awaySince((excursion.startMs() + excursion.endMs()) / 2)) continue;
            Excursion partner = largestBeside(excursion);
            waiting.remove(excursion);
            if (partner == null) alone(excursion);
            else {
                waiting.remove(partner);
                both(excursion, partner);
            }
            i = -1; // the list has changed
        }
    }

    private @Nullable Excursion largestBeside(Excursion excursion) {
        Excursion largest = null;
        for (int j = 0; j < waiting.size(); j++) {
            Excursion each = waiting.get(j);
            if (each.channel() == excursion.channel() || each.overlap(excursion) < 0.5) continue;
            if (largest == null || each.degrees() > largest.degrees()) largest = each;
        }
        return largest;
    }

    private void alone(Excursion excursion) {
        if (excursion.visibility() < HARDLY && excursion.visibility() < WEAK * excursion.otherVisibility()) return;
        Rep.Sides side = excursion.channel() == 0 ? Rep.Sides.LEFT : Rep.Sides.RIGHT;
        keep(new Found(excursion, side, excursion.peak(), excursion.degrees(), excursion.visibility()));
    }

    private void both(Excursion a, Excursion b) {
        boolean aLeads = a.visibility() >= WEAK * b.visibility()
                && (b.visibility() < WEAK * a.visibility() || a.degrees() >= b.degrees());
        Excursion leading = aLeads ? a : b;
        Excursion other = aLeads ? b : a;
        boolean alike = other.degrees() >= FULL * leading.degrees();
        if (!alike) { // what the other side does beside it is the tracker, or the body's balance
            alone(leading);
            waiting.removeIf(each -> each.channel() != leading.channel() && each.overlap(leading) >= 0.5);
            return;
        }
        if (inTurn(a, b)) {
            alone(a.peakMs() < b.peakMs() ? a : b);
            alone(a.peakMs() < b.peakMs() ? b : a);
            return;
        }
        double peak = together(a.peak(), a.visibility(), b.peak(), b.visibility());
        double seen = Math.max(a.visibility(), b.visibility());
        keep(new Found(leading, Rep.Sides.BOTH, peak, leading.degrees(), seen));
    }

    /** Whether left and right take turns, one rising while the other sinks, instead of moving together. */
    private static boolean inTurn(Excursion a, Excursion b) {
        long shorter = Math.min(a.endMs() - a.startMs(), b.endMs() - b.startMs());
        return Math.abs(a.peakMs() - b.peakMs()) > IN_TURN * shorter;
    }

    private void keep(Found each) {
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
        double full = goal.prescribedDeg().isPresent() ? reaching(goal.prescribedDeg().getAsDouble()) : FULL * reference;
        return degrees >= full ? Rep.Kind.FULL : Rep.Kind.PARTIAL;
    }

    /** From where the prescribed range counts as reached: less what a camera errs. */
    static double reaching(double prescribedDeg) {
        return prescribedDeg - Math.min(ERROR_DEG, ERROR_SHARE * prescribedDeg);
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
                Math.clamp(each.visibility(), 0, 1),
                strays(excursion, each.sides()));
    }

    private Map<Compensation, Double> strays(Excursion excursion, Rep.Sides sides) {
        Map<Compensation, Double> strays = new EnumMap<>(Compensation.class);
        for (int i = 0; i < watched.size(); i++) {
            boolean oneWay = watched.get(i).oneWay();
            double left = stray(excursion.strays(), 4 * i, oneWay);
            double right = stray(excursion.strays(), 4 * i + 2, oneWay);
            strays.put(watched.get(i), switch (sides) {
                case LEFT -> left;
                case RIGHT -> right;
                case BOTH -> Math.max(left, right);
            });
        }
        return strays;
    }

    private static double stray(double[] strays, int at, boolean oneWay) {
        return oneWay ? strays[at] : Math.max(strays[at], strays[at + 1]);
    }

    private void endStretch() {
        for (ExcursionFinder finder : finders) {
            boolean away = judge(finder.riseSoFar()) != null;
            Excursion last = finder.end();
            if (last != null) ended(last);
            else if (away) flags.add(MotionFlag.ENDED_MID_REP);
        }
        if (finders.size() > 1) release();
    }

    /**
     * The range that movements are measured by, once something was found: the median of the person's own excursions,
     * weighted by their squares, so that a few small ones weigh little and one slip of the
     * tracker among many does not matter; a smaller prescribed range takes its place.
     */
    private double ownRange() {
        if (goal.ownDeg().isPresent())
            return Math.min(goal.ownDeg().getAsDouble(), goal.prescribedDeg().orElse(180));
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
            if (seen >= total / 2) return Math.min(Math.max(each, FLOOR * expectedDeg), goal.prescribedDeg().orElse(180));
        }
        return expectedDeg / 2;
    }
}
