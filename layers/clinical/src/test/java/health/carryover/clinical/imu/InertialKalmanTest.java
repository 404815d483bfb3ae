package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InertialKalmanTest {
    private final double[] sample = new double[9];
    private final double[] found = new double[4];

    private double errorDeg(InertialKalman filter, Quaternion truth) {
        filter.orientation(found, 0);
        return Math.toDegrees(Quaternion.at(found, 0).times(truth.inverse()).radians());
    }

    private double inclinationErrorDeg(OrientationFilter filter, Quaternion truth) {
        filter.orientation(found, 0);
        double[] errors = new double[3];
        OrientationError.of(found, new double[] {truth.w(), truth.x(), truth.y(), truth.z()}, 0, errors);
        return Math.toDegrees(errors[2]);
    }

    /** Worst error between two moments. */
    private double worstDeg(InertialKalman filter, SimulatedSensor sensor, double fromS, double untilS) {
        double worst = 0;
        for (double t = 0; t < untilS; t += sensor.stepS()) {
            sensor.sample(t, sample, 0);
            filter.update(sensor.stepS(), sample, 0);
            if (t >= fromS) worst = Math.max(worst, errorDeg(filter, sensor.truth(t)));
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(doubles = {25, 50, 100, 285.7, 1000})
    void follows_a_limb_at_every_sampling_rate(double rateHz) {
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, rateHz, 1).bias(0.5, -0.3, 0.4);
        assertThat(worstDeg(InertialKalman.nineAxes(SimulatedSensor.TRAITS), sensor, 2, 40))
                .as("worst total error, degrees")
                .isLessThan(rateHz < 40 ? 4 : 2.5);
    }

    @Test
    void finds_the_bias_of_the_gyroscope_at_rest() {
        var sensor = new SimulatedSensor(t -> Quaternion.IDENTITY, 100, 2).bias(0.8, -1.1, 0.6);
        InertialKalman filter = InertialKalman.nineAxes(SimulatedSensor.TRAITS);
        worstDeg(filter, sensor, 0, 5);
        assertThat(filter.rests()).isTrue();
        assertThat(Math.toDegrees(filter.bias(0))).isCloseTo(0.8, org.assertj.core.data.Offset.offset(0.05));
        assertThat(Math.toDegrees(filter.bias(1))).isCloseTo(-1.1, org.assertj.core.data.Offset.offset(0.05));
        assertThat(Math.toDegrees(filter.bias(2))).isCloseTo(0.6, org.assertj.core.data.Offset.offset(0.05));
    }

    @Test
    void finds_the_bias_in_movement_too() {
        var sensor = new SimulatedSensor(t -> SimulatedSensor.exercising(t + 10), 100, 3)
                .bias(0.5, -0.4, 0.3)
                .bouncing(0.1);
        InertialKalman filter = InertialKalman.sixAxes(SimulatedSensor.TRAITS);
        worstDeg(filter, sensor, 0, 60);
        assertThat(filter.rests()).isFalse();
        assertThat(Math.toDegrees(filter.bias(0))).isCloseTo(0.5, org.assertj.core.data.Offset.offset(0.15));
        assertThat(Math.toDegrees(filter.bias(1))).isCloseTo(-0.4, org.assertj.core.data.Offset.offset(0.15));
    }

    @Test
    void a_magnet_on_the_sensor_is_measured() {
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, 100, 4).iron(12, -20, 15);
        InertialKalman filter = InertialKalman.nineAxes(SimulatedSensor.TRAITS);
        double worst = worstDeg(filter, sensor, 40, 60);
        assertThat(filter.hardIron(0)).isCloseTo(12, org.assertj.core.data.Offset.offset(1.5));
        assertThat(filter.hardIron(1)).isCloseTo(-20, org.assertj.core.data.Offset.offset(1.5));
        assertThat(filter.hardIron(2)).isCloseTo(15, org.assertj.core.data.Offset.offset(1.5));
        assertThat(worst).as("degrees, 40 s after a start with a wrong north").isLessThan(5);
    }

    @Test
    void magnets_never_move_the_inclination() {
        var quiet = new SimulatedSensor(SimulatedSensor::exercising, 100, 5);
        var beside = new SimulatedSensor(SimulatedSensor::exercising, 100, 5).iron(80, -80, 200);
        InertialKalman one = InertialKalman.nineAxes(SimulatedSensor.TRAITS);
        InertialKalman other = InertialKalman.nineAxes(SimulatedSensor.TRAITS);
        double[] sample2 = new double[9];
        for (double t = 0; t < 30; t += 0.01) {
            quiet.sample(t, sample, 0);
            beside.sample(t, sample2, 0);
            one.update(0.01, sample, 0);
            other.update(0.01, sample2, 0);
            assertThat(inclinationErrorDeg(other, quiet.truth(t)))
                    .isCloseTo(inclinationErrorDeg(one, quiet.truth(t)), org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void jumping_up_and_down_hardly_moves_the_inclination() {
        var sensor = new SimulatedSensor(t -> Quaternion.about(1, 0, 0, 0.5), 100, 6).bouncing(0.25);
        InertialKalman filter = InertialKalman.sixAxes(SimulatedSensor.TRAITS);
        double worst = 0;
        for (double t = 0; t < 60; t += 0.01) {
            sensor.sample(t, sample, 0);
            filter.update(0.01, sample, 0);
            if (t > 5) worst = Math.max(worst, inclinationErrorDeg(filter, sensor.truth(t)));
        }
        assertThat(worst).isLessThan(1);
    }

    @Test
    void an_uneven_clock_does_not_matter() {
        Random random = new Random(7);
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, 100, 7).bias(0.3, 0.3, -0.3);
        InertialKalman filter = InertialKalman.nineAxes(SimulatedSensor.TRAITS);
        double worst = 0;
        double t = 0;
        while (t < 40) {
            double step = 0.002 + 0.02 * random.nextDouble();
            t += step;
            sensor.sample(t, sample, 0);
            filter.update(step, sample, 0);
            if (t > 2) worst = Math.max(worst, errorDeg(filter, sensor.truth(t)));
        }
        assertThat(worst).isLessThan(2.5);
    }

    @Test
    void after_a_day_the_quaternion_is_still_a_turn_and_the_filter_still_follows() {
        // A minute of samples again and again: the movement closes on itself.
        var sensor = new SimulatedSensor(
                t -> Quaternion.about(1, 0, 0, Math.sin(2 * Math.PI * t / 5))
                        .times(Quaternion.about(0, 0, 1, 0.5 * Math.sin(2 * Math.PI * t / 6))),
                25,
                8);
        int minute = 25 * 60;
        double[] samples = new double[9 * minute];
        for (int i = 0; i < minute; i++) sensor.sample((i + 1) * 0.04, samples, 9 * i);
        InertialKalman filter = InertialKalman.nineAxes(SimulatedSensor.TRAITS);
        for (int round = 0; round < 24 * 60; round++)
            for (int i = 0; i < minute; i++) filter.update(0.04, samples, 9 * i);
        filter.orientation(found, 0);
        double norm = Math.sqrt(found[0] * found[0] + found[1] * found[1] + found[2] * found[2] + found[3] * found[3]);
        assertThat(norm).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(errorDeg(filter, sensor.truth(60))).isLessThan(3);
    }

    @Test
    void no_sample_allocates_memory() {
        var thread = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var sensor = new SimulatedSensor(SimulatedSensor::exercising, 100, 9);
        double[] samples = new double[9 * 3000];
        for (int i = 0; i < 3000; i++) sensor.sample(i * 0.01, samples, 9 * i);
        var tracker = new OrientationTracker(InertialKalman.nineAxes(SimulatedSensor.TRAITS));
        for (int i = 0; i < 3000; i++) tracker.accept(10_000L * (i + 1), samples, 9 * i);
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 3000; i++) {
            tracker.accept(10_000L * (i + 3001), samples, 9 * i);
            tracker.orientation(found, 0);
        }
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }
}
