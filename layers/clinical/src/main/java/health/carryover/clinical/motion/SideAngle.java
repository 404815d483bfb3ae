package health.carryover.clinical.motion;

/** The primary angle of one side, smoothed, and how well it is seen. What is hidden for a moment is not believed. */
final class SideAngle {
    /** Hidden: a side that is usually seen from {@value #USUALLY} on is less visible than this. */
    static final double HIDDEN = 0.35;

    static final double USUALLY = 0.6;
    /** What is usual follows within so long. */
    static final double USUAL_MS = 3_000;
    /** The last angle is held for so long; then what the tracker guesses is taken again. */
    static final long HELD_MS = 700;

    private final Smoother angle;
    private final Smoother visibility = new Smoother();
    private double usually;
    private long lastMs = -1;
    private long lastTakenMs;

    SideAngle(Movement movement) {
        angle = Smoother.of(movement);
    }

    /** @param seen visibility of the angle's landmarks */
    void add(long timeMs, double degrees, double seen) {
        boolean hidden = seen < HIDDEN && usually > USUALLY && timeMs - lastTakenMs < HELD_MS;
        if (hidden) angle.repeat(timeMs);
        else {
            angle.add(timeMs, degrees);
            lastTakenMs = timeMs;
        }
        double elapsed = lastMs < 0 ? 0 : Math.min(RepCounter.USUAL_STEP_MS, timeMs - lastMs);
        lastMs = timeMs;
        usually += (seen - usually) * elapsed / USUAL_MS;
        visibility.add(timeMs, seen);
    }

    void repeat(long timeMs) {
        angle.repeat(timeMs);
        visibility.repeat(timeMs);
    }

    void clear() {
        angle.clear();
        visibility.clear();
    }

    long timeMs() {
        return angle.timeMs();
    }

    double value() {
        return angle.value();
    }

    double median() {
        return angle.median();
    }

    double seen() {
        return visibility.value();
    }
}
