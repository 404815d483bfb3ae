package health.carryover.clinical.motion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Counts the repetitions of one side in joint angles that sensors measured, sample by sample, by the same rules as the
 * camera's {@link RepCounter}. Not for use by two threads at once.
 */
public final class AngleCounter {
    /** Faster than this changes nothing: people move slowly against a sensor's rate, and memory stays small. */
    static final long STEP_MS = 20;

    private final Set<MotionFlag> flags = EnumSet.noneOf(MotionFlag.class);
    private final List<MotionEvent> events = new ArrayList<>();
    private final Smoother smoother = new Smoother();
    private final RepFinder finder;
    private long lastMs = -1; // of those looked at
    private long newestMs = -1;

    /** @param measured which side the sensors are on */
    public AngleCounter(Movement movement, Side measured, RangeGoal goal) {
        Rep.Sides side = measured == Side.LEFT ? Rep.Sides.LEFT : Rep.Sides.RIGHT;
        finder = new RepFinder(inAnyPosture(movement), goal, List.of(), side, 0, flags, events);
    }

    /** The sensors of a joint do not see how the trunk lies. */
    private static Movement inAnyPosture(Movement movement) {
        return new Movement(
                movement.joint(),
                movement.direction(),
                movement.sides(),
                movement.usualRangeDeg(),
                movement.shortest(),
                movement.travels(),
                movement.depth(),
                Posture.ANY,
                movement.leave(),
                movement.back());
    }

    /**
     * Takes the next angle.
     * @param timeMs since the start of the recording
     * @param degrees the primary angle, neutral-zero, [-180, 180]
     * @return what happened with it, mostly nothing
     * @throws IllegalArgumentException if the time does not rise or the angle is out of bounds
     */
    public List<MotionEvent> accept(long timeMs, double degrees) {
        if (!(degrees >= -180 && degrees <= 180))
            throw new IllegalArgumentException("joint angle outside [-180, 180] degrees");
        if (timeMs < 0 || timeMs <= newestMs) throw new IllegalArgumentException("times do not rise");
        newestMs = timeMs;
        events.clear();
        if (lastMs >= 0 && timeMs - lastMs < STEP_MS) return List.of();
        if (lastMs >= 0 && timeMs - lastMs > RepCounter.BRIDGED_MS) {
            flags.add(MotionFlag.GAPS);
            events.add(new MotionEvent.TrackingLost(Duration.ofMillis(lastMs)));
            endStretch();
            smoother.clear();
            events.add(new MotionEvent.TrackingBack(Duration.ofMillis(timeMs)));
        }
        lastMs = timeMs;
        smoother.add(timeMs, finder.sign() * degrees);
        look();
        return events.isEmpty() ? List.of() : List.copyOf(events);
    }

    /** Judges every repetition by the person's own range. Call it once; what was flagged is in {@link #flags}. */
    public List<Rep> finish() {
        events.clear();
        if (lastMs >= 0) endStretch();
        return finder.reps();
    }

    public Set<MotionFlag> flags() {
        return Set.copyOf(flags);
    }

    /** Smoothing lags: the last angle is held for a fifth of a second. */
    private void endStretch() {
        for (int step = 1; step <= 4; step++) {
            smoother.repeat(lastMs + 50L * step);
            look();
        }
        finder.endStretch();
    }

    private void look() {
        ExcursionFinder channel = finder.channel(0);
        int at = channel.room();
        Samples samples = channel.samples();
        samples.timeMs[at] = smoother.timeMs();
        samples.value[at] = smoother.value();
        samples.median[at] = smoother.median();
        samples.left[at] = samples.value[at];
        samples.right[at] = samples.value[at];
        samples.unseen[at] = 0;
        samples.hipX[at] = 0;
        samples.hipY[at] = 0;
        samples.trunk[at] = 1;
        samples.inclination[at] = 0;
        samples.thigh[at] = Double.NaN;
        samples.azimuth[at] = Double.NaN;
        samples.visibility[at] = 1;
        samples.otherVisibility[at] = 0;
        finder.look();
    }
}
