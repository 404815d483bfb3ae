package health.carryover.clinical.motion;

/** How far a signal wanders: its standard deviation about a mean that follows within seconds. */
final class Wander {
    static final double MEAN_MS = 4_000;
    /** How long it remembers. */
    static final double MEMORY_MS = 30_000;

    private long lastMs = -1;
    private double mean;
    private double variance;
    private double weight;

    void add(long timeMs, double value) {
        if (lastMs < 0) mean = value;
        double elapsed = lastMs < 0 ? 0 : Math.min(MEAN_MS, timeMs - lastMs);
        lastMs = timeMs;
        mean += (1 - Math.exp(-elapsed / MEAN_MS)) * (value - mean);
        double share = 1 - Math.exp(-elapsed / MEMORY_MS);
        variance += share * ((value - mean) * (value - mean) - variance);
        weight += share * (1 - weight);
    }

    void clear() {
        lastMs = -1;
        variance = 0;
        weight = 0;
    }

    double deviation() {
        return weight == 0 ? 0 : Math.sqrt(variance / weight);
    }
}
