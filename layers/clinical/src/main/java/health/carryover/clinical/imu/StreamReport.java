package health.carryover.clinical.imu;

import java.util.List;

/** What became of the blocks of a recording, sensor by sensor. */
public record StreamReport(List<Sensor> sensors) {
    public StreamReport {
        sensors = List.copyOf(sensors);
    }

    /**
     * @param samples, lost how many came, and how many are missing within the epochs
     * @param duplicateSamples came again and were dropped
     * @param lateBlocks came when their place had been passed and were dropped
     * @param gaps the first of them, at most {@link ImuStream#MOST_GAPS}; {@code gapCount} counts all
     * @param firstBattery, lastBattery, lowestBattery percent; -1 when the sensor never said
     */
    public record Sensor(
            int sensor,
            long samples,
            long lost,
            long duplicateSamples,
            long lateBlocks,
            List<ImuEvent.Gap> gaps,
            long gapCount,
            int firstBattery,
            int lastBattery,
            int lowestBattery,
            List<Epoch> epochs) {
        public Sensor {
            gaps = List.copyOf(gaps);
            epochs = List.copyOf(epochs);
        }

        /** Share of samples that were lost, [0, 1]. */
        public double loss() {
            return samples + lost == 0 ? 0 : (double) lost / (samples + lost);
        }
    }

    /** Between two restarts. @param firstUs, lastUs sensor's clock */
    public record Epoch(int number, long firstUs, long lastUs, ClockFit clock) {}
}
