package health.carryover.clinical.motion;

/**
 * Notices within one excursion that rest has moved: hands that were lifted to a wall, a leg drawn up to lie more easily. Two
 * movements alike, from like level to like level, show it; the excursion from the old rest would hide them all.
 */
final class ShiftedRest {
    /** Levels of rest and of peak of two movements alike differ by at most these shares of the smaller movement. */
    static final double LIKE_REST = 0.3;

    static final double LIKE_PEAK = 0.4;

    /** Turning points: first peak, first valley, second peak, second valley. */
    private final double[] level = new double[4];

    private final long[] timeMs = new long[4];
    private int turn; // which of them is being looked for

    void clear() {
        turn = 0;
        level[0] = Double.NEGATIVE_INFINITY;
    }

    /**
     * Looks at the next sample of an excursion.
     * @param least degrees by which the signal must come back to have turned
     * @return whether two movements alike are over
     */
    boolean look(long time, double value, double least) {
        boolean peak = turn % 2 == 0;
        double back = peak ? level[turn] - value : value - level[turn];
        if (back <= 0) set(turn, time, value);
        else if (back >= (turn == 3 ? least / 2 : least)) {
            if (turn == 3 && alike()) return true;
            if (turn == 3) { // the next may be like the last
                set(0, timeMs[2], level[2]);
                set(1, timeMs[3], level[3]);
                turn = 1;
            }
            set(++turn, time, value);
        }
        return false;
    }

    private void set(int which, long time, double value) {
        timeMs[which] = time;
        level[which] = value;
    }

    private boolean alike() {
        return Math.abs(level[1] - level[3]) <= LIKE_REST * smaller()
                && Math.abs(level[0] - level[2]) <= LIKE_PEAK * smaller();
    }

    private double smaller() {
        return Math.min(level[0], level[2]) - Math.max(level[1], level[3]);
    }

    /** Below this level it was the old rest. */
    double newRest() {
        return Math.min(level[1], level[3]) - ExcursionFinder.NEAR * smaller();
    }

    long firstPeakMs() {
        return timeMs[0];
    }

    long firstValleyMs() {
        return timeMs[1];
    }

    long secondPeakMs() {
        return timeMs[2];
    }

    long secondValleyMs() {
        return timeMs[3];
    }
}
