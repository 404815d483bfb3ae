package health.carryover.bench;

import java.util.Arrays;
import java.util.Locale;

/** Durations of one thing, measured many times. */
final class Times {
    private final long[] nanos;
    private int count;

    Times(int most) {
        nanos = new long[most];
    }

    void add(long elapsedNanos) {
        nanos[count++] = elapsedNanos;
    }

    /** @param share 0.5 for the median */
    double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, Math.floor(share * count))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, n = %d", millis(0.5), millis(0.99), count);
    }
}
