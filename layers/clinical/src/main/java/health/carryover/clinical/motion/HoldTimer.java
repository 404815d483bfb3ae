package health.carryover.clinical.motion;

import health.carryover.clinical.motion.MotionEvent.RepEnded;
import health.carryover.clinical.motion.MotionEvent.TrackingBack;
import health.carryover.clinical.motion.MotionEvent.TrackingLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Times a held position. Leaving a band by less than {@value #SLACK_DEG} degrees, or for less than
 * {@value #BRIDGED_MS} ms, does not end a hold; a loss of tracking that is longer does. Each hold is told as one
 * repetition whose time at the peak is the hold.
 */
public final class HoldTimer implements MotionMeter {
    /** Hysteresis: jitter of a still person is up to 4.6 degrees in the recordings. */
    static final double SLACK_DEG = 8;

    static final long BRIDGED_MS = 500;

    private final Hold hold;
    private final Set<View> reliableViews;
    private final ImageSize size;
    private final ViewEstimator view;
    private final Smoother[] angles;
    private final List<Rep> reps = new ArrayList<>();
    private final List<MotionEvent> events = new ArrayList<>();
    private final Set<MotionFlag> flags = EnumSet.noneOf(MotionFlag.class);
    private int frames;
    private int framesWithPerson;
    private double visibilitySum;
    private long lastSeenMs = -1;
    private boolean lost;
    private long since = -1; // -1: not held
    private long lastHeldMs = -1;
    private double visibilityHeld;
    private double firstAngleHeld;
    private int framesHeld;
    private long sinceSeenMs = -1; // the first frame, or the first after sight was lost

    public HoldTimer(Hold hold, Set<View> reliableViews, ImageSize size) {
        this.hold = hold;
        this.reliableViews = Set.copyOf(reliableViews);
        this.size = size;
        view = new ViewEstimator(size);
        angles = new Smoother[2 * hold.bands().size()];
        for (int i = 0; i < angles.length; i++) angles[i] = new Smoother();
    }

    @Override
    public List<MotionEvent> accept(Frame frame) {
        events.clear();
        frames++;
        if (frame.hasPerson()) framesWithPerson++;
        view.add(frame);
        double seen = frame.hasPerson() ? visibility(frame) : 0;
        if (seen < RepCounter.SEEN) {
            unseen(frame.timeMs());
            return told();
        }
        if (frame.timeMs() <= lastSeenMs) throw new IllegalArgumentException("frame times do not rise");
        unseen(frame.timeMs());
        if (lost) {
            events.add(new TrackingBack(Duration.ofMillis(frame.timeMs())));
            for (Smoother angle : angles) angle.clear();
            lost = false;
            sinceSeenMs = frame.timeMs();
        }
        if (sinceSeenMs < 0) sinceSeenMs = frame.timeMs();
        lastSeenMs = frame.timeMs();
        visibilitySum += seen;
        smooth(frame);
        if (isHeld(since < 0 ? 0 : SLACK_DEG)) {
            if (since < 0) begin(frame.timeMs());
            lastHeldMs = frame.timeMs();
            visibilityHeld += seen;
            firstAngleHeld += angles[0].value();
            framesHeld++;
        } else if (since >= 0 && frame.timeMs() - lastHeldMs > BRIDGED_MS) {
            end(false);
        }
        return told();
    }

    @Override
    public View viewNow() {
        return view.view();
    }

    @Override
    public double degreesNow() {
        return lost || lastSeenMs < 0 ? Double.NaN : angles[0].value();
    }

    @Override
    public MotionReport finish() {
        events.clear();
        if (since >= 0) end(true);
        View seen = view.view();
        if (framesWithPerson == 0) flags.add(MotionFlag.NOBODY);
        if (framesWithPerson > 0 && !reliableViews.contains(seen)) flags.add(MotionFlag.VIEW);
        double confidence = frames == 0 ? 0 : visibilitySum / frames * ViewEstimator.trust(reliableViews, seen);
        return new MotionReport(seen, reps, 0, Math.clamp(confidence, 0, 1), flags);
    }

    private List<MotionEvent> told() {
        return events.isEmpty() ? List.of() : List.copyOf(events);
    }

    private void unseen(long now) {
        if (lastSeenMs < 0 || now - lastSeenMs <= BRIDGED_MS || lost) return;
        lost = true;
        flags.add(MotionFlag.GAPS);
        events.add(new TrackingLost(Duration.ofMillis(lastSeenMs)));
        if (since >= 0) end(true);
    }

    /** Of the worst seen of the angles, each on its better seen side. */
    private double visibility(Frame frame) {
        double least = 1;
        for (int i = 0; i < hold.bands().size(); i++) {
            Joint joint = hold.bands().get(i).joint();
            double better = Math.max(joint.visibility(frame, Side.LEFT), joint.visibility(frame, Side.RIGHT));
            least = Math.min(least, better);
        }
        return least;
    }

    private void smooth(Frame frame) {
        for (int i = 0; i < angles.length; i++) {
            double degrees = hold.bands().get(i / 2).joint().degrees(frame, size, i % 2 == 0 ? Side.LEFT : Side.RIGHT);
            if (!Double.isNaN(degrees)) angles[i].add(frame.timeMs(), degrees);
        }
    }

    private boolean isHeld(double slack) {
        for (int i = 0; i < hold.bands().size(); i++) {
            Hold.Band band = hold.bands().get(i);
            if (!isWithin(angles[2 * i].value(), band, slack) && !isWithin(angles[2 * i + 1].value(), band, slack))
                return false;
        }
        return true;
    }

    private static boolean isWithin(double degrees, Hold.Band band, double slack) {
        return degrees >= band.fromDeg() - slack && degrees <= band.toDeg() + slack;
    }

    private void begin(long timeMs) {
        since = timeMs;
        visibilityHeld = 0;
        firstAngleHeld = 0;
        framesHeld = 0;
    }

    private void end(boolean cutAtEnd) {
        Duration held = Duration.ofMillis(lastHeldMs - since);
        if (held.compareTo(hold.shortest()) >= 0) {
            boolean cutAtStart = since == sinceSeenMs;
            if (cutAtStart) flags.add(MotionFlag.STARTED_MID_REP);
            if (cutAtEnd) flags.add(MotionFlag.ENDED_MID_REP);
            var rep = new Rep(
                    Rep.Kind.FULL,
                    Rep.Sides.BOTH,
                    Duration.ofMillis(since),
                    Duration.ofMillis((since + lastHeldMs) / 2),
                    Duration.ofMillis(lastHeldMs),
                    new Angle(Math.clamp(firstAngleHeld / framesHeld, -180, 180)),
                    0,
                    new Tempo(Duration.ZERO, held, Duration.ZERO),
                    cutAtStart || cutAtEnd,
                    Math.clamp(visibilityHeld / framesHeld, 0, 1),
                    Map.of());
            reps.add(rep);
            events.add(new RepEnded(reps.size(), rep));
        }
        since = -1;
    }
}
