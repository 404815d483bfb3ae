package health.carryover.clinical.setup;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Guides a person in front of the camera, live, until it sees well enough: one instruction at a time, a fair time to
 * follow it, ready as soon as all is well, and after three refusals without the camera.
 *
 * <p>An instruction is told when the same fault has led for a while, not before another one has stood for four seconds,
 * and it stands until its fault is gone, long enough to be read. It is refused when its fault still holds after the fair time, or when it has to
 * be told again after it had been followed. Every refusal but the last repeats it. Nothing may be recorded before
 * {@link SetupAnswer.Ready}.
 *
 * <p>Keeps two seconds of measures, no frames; allocates nothing while the answer stays the same. Not thread-safe.
 */
public final class SetupCheck {
    private static final SetupAnswer LOOKING = new SetupAnswer.Looking();
    private static final SetupAnswer READY = new SetupAnswer.Ready();
    private static final SetupAnswer WITHOUT_CAMERA = new SetupAnswer.WithoutCamera();
    private static final long NEVER = Long.MIN_VALUE;
    /** After a gap this long, as of an app in the background, it is another scene and not a slow camera. Own choice. */
    private static final long PAUSE_MS = 5000;

    private final SetupLimits.Timing timing;
    private final Measures measures;
    private final FaultFinder faults;
    private final int[] timesTold = new int[SetupFault.values().length];

    private SetupAnswer answer = LOOKING;
    private long startMs;
    private long lastMs = NEVER;
    private @Nullable SetupFault leading;
    private long leadingSinceMs;
    private @Nullable SetupFault told; // the instruction that stands
    private long toldMs = NEVER;
    private @Nullable SetupFault lastSeen;
    private long undecidedSinceMs;
    private int refusals;

    /**
     * @param size of the picture in which landmarks are fractions
     */
    public SetupCheck(SetupWish wish, ImageSize size, SetupLimits limits) {
        timing = limits.timing();
        measures = new Measures(wish, size, limits);
        faults = new FaultFinder(wish, measures, limits);
    }

    public SetupCheck(SetupWish wish, ImageSize size) {
        this(wish, size, SetupLimits.DEFAULT);
    }

    /** Begins anew, as when the person wants to try once more; frame times may begin anew too. */
    public void restart() {
        measures.forget();
        faults.forget();
        Arrays.fill(timesTold, 0);
        answer = LOOKING;
        lastMs = NEVER;
        leading = null;
        told = null;
        toldMs = NEVER;
        lastSeen = null;
        refusals = 0;
    }

    /** The answer to the last frame. */
    public SetupAnswer answer() {
        return answer;
    }

    /** How many instructions did not help so far. */
    public int refusals() {
        return refusals;
    }

    /**
     * Takes the next frame.
     * @param scene the newest measure of the picture, or {@link Scene#UNKNOWN}
     * @throws IllegalArgumentException if the frame's time is not after that of the last one
     */
    public SetupAnswer accept(Frame frame, Scene scene) {
        long now = frame.timeMs();
        if (lastMs != NEVER && now <= lastMs) throw new IllegalArgumentException("frame times do not rise");
        if (lastMs == NEVER) begin(now);
        else if (now - lastMs > PAUSE_MS) resume(now);
        lastMs = now;
        if (answer == READY || answer == WITHOUT_CAMERA) return answer;
        if (measures.add(frame, scene)) decide(now);
        return answer;
    }

    private void begin(long now) {
        startMs = now;
        leadingSinceMs = now;
        undecidedSinceMs = now;
    }

    /** What was before a pause says nothing of now, and most of it takes no patience. */
    private void resume(long now) {
        if (answer == READY || answer == WITHOUT_CAMERA) return;
        measures.forget();
        faults.forget();
        answer = LOOKING;
        leading = null;
        told = null;
        lastSeen = null;
        undecidedSinceMs = now;
        startMs += now - lastMs - PAUSE_MS;
    }

    private void decide(long now) {
        if (now - startMs >= timing.patience().toMillis()) {
            answer = WITHOUT_CAMERA;
            return;
        }
        SetupFault first;
        if (measures.window.spanMs() >= timing.needed().toMillis()) {
            faults.judge(now);
            first = faults.first();
        } else {
            faults.judgePersons(now);
            if (!faults.holds(SetupFault.SECOND_PERSON)) {
                leadingSinceMs = now; // too little is known for anything to lead
                leading = null;
                return;
            }
            first = SetupFault.SECOND_PERSON;
        }
        if (first != leading) {
            leading = first;
            leadingSinceMs = now;
        }
        if (first != null) lastSeen = first;
        long leadsMs = now - leadingSinceMs;
        if (told != null) standing(told, now);
        if (answer == WITHOUT_CAMERA) return;
        if (first == null) {
            if (leadsMs >= timing.good().toMillis() && faults.inPicture()) answer = READY;
        } else if (first != told && leadsMs >= timing.stable().toMillis()) {
            tell(first, now);
        }
        if (answer == LOOKING
                && lastSeen != null
                && now - undecidedSinceMs >= timing.undecided().toMillis()) tell(lastSeen, now);
    }

    /** What becomes of the instruction that stands. */
    private void standing(SetupFault fault, long now) {
        if (!faults.holds(fault)) {
            if (now - toldMs < timing.shown().toMillis()) return;
            told = null;
            answer = LOOKING;
            undecidedSinceMs = now;
        } else if (fault == leading && now - toldMs >= timing.fair().toMillis()) {
            tell(fault, now);
        }
    }

    private void tell(SetupFault fault, long now) {
        boolean repeated = timesTold[fault.ordinal()] > 0;
        long wait = repeated && fault == told
                ? timing.fair().toMillis()
                : timing.apart().toMillis();
        if (toldMs != NEVER && now - toldMs < wait) return;
        if (repeated && ++refusals >= timing.refusals()) {
            answer = WITHOUT_CAMERA;
            return;
        }
        told = fault;
        toldMs = now;
        answer = new SetupAnswer.Told(fault, ++timesTold[fault.ordinal()]);
    }
}
