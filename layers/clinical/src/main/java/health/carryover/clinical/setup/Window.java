package health.carryover.clinical.setup;

import java.util.Arrays;

/** The looks of the last seconds, a fixed number of measures each, in a ring. Nothing is allocated after the start. */
final class Window {
    private final long lengthMs;
    private final double[][] values; // by measure, by slot
    private final long[] timesMs;
    private final double[] sorted;
    private int first;
    private int count;

    /** @param looks at most in the window; when more come, the oldest go early */
    Window(int measures, int looks, long lengthMs) {
        this.lengthMs = lengthMs;
        values = new double[measures][looks];
        timesMs = new long[looks];
        sorted = new double[looks];
    }

    void clear() {
        count = 0;
    }

    /**
     * Makes room for a look, all its measures NaN, and drops what is too old. The youngest of those that are too old stays,
     * so that a full window spans its length however far apart the looks are.
     */
    void add(long timeMs) {
        while (count > 1 && timeMs - timesMs[(first + 1) % timesMs.length] >= lengthMs || count == timesMs.length) {
            first = (first + 1) % timesMs.length;
            count--;
        }
        int slot = (first + count++) % timesMs.length;
        timesMs[slot] = timeMs;
        for (double[] measure : values) measure[slot] = Double.NaN;
    }

    /** Time between the oldest look and the latest. */
    long spanMs() {
        return count < 2 ? 0 : timesMs[(first + count - 1) % timesMs.length] - timesMs[first];
    }

    /** Sum of a measure over all looks but the oldest. */
    double sumSinceFirst(int measure) {
        double sum = 0;
        for (int i = 1; i < count; i++) sum += values[measure][(first + i) % timesMs.length];
        return sum;
    }

    /** Sets a measure of the latest look. */
    void set(int measure, double value) {
        values[measure][(first + count - 1) % timesMs.length] = value;
    }

    void set(int measure, boolean value) {
        set(measure, value ? 1 : 0);
    }

    /** Median of the looks that have the measure, NaN when fewer than a third have it. */
    double median(int measure) {
        int known = 0;
        for (int i = 0; i < count; i++) {
            double value = values[measure][(first + i) % timesMs.length];
            if (!Double.isNaN(value)) sorted[known++] = value;
        }
        if (known == 0 || known * 3 < count) return Double.NaN;
        Arrays.sort(sorted, 0, known);
        return known % 2 == 1 ? sorted[known / 2] : (sorted[known / 2 - 1] + sorted[known / 2]) / 2;
    }

    /** Share of the looks that have the measure in which it is not 0; 0 when none has it. */
    double share(int measure) {
        return share(measure, 0);
    }

    /** The same over the looks of the last milliseconds. */
    double recentShare(int measure, long ms) {
        int from = 0;
        while (from < count - 1 && timeMs(count - 1) - timeMs(from) > ms) from++;
        return share(measure, from);
    }

    private long timeMs(int look) {
        return timesMs[(first + look) % timesMs.length];
    }

    private double share(int measure, int from) {
        int known = 0;
        int yes = 0;
        for (int i = from; i < count; i++) {
            double value = values[measure][(first + i) % timesMs.length];
            if (Double.isNaN(value)) continue;
            known++;
            if (value != 0) yes++;
        }
        return known == 0 ? 0 : (double) yes / known;
    }
}
