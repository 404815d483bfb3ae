package health.carryover.clinical.imu;

/** What a stream of blocks turns into, in the order in which it was measured, for each sensor. */
public sealed interface ImuEvent {
    /** Index of the sensor in the recording's list. */
    int sensor();

    /** Samples that follow on those before: those of the block from index {@code from} on. Times are the sensor's clock. */
    record Samples(int sensor, int epoch, ImuBlock block, int from) implements ImuEvent {}

    /**
     * Samples that never came.
     * @param first, past sequence numbers [first, past)
     * @param durationUs from the sample before to the sample after, sensor's clock
     */
    record Gap(int sensor, int epoch, long first, long past, long durationUs) implements ImuEvent {
        public long samples() {
            return past - first;
        }
    }

    /**
     * The sensor began to count or its clock began anew: it was switched off, or connected again.
     * @param epoch number of the new beginning, from 1
     * @param silentUs phone's clock between the last block before and the first after
     */
    record Restarted(int sensor, int epoch, Restart why, long silentUs) implements ImuEvent {}

    enum Restart {
        SEQUENCE_FELL,
        CLOCK_FELL
    }
}
