package health.carryover.clinical.setup;

/** Notices when the tracker changes to somebody else: place or size jump from one look to the next. */
final class Changes {
    /** Looks farther apart than this say nothing: people move. */
    private static final long LONGEST_MS = 300;
    /** For how long a jump is remembered. Own choice: two people in the picture are not swapped every second. */
    private static final long REMEMBERED_MS = 5000;

    /** Between looks farther apart than this, people may move and grow by as much more. */
    private static final double USUAL_MS = 125;
    /** A tracker that catches a ghost lets go of it within this; there and back is one jump. Recordings: 270 ms. */
    private static final long GLITCH_MS = 350;
    /** About this many spreads make a stature. */
    private static final double SPREADS = 3;

    private final SetupLimits.Steadiness limits;
    private final long[] jumpsMs;
    private int jumps;
    private long lastMs = Long.MIN_VALUE;
    private double x;
    private double y;
    private double size;

    Changes(SetupLimits.Steadiness limits) {
        this.limits = limits;
        jumpsMs = new long[limits.jumps()];
    }

    void forget() {
        jumps = 0;
        lastMs = Long.MIN_VALUE;
    }

    /**
     * Looks at a frame with a person.
     * @param spread of the points about their middle
     * @return whether it shows somebody else than the last one
     */
    boolean at(long timeMs, double newX, double newY, double spread) {
        double newSize = SPREADS * spread;
        boolean jumped = false;
        if (lastMs != Long.MIN_VALUE && timeMs - lastMs <= LONGEST_MS) {
            double way = Math.hypot(newX - x, newY - y) / Math.max(newSize, size);
            double growth = Math.max(newSize / size, size / newSize);
            double slack = Math.max(1, (timeMs - lastMs) / USUAL_MS);
            jumped = way > limits.jump() * slack || growth - 1 > (limits.growth() - 1) * slack;
            if (jumped) note(timeMs);
        }
        lastMs = timeMs;
        x = newX;
        y = newY;
        size = newSize;
        return jumped;
    }

    private void note(long timeMs) {
        if (jumps > 0 && timeMs - jumpsMs[(jumps - 1) % jumpsMs.length] < GLITCH_MS) return;
        jumpsMs[jumps++ % jumpsMs.length] = timeMs;
    }

    /** Whether as many jumps as make a second person are remembered. */
    boolean many(long nowMs) {
        if (jumps < jumpsMs.length) return false;
        for (long jumpMs : jumpsMs) if (nowMs - jumpMs > REMEMBERED_MS) return false;
        return true;
    }
}
