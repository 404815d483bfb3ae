package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.imu.BroadTrials.Known;
import health.carryover.clinical.imu.BroadTrials.Trial;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against an optical reference. Bounds are what VQF, the best published filter, reaches on these trials. */
@Tag("slow")
class BroadAccuracyTest {
    private static List<Trial> trials;
    private static List<Known> known;

    @BeforeAll
    static void read() {
        trials = BroadTrials.all();
        known = BroadTrials.known();
    }

    private static double[] mean(FilterKind filter, UnaryOperator<Trial> change) {
        return mean(
                trial -> filter.orientations(trial.recording(), OptionalDouble.empty(), SensorTraits.USUAL), change);
    }

    private static double[] mean(Function<Trial, double[]> filter, UnaryOperator<Trial> change) {
        double[] sum = new double[3];
        for (Trial trial : trials) {
            Trial changed = change.apply(trial);
            OrientationError error = changed.error(filter.apply(changed));
            sum[0] += error.totalDeg() / trials.size();
            sum[1] += error.headingDeg() / trials.size();
            sum[2] += error.inclinationDeg() / trials.size();
        }
        return sum;
    }

    private static Trial withoutRestBias(Trial trial) {
        double[] bias = new double[3];
        for (int i = 0; i < 2857; i++)
            for (int axis = 0; axis < 3; axis++) bias[axis] += trial.values()[9 * i + 3 + axis] / 2857;
        double[] values = trial.values().clone();
        for (int i = 0; i < trial.timesS().length; i++)
            for (int axis = 0; axis < 3; axis++) values[9 * i + 3 + axis] -= bias[axis];
        return trial.withValues(values);
    }

    @Test
    void comparison_filters_agree_with_the_published_errors_of_every_trial() {
        int compared = 0;
        for (Known row : known) {
            Function<ImuRecording, double[]> filter = switch (row.method() + " " + row.parameters()) {
                case "madgwick_marg beta=0.04" -> r -> r.orientations(Madgwick.nineAxes(0.04));
                case "madgwick_marg beta=0.08" -> r -> r.orientations(Madgwick.nineAxes(0.08));
                case "madgwick_marg beta=0.12" -> r -> r.orientations(Madgwick.nineAxes(0.12));
                case "madgwick_imu beta=0.05" -> r -> r.orientations(Madgwick.sixAxes(0.05));
                case "madgwick_imu beta=0.015" -> r -> r.orientations(Madgwick.sixAxes(0.015));
                case "complementary_linear tau_acc=3;tau_mag=9" -> r -> r.orientations(Complementary.nineAxes(3, 9));
                case "complementary_linear tau_acc=5;tau_mag=20" -> r -> r.orientations(Complementary.nineAxes(5, 20));
                default -> null;
            };
            if (filter == null) continue;
            Trial trial = trials.stream()
                    .filter(t -> t.name().equals(row.trial()))
                    .findFirst()
                    .orElseThrow();
            if (row.biasRemoved()) trial = withoutRestBias(trial);
            OrientationError error = trial.error(filter.apply(trial.recording()));
            assertThat(new double[] {error.totalDeg(), error.headingDeg(), error.inclinationDeg()})
                    .as("%s", row)
                    .containsExactly(row.totalHeadingTilt(), within(0.005));
            compared++;
        }
        assertThat(compared).as("rows of the published errors").isEqualTo(6 * 9);
    }

    @Test
    void our_own_vqf_agrees_with_the_published_code_so_that_it_may_stand_for_it() {
        for (Known row : known) {
            if (!row.method().equals("vqf")) continue;
            Trial trial = trials.stream()
                    .filter(t -> t.name().equals(row.trial()))
                    .findFirst()
                    .orElseThrow();
            OrientationError error = trial.error(vqf(trial));
            assertThat(new double[] {error.totalDeg(), error.headingDeg(), error.inclinationDeg()})
                    .as("%s", row)
                    .containsExactly(row.totalHeadingTilt(), within(0.05));
        }
    }

    private static double[] vqf(Trial trial) {
        return trial.recording().orientations(new VqfBaseline());
    }

    /** Ours and VQF on the same changed trials. */
    private static void assertBetter(String situation, UnaryOperator<Trial> change, double total, double tilt) {
        List<Trial> changed = trials.stream().map(change).toList();
        double[] ours = new double[3];
        double[] vqf = new double[3];
        for (Trial trial : changed) {
            OrientationError our =
                    trial.error(trial.recording().orientations(InertialKalman.nineAxes(SensorTraits.USUAL)));
            OrientationError their = trial.error(vqf(trial));
            ours[0] += our.totalDeg() / changed.size();
            ours[2] += our.inclinationDeg() / changed.size();
            vqf[0] += their.totalDeg() / changed.size();
            vqf[2] += their.inclinationDeg() / changed.size();
        }
        System.out.printf(
                "%-32s total %5.2f (VQF %5.2f)  inclination %4.2f (VQF %4.2f)%n",
                situation, ours[0], vqf[0], ours[2], vqf[2]);
        assertThat(ours[0])
                .as("total error, VQF %.2f", vqf[0])
                .isLessThan(total)
                .isLessThan(vqf[0]);
        assertThat(ours[2])
                .as("inclination error, VQF %.2f", vqf[2])
                .isLessThan(tilt)
                .isLessThan(vqf[2]);
    }

    @Test
    void the_default_filter_is_clearly_better_than_vqf() {
        double[] error = mean(FilterKind.KALMAN, trial -> trial);
        assertThat(error[0]).as("total, VQF 2.86").isLessThan(1.6);
        assertThat(error[2]).as("inclination, VQF 0.77").isLessThan(0.5);
    }

