package health.carryover.clinical.imu;

import java.util.Arrays;
import java.util.Optional;

/**
 * The samples of one sensor of a whole recording, collected as an {@link ImuStream} hands them on: 44 bytes a sample.
 * After {@value #MOST_SAMPLES} samples or {@value #MOST_RESTARTS} restarts it takes no more and says so.
 */
public final class SensorTrack {
    /** 2.7 hours at 100 Hz. */
    public static final int MOST_SAMPLES = 1_000_000;
    /** More of them are a broken sensor. */
    public static final int MOST_RESTARTS = 64;

    private long[] timesUs = new long[1024];
    private float[] values = new float[1024 * ImuBlock.CHANNELS];
    private final int[] starts = new int[MOST_RESTARTS + 1]; // index of the first sample of each epoch
    private int count;
    private int epochs;
    private boolean overfull;

    public void add(ImuEvent.Samples samples) {
        ImuBlock block = samples.block();
        int more = block.samples() - samples.from();
        if (samples.epoch() > MOST_RESTARTS || count + more > MOST_SAMPLES) overfull = true;
        if (overfull) return;
        while (epochs <= samples.epoch()) starts[epochs++] = count;
        if (count + more > timesUs.length) grow(count + more);
        for (int i = samples.from(); i < block.samples(); i++) {
            timesUs[count] = block.timeUs(i);
            for (int c = 0; c < ImuBlock.CHANNELS; c++) values[count * ImuBlock.CHANNELS + c] = block.value(i, c);
            count++;
        }
    }

    private void grow(int least) {
        int length = Math.min(MOST_SAMPLES, Math.max(least, 2 * timesUs.length));
        timesUs = Arrays.copyOf(timesUs, length);
        values = Arrays.copyOf(values, length * ImuBlock.CHANNELS);
    }

    public int samples() {
        return count;
    }

    /** Whether there was more than is kept. */
    public boolean isOverfull() {
        return overfull;
    }

    /**
     * All samples with the times of the phone's clock, which is that of all sensors of a recording. Those that a restart
     * puts before samples of the time before it are left out.
     * @param report of the stream on this sensor: its clocks
     * @return empty if fewer than two samples are left
     */
    public Optional<ImuRecording> onPhoneClock(StreamReport.Sensor report) {
        double[] timesS = new double[count];
        double[] kept = new double[count * ImuBlock.CHANNELS];
        int n = 0;
        int epoch = 0;
        for (int i = 0; i < count; i++) {
            while (epoch + 1 < epochs && starts[epoch + 1] <= i) epoch++;
            double time = report.epochs().get(epoch).clock().phoneUs(timesUs[i]) / 1e6;
            if (n > 0 && time <= timesS[n - 1]) continue;
            timesS[n] = time;
            for (int c = 0; c < ImuBlock.CHANNELS; c++)
                kept[n * ImuBlock.CHANNELS + c] = values[i * ImuBlock.CHANNELS + c];
            n++;
        }
        if (n < 2) return Optional.empty();
        return Optional.of(ImuRecording.of(Arrays.copyOf(timesS, n), Arrays.copyOf(kept, n * ImuBlock.CHANNELS)));
    }
}
