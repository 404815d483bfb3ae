package health.carryover.clinical.imu;

/**
 * A sensor's clock against the phone's: {@code phone = offsetUs + rate x sensor}. The rate is 1 until a minute was seen.
 * @param offsetUs the shortest delay of the radio is in it, as nothing tells that from a late clock
 */
public record ClockFit(double offsetUs, double rate) {
    public long phoneUs(long sensorUs) {
        return Math.round(offsetUs + rate * sensorUs);
    }

    /** Parts per million by which the sensor's clock is slow (positive) against the phone's. */
    public double driftPpm() {
        return (rate - 1) * 1e6;
    }
}
