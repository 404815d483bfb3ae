package health.carryover.clinical.motion;

import health.carryover.clinical.motion.MotionEvent.RepEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes repetitions of the excursions of one signal, or of two, left and right: leaves out what is none, puts together
 * what both sides did at once, and judges what is full and what partial.
 *
 * <p>Every threshold is a fraction of a reference range: the patient's own as calibrated or, at first, half of the usual
 * or prescribed one, then the person's own as seen; never more than prescribed. At least {@value #PARTIAL} of it is a
 * partial repetition, less is noise. Full is what reaches the prescribed range or, when nothing is prescribed,
 * {@value #FULL} of the person's own, by which all is judged anew at the end.
 */
final class RepFinder {
    /** Share of the reference range from which a repetition is full. */
    static final double FULL = 0.62;
    /** Share of the reference range from which a movement is a partial repetition. */
    static final double PARTIAL = 0.25;
    /** Share of the usual or prescribed range below which nothing counts, whatever the person's own. */
    static final double FLOOR = 0.25;
    /** Share of the usual range from which a repetition is full when neither prescription nor calibration is known. */
    static final double USUAL = 0.38;
    /** Less is not told from the tracker's errors. */
    static final double LEAST_DEG = 10;
    /** A camera difference under 10 degrees is never called one (notes on angles), of a small range not 15 %. */
    static final double ERROR_DEG = 10;

    static final double ERROR_SHARE = 0.15;
    /** A side hardly seen, and seen less than half as well as the other, does not count on its own. */
    static final double WEAK = 0.5;

    static final double HARDLY = 0.4;
    /** Peaks of left and right further apart than this share of the shorter movement: they take turns. */
    static final double IN_TURN = 0.35;
    /** Movements of left and right that share at least half of the shorter one's time belong together. */
    static final double BESIDE = 0.5;
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
    /** A movement less than so many standard deviations of what the signal does at rest is none. */
    static final double WANDERS = 3;
    /** The same for a side seen less than three quarters as well as the other. */
    static final double DOUBTFUL_WANDERS = 6;

    static final double DOUBTFUL = 0.75;
    static final double DOUBTFUL_WEIGHT = 0.1;
    /** Fewer repetitions of a side so seen than this share of the certain ones are the tracker's. */
    static final double IN_TURN_SHARE = 0.5;
    /** Trunk lengths a second from which it is walking, if the hips went further than a slip of the tracker. */
    static final double SPEED = 0.6;

    static final double SLIP = 0.3;
    /** A trunk inclined more does not walk. */
    static final double UPRIGHT_DEG = 45;
    /** A movement that leaves the trunk inclined so much otherwise than before is one of lying down or getting up. */
    static final double POSTURE_DEG = 45;
    /** A trunk that bends more takes the arms with it. */
    static final double BENDING_DEG = 35;

    private final Movement movement;
    private final RangeGoal goal;
    private final List<Compensation> watched;
    private final Set<MotionFlag> flags;
    private final List<MotionEvent> events;
    private final double expectedDeg;
    private final double sign;
    private final ExcursionFinder[] channels;
    private final Rep.Sides single; // whose the only channel is
    private final List<Excursion> waiting = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private @Nullable Excursion lastFound;
    private double reference;
    private int told;

    /** An excursion, or the two of both sides, that is a repetition once judged. */
    private record Found(Excursion excursion, Rep.Sides sides, double peak, double degrees, double visibility) {}

    /**
     * @param onlySide the side that the only signal is of; null: as many signals as the movement has sides
     * @param flags where it says what it left out
     * @param events where it says which repetition ended
     */
    RepFinder(
            Movement movement,
            RangeGoal goal,
            List<Compensation> watched,
            Rep.@Nullable Sides onlySide,
            Set<MotionFlag> flags,
            List<MotionEvent> events) {
        this.movement = movement;
        this.goal = goal;
        this.watched = watched;
        this.flags = flags;
        this.events = events;
        expectedDeg = Math.min(movement.usualRangeDeg(), goal.prescribedDeg().orElse(180));
        reference = goal.ownDeg().orElse(expectedDeg / 2);
        sign = movement.direction() == Movement.Direction.GROWS ? 1 : -1;
        single = onlySide == null ? Rep.Sides.BOTH : onlySide;
        channels = new ExcursionFinder[onlySide == null && movement.sides() == Movement.Sides.EITHER ? 2 : 1];
        for (int i = 0; i < channels.length; i++)
            channels[i] = new ExcursionFinder(i, movement.leave(), movement.back(), watched.size());
    }

    /** One, or two: left and right. */
    int channels() {
        return channels.length;
    }

    /** What the primary angle is multiplied by so that it grows towards the peak. */
    double sign() {
        return sign;
    }

    /** The channel to fill the next sample of. */
    ExcursionFinder channel(int channel) {
        return channels[channel];
    }

    /** Looks at the sample that was just filled in each channel. */
    void look() {
        for (ExcursionFinder channel : channels) {
            Excursion ended = channel.look(reference);
            if (ended != null) ended(ended);
        }
        if (channels.length > 1) release();
    }

    /** What was found, oldest first, judged by the person's own range. */
    List<Rep> reps() {
        if (!found.isEmpty()) reference = ownRange(); // what the signal does at rest is known better by now
        long certain = found.stream()
                .filter(each -> !isDoubtful(each) && judge(each) == Rep.Kind.FULL)
                .count();
        long doubtful = found.stream()
                .filter(each -> isDoubtful(each) && judge(each) == Rep.Kind.FULL)
                .count();
        boolean believed = doubtful >= IN_TURN_SHARE * certain; // the sides take turns, or only the hidden one moves
        List<Rep> reps = new ArrayList<>();
        for (Found each : found.stream()
                .sorted(Comparator.comparing(f -> f.excursion().startMs()))
                .toList()) {
            Rep.@Nullable Kind kind = judge(each);
            if (kind != null && (believed || !isDoubtful(each))) reps.add(rep(each, kind));
        }
        return reps;
    }

    /** The range that was judged by, degrees; 0 when nothing was found. */
    double ownRangeDeg() {
        return found.isEmpty() ? 0 : reference;
    }

    /** Both sides, weighted by the square of their visibility: an occluded side is guessed by the tracker. */
    static double together(double left, double leftSeen, double right, double rightSeen) {
        double l = leftSeen * leftSeen;
        double r = rightSeen * rightSeen;
        return (left * l + right * r) / (l + r);
    }

    private void ended(Excursion excursion) {
        if (excursion.endMs() - excursion.startMs() < movement.shortest().toMillis()) return;
        if (walked(excursion) || changedPosture(excursion) || !isInPosture(excursion) || isTrunkBending(excursion)) {
            if (judge(excursion.degrees()) != null) flags.add(MotionFlag.MOVED_ABOUT);
            return;
        }
        if (channels.length == 1) {
            keep(new Found(excursion, single, excursion.peak(), excursion.degrees(), excursion.visibility()));
            return;
        }
        if (lastFound == null || lastFound.channel() == excursion.channel() || lastFound.overlap(excursion) < BESIDE)
            waiting.add(excursion);
    }

    private static boolean changedPosture(Excursion excursion) {
        return excursion.turned() > POSTURE_DEG && !excursion.cutAtStart() && !excursion.cutAtEnd();
    }

    /** An arm that hangs while the trunk bends is not raised. */
    private boolean isTrunkBending(Excursion excursion) {
        return movement.joint().isOfTheArm() && excursion.bent() > BENDING_DEG;
    }

    /** One end of it is enough: after the last repetition people bend to the phone. */
    private boolean isInPosture(Excursion excursion) {
        boolean before = movement.posture().allows(excursion.inclinationBefore());
        boolean after = movement.posture().allows(excursion.inclinationAfter());
        return before || after;
    }

    private boolean walked(Excursion excursion) {
        boolean upright = Math.min(excursion.inclinationBefore(), excursion.inclinationAfter()) < UPRIGHT_DEG;
        double seconds = (excursion.endMs() - excursion.startMs()) / 1000.0;
        boolean fast = excursion.travel() > SLIP && excursion.travel() > SPEED * seconds;
        boolean left = !movement.travels() && upright && (excursion.travel() > TRAVEL || fast);
        boolean alike = movement.sides() == Movement.Sides.ALIKE;
        if (!alike || excursion.otherVisibility() < SEEN_WELL) return left;
        return excursion.agreement() < AGREEMENT || left && excursion.agreement() < CLOSE_AGREEMENT;
    }

    /** Judges what waits for the other side once that side is not in a movement that it could belong to. */
    private void release() {
        for (int i = 0; i < waiting.size(); i++) {
            Excursion excursion = waiting.get(i);
            ExcursionFinder other = channels[1 - excursion.channel()];
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
            if (each.channel() == excursion.channel() || each.overlap(excursion) < BESIDE) continue;
            if (largest == null || each.degrees() > largest.degrees()) largest = each;
        }
        return largest;
    }

    private void alone(Excursion excursion) {
        if (isGuess(excursion) && excursion.degrees() < FULL * Math.max(expectedDeg, reference)) return;
        Rep.Sides side = excursion.channel() == 0 ? Rep.Sides.LEFT : Rep.Sides.RIGHT;
        keep(new Found(excursion, side, excursion.peak(), excursion.degrees(), excursion.visibility()));
    }

    /** A hidden side is guessed by the tracker: believed only when it moves far. */
    private static boolean isGuess(Excursion excursion) {
        return excursion.visibility() < HARDLY && excursion.visibility() < WEAK * excursion.otherVisibility();
    }

    private void both(Excursion a, Excursion b) {
        boolean aLeads = a.visibility() >= WEAK * b.visibility()
                && (b.visibility() < WEAK * a.visibility() || a.degrees() >= b.degrees());
        Excursion leading = aLeads ? a : b;
        Excursion other = aLeads ? b : a;
        boolean alike = other.degrees() >= FULL * leading.degrees();
        if (!alike) { // what the other side does beside it is the tracker, or the body's balance
            alone(leading);
            waiting.removeIf(each -> each.channel() != leading.channel() && each.overlap(leading) >= BESIDE);
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
        Rep.@Nullable Kind kind = judge(each);
        if (kind == null) return;
        if (kind != Rep.Kind.NOT_SEEN) told++;
        events.add(new RepEnded(told, rep(each, kind)));
    }

    private Rep.@Nullable Kind judge(Found each) {
        if (!isMovement(each)) return null;
        Rep.@Nullable Kind kind = judge(each.degrees());
        if (kind == Rep.Kind.PARTIAL && isDoubtful(each)) return null; // the tracker guesses that much
        return kind != null && !each.excursion().whole() ? Rep.Kind.NOT_SEEN : kind;
    }

    /** More than what the signal does while nothing moves. */
    private boolean isMovement(Found each) {
        double wander = channels[each.excursion().channel()].wanderDeg();
        return each.degrees() >= (isDoubtful(each) ? DOUBTFUL_WANDERS : WANDERS) * wander;
    }

    /** Both sides doing the same is evidence, however badly one is seen. */
    private static boolean isDoubtful(Found each) {
        Excursion excursion = each.excursion();
        return each.sides() != Rep.Sides.BOTH && excursion.visibility() < DOUBTFUL * excursion.otherVisibility();
    }

    private Rep.@Nullable Kind judge(double degrees) {
        if (degrees < FLOOR * expectedDeg || degrees < PARTIAL * reference || degrees < LEAST_DEG) return null;
        double full = goal.prescribedDeg().isPresent()
                ? reaching(goal.prescribedDeg().getAsDouble())
                : Math.max(FULL * reference, goal.ownDeg().isPresent() ? 0 : USUAL * expectedDeg);
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
            strays.put(
                    watched.get(i),
                    switch (sides) {
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

    /** Tracking or the recording ends: what is under way is looked at as far as it was seen. */
    void endStretch() {
        for (ExcursionFinder finder : channels) {
            boolean away = judge(finder.riseSoFar()) != null;
            Excursion last = finder.end();
            if (last != null) ended(last);
            else if (away) flags.add(MotionFlag.ENDED_MID_REP);
        }
        if (channels.length > 1) release();
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
                .filter(each -> each.degrees() >= FLOOR * expectedDeg && isMovement(each))
                .sorted(Comparator.comparingDouble(Found::degrees).reversed())
                .toList();
        double half = largestFirst.stream().mapToDouble(RepFinder::weight).sum() / 2;
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
        return each.degrees() * each.degrees() * (isDoubtful(each) ? DOUBTFUL_WEIGHT : 1);
    }
}
