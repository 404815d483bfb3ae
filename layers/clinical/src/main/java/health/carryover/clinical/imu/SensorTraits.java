package health.carryover.clinical.imu;

/**
 * What a sensor's own filtering does to its numbers; to be set for the sensor in use. The usual values were measured on the
 * six shared BROAD trials against their optical reference (which shift in time makes rate and field agree best with it):
 * in steps of 0.9 ms all six give the same. The gyroscope's delay matters in fast movement: without it the mean inclination
 * error there is 0.99 instead of 0.41 deg (2.5 ms: 0.57, 6 ms: 0.55). That of the magnetometer is found while running.
 * @param gyroscopeDelayS seconds by which the angular rate lags; the orientation is predicted by that much. [0, 0.1]
 * @param magnetometerDelayS seconds by which the field lags behind the angular rate; refined while running. [0, 0.2]
 * @param magnetometerNoise standard deviation of one sample in microtesla, [0.05, 5]; refined at rest
 */
public record SensorTraits(double gyroscopeDelayS, double magnetometerDelayS, double magnetometerNoise) {
    public static final SensorTraits USUAL = new SensorTraits(0.0042, 0.0105, 0.7);

    public SensorTraits {
        if (!(gyroscopeDelayS >= 0 && gyroscopeDelayS <= 0.1))
            throw new IllegalArgumentException("gyroscope delay outside [0, 0.1] s");
        if (!(magnetometerDelayS >= 0 && magnetometerDelayS <= 0.2))
            throw new IllegalArgumentException("magnetometer delay outside [0, 0.2] s");
        if (!(magnetometerNoise >= 0.05 && magnetometerNoise <= 5))
            throw new IllegalArgumentException("magnetometer noise outside [0.05, 5] microtesla");
    }
}
