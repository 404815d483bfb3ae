package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.imu.OrientationTracker.Taken;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationTrackerTest {
    private final double[] sample = new double[9];

    static Stream<Named<OrientationFilter>> filters() {
        return Stream.of(
                Named.of("Madgwick", Madgwick.nineAxes(0.08)),
                Named.of("Madgwick, six axes", Madgwick.sixAxes(0.05)),
                Named.of("complementary", Complementary.nineAxes(3, 9)),
                Named.of("complementary, six axes", Complementary.sixAxes(3)),
                Named.of("Kalman", InertialKalman.nineAxes(SimulatedSensor.TRAITS)),
                Named.of("Kalman, six axes", InertialKalman.sixAxes(SimulatedSensor.TRAITS)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void damaged_samples_gaps_and_a_clock_that_runs_backwards_are_survived(OrientationFilter filter) {
        var tracker = new OrientationTracker(filter);
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, 100, 11);
        int damaged = 0;
        int backwards = 0;
        for (int i = 1; i < 6000; i++) {
            // Twenty seconds are missing, with movement in them.
            double t = i * 0.01 + (i > 3000 ? 20 : 0);
            sensor.sample(t, sample, 0);
            Taken expected = i == 3001 ? Taken.AFTER_GAP : Taken.TAKEN;
            if (i % 50 == 7) {
                sample[i % 6] = i % 100 == 7 ? Double.NaN : Double.NEGATIVE_INFINITY;
                expected = Taken.NOT_FINITE;
                damaged++;
            }
            assertThat(tracker.accept((long) (t * 1e6), sample, 0)).isEqualTo(expected);
            if (i % 100 == 3) {
                assertThat(tracker.accept((long) (t * 1e6) - 500_000, sample, 0))
                        .isEqualTo(Taken.OUT_OF_ORDER);
                backwards++;
            }
        }
        assertThat(tracker.notFinite()).isEqualTo(damaged);
        assertThat(tracker.outOfOrder()).isEqualTo(backwards);
        assertThat(tracker.gaps()).isEqualTo(1);
        Quaternion end = tracker.orientation();
        double[] up = end.times(sensor.truth(79.99).inverse()).turn(0, 0, 1);
        assertThat(Math.toDegrees(Math.acos(Math.min(1, up[2]))))
                .as("inclination error 30 s after the gap, degrees")
                .isLessThan(3);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void a_sensor_without_magnetometer_still_knows_up(OrientationFilter filter) {
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, 100, 12).withoutMagnetometer();
        for (int i = 1; i < 3000; i++) {
            sensor.sample(i * 0.01, sample, 0);
            filter.update(0.01, sample, 0);
        }
        double[] found = new double[4];
        filter.orientation(found, 0);
        double[] up =
                Quaternion.at(found, 0).times(sensor.truth(29.99).inverse()).turn(0, 0, 1);
        assertThat(Math.toDegrees(Math.acos(Math.min(1, up[2])))).isLessThan(3);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void a_magnetometer_that_fails_for_a_while_does_no_harm(OrientationFilter filter) {
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, 100, 13);
        double[] found = new double[4];
        for (int i = 1; i < 6000; i++) {
            sensor.sample(i * 0.01, sample, 0);
            if (i > 1500 && i < 2500) sample[6 + i % 3] = Double.NaN;
            filter.update(0.01, sample, 0);
            filter.orientation(found, 0);
            assertThat(found).doesNotContain(Double.NaN);
        }
        double error = Math.toDegrees(
                Quaternion.at(found, 0).times(sensor.truth(59.99).inverse()).radians());
        if (filter.seesHeading()) assertThat(error).isLessThan(5);
    }
}