    @Test
    void the_same_looking_ahead_is_clearly_better_than_offline_vqf() {
        double[] error = mean(FilterKind.KALMAN_OFFLINE, trial -> trial);
        assertThat(error[0]).as("total, VQF offline 1.72").isLessThan(1.5);
        assertThat(error[2]).as("inclination, VQF offline 0.59").isLessThan(0.45);
    }

    @Test
    void without_a_magnetometer_the_inclination_is_as_good() {
        assertThat(mean(FilterKind.KALMAN6, trial -> trial)[2]).isLessThan(0.5);
        assertThat(mean(FilterKind.KALMAN6_OFFLINE, trial -> trial)[2]).isLessThan(0.45);
    }

    @Test
    void a_magnet_attached_to_the_sensor_is_measured_and_subtracted() {
        Trial magnet = trials.stream()
                .filter(t -> t.name().contains("attached_magnet"))
                .findFirst()
                .orElseThrow();
        OrientationError error =
                magnet.error(magnet.recording().orientations(InertialKalman.nineAxes(SensorTraits.USUAL)));
        assertThat(error.totalDeg()).as("VQF 8.57, Madgwick 15.1").isLessThan(1.5);
    }

    /** A recording that begins in the middle of movement: the first seconds are wrong, for every filter. */
    @Test
    void no_rest_at_the_start_costs_little() {
        assertBetter("no rest at the start", trial -> trial.part(20, 1), 2.5, 0.7);
    }

    @Test
    void a_third_and_a_sixth_of_the_samples_are_enough() {
        assertBetter("95 Hz", trial -> trial.part(0, 3), 1.7, 0.6);
        assertBetter("48 Hz", trial -> trial.part(0, 6), 2.0, 0.8);
    }

    @Test
    void how_the_sensor_is_mounted_does_not_matter() {
        Quaternion mounting = new Quaternion(0.3, -0.7, 0.5, 0.2);
        double[] turned = mean(FilterKind.KALMAN, trial -> mounted(trial, mounting));
        double[] asIs = mean(FilterKind.KALMAN, trial -> trial);
        assertThat(turned[0]).isCloseTo(asIs[0], within(0.1));
        assertThat(turned[2]).isCloseTo(asIs[2], within(0.02));
    }

    private static Trial mounted(Trial trial, Quaternion mounting) {
        double[] values = trial.values().clone();
        double[] reference = trial.reference().clone();
        for (int i = 0; i < trial.timesS().length; i++) {
            for (int at = 9 * i; at < 9 * i + 9; at += 3)
                System.arraycopy(mounting.turn(values[at], values[at + 1], values[at + 2]), 0, values, at, 3);
            if (Double.isNaN(reference[4 * i])) continue;
            Quaternion turned = Quaternion.at(reference, 4 * i).times(mounting.inverse());
            reference[4 * i] = turned.w();
            reference[4 * i + 1] = turned.x();
            reference[4 * i + 2] = turned.y();
            reference[4 * i + 3] = turned.z();
        }
        return new Trial(trial.name(), trial.timesS(), values, reference, trial.moving());
    }

    @Test
    void a_bias_of_one_degree_a_second_and_more_noise_cost_little() {
        Random random = new Random(3);
        assertBetter(
                "bias 1 deg/s and noise",
                trial -> {
                    double[] values = trial.values().clone();
                    for (int i = 0; i < values.length; i += 9)
                        for (int c = 0; c < 6; c++)
                            values[i + c] += c < 3
                                    ? 0.1 * random.nextGaussian()
                                    : Math.toRadians(0.6 + 0.2 * random.nextGaussian());
                    return trial.withValues(values);
                },
                1.8,
                0.55);
    }

    @Test
    void a_magnet_that_comes_and_goes_in_movement_costs_little() {
        assertBetter(
                "attached magnet 30-60 s",
                trial -> {
                    double[] values = trial.values().clone();
                    for (int i = 0; i < trial.timesS().length; i++)
                        if (trial.timesS()[i] > 30 && trial.timesS()[i] < 60) {
                            values[9 * i + 6] += 20;
                            values[9 * i + 7] -= 30;
                            values[9 * i + 8] += 10;
                        }
                    return trial.withValues(values);
                },
                3,
                0.5);
    }

    @Test
    void a_magnet_that_the_sensor_passes_costs_little() {
        assertBetter(
                "passing a magnet every 10 s",
                trial -> disturbed(trial, t -> 20 * Math.exp(-0.5 * Math.pow(t % 10 - 5, 2))),
                4.5,
                0.5);
    }

    /** The north of the start is wrong; away from the magnet it must come right. */
    @Test
    void beginning_beside_a_magnet_is_recovered_from() {
        assertBetter(
                "15 microtesla at the start",
                trial -> disturbed(trial, t -> t < 20 ? 15 : 15 * Math.exp((20 - t) / 0.7)),
                13,
                0.5);
    }

    /** A field of the place, eastward, of a size that changes with time. */
    private static Trial disturbed(Trial trial, DoubleUnaryOperator size) {
        double[] values = trial.values().clone();
        Quaternion orientation = Quaternion.IDENTITY;
        for (int i = 0; i < trial.timesS().length; i++) {
            if (!Double.isNaN(trial.reference()[4 * i])) orientation = Quaternion.at(trial.reference(), 4 * i);
            boolean held = i > 0 && trial.values()[9 * i + 6] == trial.values()[9 * i - 3];
            double[] field = orientation.inverse().turn(size.applyAsDouble(trial.timesS()[i]), 0, 0);
            for (int c = 0; c < 3; c++)
                values[9 * i + 6 + c] = held ? values[9 * i - 3 + c] : values[9 * i + 6 + c] + field[c];
        }
        return trial.withValues(values);
    }
}
