package health.carryover.clinical.motion;

import health.carryover.clinical.motion.MotionEvent.TrackingBack;
import health.carryover.clinical.motion.MotionEvent.TrackingLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Counts repetitions, frame by frame: the primary angle of each side is smoothed ({@link Smoother}), searched for
 * excursions from rest and back ({@link ExcursionFinder}), and these are judged ({@link RepFinder}).
 */
public final class RepCounter implements MotionMeter {
    /** Gaps up to here are bridged; a repetition with a longer one is not counted. */
    static final long BRIDGED_MS = 300;
    /** After a longer gap nothing is known of what was under way. */
    static final long LOST_MS = 1_000;
    /** A gap is what is missing beside the usual time between frames, which is at most this. */
    static final long USUAL_STEP_MS = 150;

    /** Below this visibility of its landmarks a side is not seen. */
    static final double SEEN = 0.05;
    /** From this visibility on a frame is a good one. */
    static final double WELL = 0.5;

    private final Movement movement;
    private final Set<View> reliableViews;
    private final ImageSize size;
    private final List<Compensation> watched;
    private final ViewEstimator view;
    private final SideAngle left;
    private final SideAngle right;
    private final Place place = new Place();
    private final Smoother[] still; // of each watched compensation, left and right
    private final Trunk trunk = new Trunk();
    private final SamePerson samePerson = new SamePerson();
    private final List<MotionEvent> events = new ArrayList<>(); // of the frame being looked at
    private final Set<MotionFlag> flags = EnumSet.noneOf(MotionFlag.class);
    private final RepFinder finder;
    private long lastSeenMs = -1;
    private long stepMs;
    private boolean lost;
    private boolean stretchEnded;
    private int frames;
    private int framesWithPerson;
    private int framesWell;
    private double visibilitySum;

    /**
     * @param reliableViews the views from which the primary angle can be trusted
     * @param watched what each repetition is to be looked at for
     */
    public RepCounter(
            Movement movement, Set<View> reliableViews, ImageSize size, RangeGoal goal, List<Compensation> watched) {
        this.movement = movement;
        this.reliableViews = Set.copyOf(reliableViews);
        this.size = size;
        this.watched = List.copyOf(watched);
        view = new ViewEstimator(size);
        left = new SideAngle(movement);
        right = new SideAngle(movement);
        still = new Smoother[2 * watched.size()];
        for (int i = 0; i < still.length; i++) still[i] = Smoother.of(movement);
        finder = new RepFinder(movement, goal, this.watched, null, focal(size), flags, events);
    }

    /** Of a phone's or computer's camera, pixels: its longer side takes in about 67 degrees (own choice). */
    private static double focal(ImageSize size) {
        return size.isMetres() ? 0 : 0.75 * Math.max(size.width(), size.height());
    }

    /** Counts a whole recording. */
    public static MotionReport analyse(
            Recording recording,
            Movement movement,
            Set<View> reliableViews,
            RangeGoal goal,
            List<Compensation> watched) {
        return MotionMeter.measure(new RepCounter(movement, reliableViews, recording.size(), goal, watched), recording);
    }

    @Override
    public List<MotionEvent> accept(Frame frame) {
        events.clear();
        frames++;
        if (frame.hasPerson()) framesWithPerson++;
        view.add(frame);
        double leftSeen = movement.joint().visibility(frame, Side.LEFT);
        double rightSeen = movement.joint().visibility(frame, Side.RIGHT);
        double depth = movement.depth() || size.isMetres() ? view.depthFactor() : 0;
        double leftDeg = degrees(frame, Side.LEFT, depth);
        double rightDeg = degrees(frame, Side.RIGHT, depth);
        double seen = Math.max(leftSeen, rightSeen);
        long gapMs = gap(frame.timeMs());
        if (seen < SEEN || Double.isNaN(leftDeg) || Double.isNaN(rightDeg)) return told();
        trunk.look(frame, size);
        if (frame.timeMs() <= lastSeenMs) throw new IllegalArgumentException("frame times do not rise");
        if (!samePerson.is(frame, size, trunk.length())) { // bridged until whoever it is is followed
            if (!lost) lastSeenMs = frame.timeMs();
            return told();
        }
        if (lost) {
            events.add(new TrackingBack(Duration.ofMillis(frame.timeMs())));
            lost = false;
        } else if (lastSeenMs >= 0) {
            stepMs = Math.min(frame.timeMs() - lastSeenMs, USUAL_STEP_MS);
        }
        lastSeenMs = frame.timeMs();
        stretchEnded = false;
        visibilitySum += seen;
        if (seen >= WELL) framesWell++;
        left.add(frame.timeMs(), finder.sign() * leftDeg, leftSeen);
        right.add(frame.timeMs(), finder.sign() * rightDeg, rightSeen);
        place.add(frame, size, trunk, Facing.azimuthDeg(frame, size));
        watch(frame);
        look(gapMs);
        return told();
    }

