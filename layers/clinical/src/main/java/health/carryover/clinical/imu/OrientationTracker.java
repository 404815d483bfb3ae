package health.carryover.clinical.imu;

/**
 * Guards a filter against what radios and sensors bring: samples that are not finite are left out and counted, time that
 * does not rise is refused, after a long gap the filter is told so. No allocation per sample.
 */
public final class OrientationTracker {
    /** Seconds over which a movement may be bridged by the rates at both ends. */
    public static final double LONGEST_STEP_S = 0.5;
    /** Usual distance of samples, taken for the first one. */
    private static final double FIRST_STEP_S = 0.01;

    /** What became of a sample. */
    public enum Taken {
        TAKEN,
        /** Taken, but the movement since the one before is unknown. */
        AFTER_GAP,
        NOT_FINITE,
        /** Not later than the one before. */
        OUT_OF_ORDER
    }

    private final OrientationFilter filter;
    private long lastUs = Long.MIN_VALUE;
    private long notFinite;
    private long outOfOrder;
    private long gaps;

    public OrientationTracker(OrientationFilter filter) {
        this.filter = filter;
    }

    /**
     * @param timeUs microseconds of any clock that rises
     * @param samples, at nine numbers as in {@link OrientationFilter#update}
     */
    public Taken accept(long timeUs, double[] samples, int at) {
        for (int i = 0; i < 6; i++)
            if (!(Math.abs(samples[at + i]) <= ImuBlock.FAR)) {
                notFinite++;
                return Taken.NOT_FINITE;
            }
        boolean first = lastUs == Long.MIN_VALUE;
        if (!first && timeUs <= lastUs) {
            outOfOrder++;
            return Taken.OUT_OF_ORDER;
        }
        double stepS = first ? FIRST_STEP_S : (timeUs - lastUs) / 1e6;
        lastUs = timeUs;
        boolean gap = stepS > LONGEST_STEP_S;
        if (gap) {
            filter.interrupted();
            gaps++;
            stepS = FIRST_STEP_S;
        }
        filter.update(stepS, samples, at);
        return gap ? Taken.AFTER_GAP : Taken.TAKEN;
    }

    public void orientation(double[] into, int at) {
        filter.orientation(into, at);
    }

    public Quaternion orientation() {
        double[] found = new double[4];
        filter.orientation(found, 0);
        return Quaternion.at(found, 0);
    }

    public long notFinite() {
        return notFinite;
    }

    public long outOfOrder() {
        return outOfOrder;
    }

    public long gaps() {
        return gaps;
    }
}
