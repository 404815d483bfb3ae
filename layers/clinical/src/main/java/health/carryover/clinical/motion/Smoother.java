package health.carryover.clinical.motion;

import java.util.Arrays;

/**
 * Median over a short time window, centred: what comes out belongs to the middle of the window.
 * The window is 0.2 s and at least 3 samples, so that it does the same at 10 and at 60 frames a second.
 */
final class Smoother {
    static final long WINDOW_MS = 200;
    private static final int MOST = 15;

    private final long[] times = new long[MOST];
    private final double[] values = new double[MOST];
    private int count;

    void clear() {
        count = 0;
    }

    void add(long timeMs, double value) {
        int drop = 0;
        while (count - drop >= 3 && (timeMs - times[drop] > WINDOW_MS - 20 || count - drop >= MOST)) drop++;
        if (drop > 0) {
            System.arraycopy(times, drop, times, 0, count - drop);
            System.arraycopy(values, drop, values, 0, count - drop);
            count -= drop;
        }
        times[count] = timeMs;
        values[count++] = value;
    }

    long timeMs() {
        return times[count / 2];
    }

    double value() {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    }
}
