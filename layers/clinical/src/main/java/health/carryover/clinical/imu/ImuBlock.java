package health.carryover.clinical.imu;

/**
 * Consecutive samples of one sensor, as one radio packet or chunk of a file brought them: the unit in which sensor data
 * is lost, doubled and reordered. Sample i has the sequence number {@code firstSequence + i}.
 * Units: acceleration (specific force: +9.8 upward at rest) m/s^2, angular rate rad/s, magnetic field microtesla.
 */
public final class ImuBlock {
    /** Numbers a sample has: ax ay az gx gy gz mx my mz. */
    public static final int CHANNELS = 9;
    /** Most samples of a block. */
    public static final int MOST_SAMPLES = 20_000;
    /** Largest magnitude of a number: beyond every sensor made for people in any of the three units. */
    public static final float FAR = 10_000;

    private final int sensor;
    private final long firstSequence;
    private final long receivedUs;
    private final int batteryPercent;
    private final boolean magnetometer;
    private final long[] timesUs;
    private final float[] values;

    private ImuBlock(
            int sensor,
            long firstSequence,
            long receivedUs,
            int batteryPercent,
            boolean magnetometer,
            long[] timesUs,
            float[] values) {
        this.sensor = sensor;
        this.firstSequence = firstSequence;
        this.receivedUs = receivedUs;
        this.batteryPercent = batteryPercent;
        this.magnetometer = magnetometer;
        this.timesUs = timesUs;
        this.values = values;
    }

    /**
     * @param sensor index in the recording's list of sensors, [0, 31]
     * @param firstSequence number of the first sample, counted by the sensor, not negative
     * @param receivedUs when the phone got it, microseconds of the phone's clock since the start of the recording
     * @param batteryPercent [0, 100]; -1 when the sensor did not say
     * @param magnetometer whether the last three channels were measured; if not, they are read as 0
     * @param timesUs of the samples, microseconds of the sensor's clock, strictly rising; copied
     * @param values {@link #CHANNELS} numbers a sample; copied
     * @throws IllegalArgumentException naming what is out of bounds
     */
    public static ImuBlock of(
            int sensor,
            long firstSequence,
            long receivedUs,
            int batteryPercent,
            boolean magnetometer,
            long[] timesUs,
            float[] values) {
        if (sensor < 0 || sensor > 31) throw new IllegalArgumentException("sensor outside [0, 31]");
        if (firstSequence < 0) throw new IllegalArgumentException("sequence number negative");
        if (receivedUs < 0) throw new IllegalArgumentException("time of reception negative");
        if (batteryPercent < -1 || batteryPercent > 100)
            throw new IllegalArgumentException("battery outside [0, 100] percent");
        if (timesUs.length < 1 || timesUs.length > MOST_SAMPLES)
            throw new IllegalArgumentException("a block has 1 to " + MOST_SAMPLES + " samples");
        if (values.length != timesUs.length * CHANNELS)
            throw new IllegalArgumentException("a sample has " + CHANNELS + " numbers");
        for (int i = 1; i < timesUs.length; i++)
            if (timesUs[i] <= timesUs[i - 1]) throw new IllegalArgumentException("times do not rise, sample " + i);
        float[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!magnetometer && i % CHANNELS >= 6) copy[i] = 0;
            if (!(Math.abs(copy[i]) <= FAR))
                throw new IllegalArgumentException("sample " + i / CHANNELS + " not finite or out of reach");
        }
        return new ImuBlock(sensor, firstSequence, receivedUs, batteryPercent, magnetometer, timesUs.clone(), copy);
    }

    public int sensor() {
        return sensor;
    }

    public long firstSequence() {
        return firstSequence;
    }

    /** Microseconds of the phone's clock since the start of the recording. */
    public long receivedUs() {
        return receivedUs;
    }

    /** [0, 100]; -1 when the sensor did not say. */
    public int batteryPercent() {
        return batteryPercent;
    }

    public boolean hasMagnetometer() {
        return magnetometer;
    }

    public int samples() {
        return timesUs.length;
    }

    /** Microseconds of the sensor's clock. */
    public long timeUs(int sample) {
        return timesUs[sample];
    }

    /** @param channel 0-2 acceleration x y z, 3-5 angular rate, 6-8 magnetic field */
    public float value(int sample, int channel) {
        if (channel < 0 || channel >= CHANNELS) throw new IndexOutOfBoundsException("channel outside [0, 8]");
        return values[sample * CHANNELS + channel];
    }
}
