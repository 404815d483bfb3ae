package health.carryover.platform.streams;

import health.carryover.clinical.imu.Segment;
import java.util.List;

/**
 * What an {@code imu.v1} file says about itself.
 * @param device model of the sensors, at most 100 characters, as firmware
 * @param rateHz nominal samples a second of each sensor, (0, 2000]
 * @param sensors 1 to 32; a block names its sensor by the place in this list
 */
public record ImuHeader(String device, String firmware, double rateHz, List<Sensor> sensors) {
    /** Where a sensor is worn. */
    public record Sensor(Segment segment, Side side) {}

    public enum Side {
        LEFT,
        RIGHT,
        /** Of head, trunk and pelvis. */
        MIDDLE
    }

    static final int MOST_SENSORS = 32;

    public ImuHeader {
        if (device.isBlank() || device.length() > 100 || firmware.length() > 100)
            throw new IllegalArgumentException("name of the device missing or too long");
        if (!(rateHz > 0 && rateHz <= 2000)) throw new IllegalArgumentException("sampling rate outside (0, 2000] Hz");
        if (sensors.isEmpty() || sensors.size() > MOST_SENSORS)
            throw new IllegalArgumentException("a recording has 1 to " + MOST_SENSORS + " sensors");
        sensors = List.copyOf(sensors);
    }
}