    /** Judges every repetition by the person's own range. */
    @Override
    public MotionReport finish() {
        events.clear();
        if (lastSeenMs >= 0 && !stretchEnded) endStretch();
        View seenFrom = view.view();
        if (framesWithPerson == 0) flags.add(MotionFlag.NOBODY);
        else if (framesWell < framesWithPerson / 2) flags.add(MotionFlag.LOW_VISIBILITY);
        if (framesWithPerson > 0 && !reliableViews.contains(seenFrom)) flags.add(MotionFlag.VIEW);
        double confidence = frames == 0 ? 0 : visibilitySum / frames * ViewEstimator.trust(reliableViews, seenFrom);
        return new MotionReport(seenFrom, finder.reps(), finder.ownRangeDeg(), Math.clamp(confidence, 0, 1), flags);
    }

    @Override
    public View viewNow() {
        return view.view();
    }

    @Override
    public double degreesNow() {
        if (lost || lastSeenMs < 0) return Double.NaN;
        boolean leftCounts = left.seen() >= MovingAbout.SEEN_WELL;
        boolean rightCounts = right.seen() >= MovingAbout.SEEN_WELL;
        double further = leftCounts == rightCounts
                ? Math.max(left.median(), right.median())
                : (leftCounts ? left : right).median();
        return finder.sign() * further;
    }

    private double degrees(Frame frame, Side side, double depth) {
        boolean signed = movement.posture() == Posture.LYING && movement.joint().isHip();
        return signed
                ? movement.joint().lyingDegrees(frame, size, side, depth)
                : movement.joint().degrees(frame, size, side, depth);
    }

    private List<MotionEvent> told() {
        return events.isEmpty() ? List.of() : List.copyOf(events);
    }

    /** Time missing before this frame, ms; 0 as long as it is bridged. */
    private long gap(long nowMs) {
        if (lastSeenMs < 0) return 0;
        long gapMs = nowMs - lastSeenMs - stepMs;
        if (gapMs <= BRIDGED_MS) return 0;
        if (!lost) {
            lost = true;
            flags.add(MotionFlag.GAPS);
            events.add(new TrackingLost(Duration.ofMillis(lastSeenMs)));
        }
        if (gapMs > LOST_MS && !stretchEnded) {
            endStretch();
            left.clear();
            right.clear();
            place.clear();
            for (Smoother smoother : still) smoother.clear();
        }
        return gapMs;
    }

    private void endStretch() {
        stretchEnded = true;
        drain();
        finder.endStretch();
    }

    private void watch(Frame frame) {
        for (int i = 0; i < still.length; i++) {
            double value = watched.get(i / 2).value(frame, size, i % 2 == 0 ? Side.LEFT : Side.RIGHT);
            if (Double.isFinite(value)) still[i].add(frame.timeMs(), value);
        }
    }

    /** Smoothing lags: before tracking ends, the last frame is held for a fifth of a second. */
    private void drain() {
        for (int step = 1; step <= 4; step++) {
            long time = lastSeenMs + 50L * step;
            left.repeat(time);
            right.repeat(time);
            place.repeat(time);
            for (Smoother smoother : still) smoother.repeat(time);
            look(0);
        }
    }

    private void look(long gapMs) {
        boolean together = finder.channels() == 1;
        for (int channel = 0; channel < finder.channels(); channel++) {
            SideAngle side = channel == 0 ? left : right;
            Samples samples = finder.channel(channel).samples();
            int at = finder.channel(channel).room();
            samples.timeMs[at] = side.timeMs();
            samples.left[at] = left.value();
            samples.right[at] = right.value();
            if (together) {
                samples.value[at] = RepFinder.together(left.value(), left.seen(), right.value(), right.seen());
                samples.median[at] = RepFinder.together(left.median(), left.seen(), right.median(), right.seen());
                samples.visibility[at] = Math.max(left.seen(), right.seen());
                samples.otherVisibility[at] = Math.min(left.seen(), right.seen());
            } else {
                samples.value[at] = side.value();
                samples.median[at] = side.median();
                samples.visibility[at] = side.seen();
                samples.otherVisibility[at] = (channel == 0 ? right : left).seen();
            }
            samples.unseen[at] = gapMs;
            place.fill(samples, at);
            for (int i = 0; i < still.length; i++) samples.still[i][at] = still[i].value();
        }
        finder.look();
    }
}
