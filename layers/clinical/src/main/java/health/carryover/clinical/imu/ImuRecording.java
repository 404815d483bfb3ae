package health.carryover.clinical.imu;

/** All samples of one sensor with their times: what is filtered as a whole. */
public final class ImuRecording {
    /** Most samples: 24 hours at 100 Hz. */
    public static final int MOST_SAMPLES = 8_640_000;

    private final double[] timesS;
    private final double[] values;

    private ImuRecording(double[] timesS, double[] values) {
        this.timesS = timesS;
        this.values = values;
    }

    /**
     * @param timesS seconds, rising; at least two
     * @param values {@link ImuBlock#CHANNELS} finite numbers a sample; the last three may be NaN: no magnetic field
     * @throws IllegalArgumentException naming the sample
     */
    public static ImuRecording of(double[] timesS, double[] values) {
        if (timesS.length < 2 || timesS.length > MOST_SAMPLES)
            throw new IllegalArgumentException("a recording has 2 to " + MOST_SAMPLES + " samples");
        if (values.length != timesS.length * ImuBlock.CHANNELS)
            throw new IllegalArgumentException("a sample has " + ImuBlock.CHANNELS + " numbers");
        double[] times = timesS.clone();
        double[] copy = values.clone();
        for (int i = 0; i < times.length; i++) {
            if (!Double.isFinite(times[i]) || i > 0 && times[i] <= times[i - 1])
                throw new IllegalArgumentException("time does not rise, sample " + i);
            for (int c = 0; c < ImuBlock.CHANNELS; c++) {
                double value = copy[i * ImuBlock.CHANNELS + c];
                if (!(Math.abs(value) <= ImuBlock.FAR) && !(c >= 6 && Double.isNaN(value)))
                    throw new IllegalArgumentException("not finite or out of reach, sample " + i);
            }
        }
        return new ImuRecording(times, copy);
    }

    public int samples() {
        return timesS.length;
    }

    public double timeS(int sample) {
        return timesS[sample];
    }

    /** @param channel as in {@link ImuBlock} */
    public double value(int sample, int channel) {
        if (channel < 0 || channel >= ImuBlock.CHANNELS) throw new IndexOutOfBoundsException("channel outside [0, 8]");
        return values[sample * ImuBlock.CHANNELS + channel];
    }

    /** Whether any magnetic field was measured. */
    public boolean hasMagnetometer() {
        for (int i = 6; i < values.length; i += ImuBlock.CHANNELS)
            if (values[i] * values[i] + values[i + 1] * values[i + 1] + values[i + 2] * values[i + 2] > 0) return true;
        return false;
    }

    double[] values() {
        return values;
    }

    /** Seconds that sample i stands for; the first as long as the second. */
    double stepS(int i) {
        return i == 0 ? timesS[1] - timesS[0] : timesS[i] - timesS[i - 1];
    }

    /**
     * Runs a filter over all samples.
     * @return quaternions w x y z after each sample, sensor to east-north-up, 4 numbers a sample
     */
    public double[] orientations(OrientationFilter filter) {
        double[] found = new double[4 * timesS.length];
        for (int i = 0; i < timesS.length; i++) {
            if (i > 0 && stepS(i) > OrientationTracker.LONGEST_STEP_S) filter.interrupted();
            filter.update(Math.min(stepS(i), OrientationTracker.LONGEST_STEP_S), values, i * ImuBlock.CHANNELS);
            filter.orientation(found, 4 * i);
        }
        return found;
    }
}
