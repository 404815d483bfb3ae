package health.carryover.clinical.motion;

import health.carryover.clinical.motion.MotionEvent.RepEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes repetitions of the excursions of one signal, or of two, left and right: leaves out what is none
 * ({@link MovingAbout}), puts together what both sides did at once, and has it judged ({@link RepJudge}).
 */
final class RepFinder {
    /** A side hardly seen, and seen less than half as well as the other, does not count on its own. */
    static final double WEAK = 0.5;

    static final double HARDLY = 0.4;
    /** Peaks of left and right further apart than this share of the shorter movement: they take turns. */
    static final double IN_TURN = 0.35;
    /** Movements of left and right that share at least half of the shorter one's time belong together. */
    static final double BESIDE = 0.5;

    private final Movement movement;
    private final List<Compensation> watched;
    private final Set<MotionFlag> flags;
    private final List<MotionEvent> events;
    private final double sign;
    private final ExcursionFinder[] channels;
    private final Rep.Sides single; // whose the only channel is
    private final MovingAbout movingAbout;
    private final RepJudge judge;
    private final List<Excursion> waiting = new ArrayList<>();
    private @Nullable Excursion lastFound;
    private int told;

    /**
     * @param onlySide the side that the only signal is of; null: as many signals as the movement has sides
     * @param focal of the camera, pixels; 0: there is none
     * @param flags where it says what it left out
     * @param events where it says which repetition ended
     */
    RepFinder(
            Movement movement,
            RangeGoal goal,
            List<Compensation> watched,
            Rep.@Nullable Sides onlySide,
            double focal,
            Set<MotionFlag> flags,
            List<MotionEvent> events) {
        this.movement = movement;
        this.watched = watched;
        this.flags = flags;
        this.events = events;
        sign = movement.direction() == Movement.Direction.GROWS ? 1 : -1;
        single = onlySide == null ? Rep.Sides.BOTH : onlySide;
        channels = new ExcursionFinder[onlySide == null && movement.sides() == Movement.Sides.EITHER ? 2 : 1];
        for (int i = 0; i < channels.length; i++) channels[i] = new ExcursionFinder(i, movement, watched.size(), focal);
        movingAbout = new MovingAbout(movement);
        judge = new RepJudge(movement, goal, channels);
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
            Excursion ended = channel.look(judge.reference());
            if (ended != null) ended(ended);
        }
        if (channels.length > 1) release();
    }

    /** What was found, oldest first, judged by the person's own range. */
    List<Rep> reps() {
        return judge.all().stream()
                .map(each -> each.found().rep(each.kind(), sign, watched))
                .toList();
    }

    /** The range that was judged by, degrees; 0 when nothing was found. */
    double ownRangeDeg() {
        return judge.ownRangeDeg();
    }

    /** Both sides, weighted by the square of their visibility: an occluded side is guessed by the tracker. */
    static double together(double left, double leftSeen, double right, double rightSeen) {
        double l = leftSeen * leftSeen;
        double r = rightSeen * rightSeen;
        return (left * l + right * r) / (l + r);
    }

    private void ended(Excursion excursion) {
        if (excursion.endMs() - excursion.startMs() < movement.shortest().toMillis()) return;
        if (movingAbout.made(excursion)) {
            if (judge.kind(excursion.degrees()) != null) flags.add(MotionFlag.MOVED_ABOUT);
            return;
        }
        if (channels.length == 1) {
            keep(Found.alone(excursion, single));
            return;
        }
        if (lastFound == null || lastFound.channel() == excursion.channel() || lastFound.overlap(excursion) < BESIDE)
            waiting.add(excursion);
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
        if (isGuess(excursion) && excursion.degrees() < judge.farDeg()) return;
        keep(Found.alone(excursion, excursion.channel() == 0 ? Rep.Sides.LEFT : Rep.Sides.RIGHT));
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
        boolean alike = other.degrees() >= RepJudge.FULL * leading.degrees();
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
        judge.add(each);
        if (each.excursion().cutAtStart()) flags.add(MotionFlag.STARTED_MID_REP);
        if (each.excursion().cutAtEnd()) flags.add(MotionFlag.ENDED_MID_REP);
        Rep.@Nullable Kind kind = judge.kind(each);
        if (kind == null) return;
        if (kind != Rep.Kind.NOT_SEEN) told++;
        events.add(new RepEnded(told, each.rep(kind, sign, watched)));
    }

    /** Tracking or the recording ends: what is under way is looked at as far as it was seen. */
    void endStretch() {
        for (ExcursionFinder finder : channels) {
            boolean away = judge.kind(finder.riseSoFar()) != null;
            Excursion last = finder.end();
            if (last != null) ended(last);
            else if (away) flags.add(MotionFlag.ENDED_MID_REP);
        }
        if (channels.length > 1) release();
    }
}
