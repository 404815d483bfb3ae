package health.carryover.clinical.imu;

/**
 * Fits the line below all (sensor time, time of reception) that is nearest to them: delays of the radio are never negative,
 * so the points lie above the true line and the quickest lie on it. That line goes through an edge of the lower convex hull,
 * the one above the mean time. Memory is bounded: of each span of time only the quickest is kept, spans double when full.
 */
final class ClockFitter {
    private static final int MOST = 256;
    private static final long FIRST_SPAN_US = 1_000_000;
    private static final long LEAST_FOR_RATE_US = 60_000_000;
    /** Crystals of such sensors are within 100 ppm; beyond this the line is not a clock. */
    private static final double MOST_DRIFT = 500e-6;

    private final long[] times = new long[MOST];
    private final long[] received = new long[MOST];
    private int count;
    private long spanUs = FIRST_SPAN_US;

    /** @param timeUs of the last sample of a block; blocks in any order of time */
    void add(long timeUs, long receivedUs) {
        int at = find(Math.floorDiv(timeUs, spanUs));
        if (at < 0) {
            if (count == MOST) {
                widen();
                add(timeUs, receivedUs);
                return;
            }
            at = -at - 1;
            System.arraycopy(times, at, times, at + 1, count - at);
            System.arraycopy(received, at, received, at + 1, count - at);
            count++;
        } else if (!quicker(timeUs, receivedUs, times[at], received[at])) return;
        times[at] = timeUs;
        received[at] = receivedUs;
    }

    /** Ties go to the earlier, so that the order of arrival does not matter. */
    private static boolean quicker(long time, long got, long otherTime, long otherGot) {
        long delay = got - time;
        long other = otherGot - otherTime;
        return delay != other ? delay < other : time < otherTime;
    }

    private int find(long span) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = Math.floorDiv(times[middle], spanUs);
            if (found == span) return middle;
            if (found < span) low = middle + 1;
            else high = middle - 1;
        }
        return -low - 1;
    }

    private void widen() {
        spanUs *= 2;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean same = kept > 0 && Math.floorDiv(times[kept - 1], spanUs) == Math.floorDiv(times[i], spanUs);
            if (same && !quicker(times[i], received[i], times[kept - 1], received[kept - 1])) continue;
            int to = same ? kept - 1 : kept++;
            times[to] = times[i];
            received[to] = received[i];
        }
        count = kept;
    }

    /** @throws IllegalStateException before the first block */
    ClockFit fit() {
        if (count == 0) throw new IllegalStateException("no block yet");
        double rate = times[count - 1] - times[0] >= LEAST_FOR_RATE_US ? slope() : 1;
        if (Math.abs(rate - 1) > MOST_DRIFT) rate = 1;
        double offset = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) offset = Math.min(offset, received[i] - rate * times[i]);
        return new ClockFit(offset, rate);
    }

    private double slope() {
        int[] hull = new int[count];
        int size = 0;
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += (double) times[i] / count;
            while (size >= 2 && above(hull[size - 2], hull[size - 1], i)) size--;
            hull[size++] = i;
        }
        for (int k = 1; k < size; k++)
            if (times[hull[k]] >= mean)
                return (double) (received[hull[k]] - received[hull[k - 1]]) / (times[hull[k]] - times[hull[k - 1]]);
        return 1;
    }

    private boolean above(int a, int b, int c) {
        double ab = (double) (received[b] - received[a]) / (times[b] - times[a]);
        double ac = (double) (received[c] - received[a]) / (times[c] - times[a]);
        return ab >= ac;
    }
}
