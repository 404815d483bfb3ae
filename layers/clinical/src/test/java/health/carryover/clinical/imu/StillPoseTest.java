package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.imu.StillPose.Reason;
import health.carryover.clinical.imu.StillPose.Refusal;
import health.carryover.clinical.imu.StillPose.Result;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StillPoseTest {
    private static Result pose(SimulatedSensor sensor, double seconds) {
        var pose = new StillPose(StillnessLimits.USUAL);
        double[] sample = new double[9];
        for (int i = 0; i < Math.round(seconds / sensor.stepS()); i++) {
            sensor.sample(i * sensor.stepS(), sample, 0);
            pose.accept(sensor.stepS(), sample, 0);
        }
        return pose.finish();
    }

    @Test
    void a_still_pose_gives_bias_and_the_direction_of_gravity() {
        Quaternion leaning = Quaternion.about(1, 2, 0, 0.7);
        Result result = pose(new SimulatedSensor(t -> leaning, 100, 1).bias(0.7, -0.4, 1.2), 4);
        assertThat(result).isInstanceOf(Result.Still.class);
        var still = (Result.Still) result;
        assertThat(Math.toDegrees(still.bias().x())).isCloseTo(0.7, within(0.03));
        assertThat(Math.toDegrees(still.bias().y())).isCloseTo(-0.4, within(0.03));
        assertThat(Math.toDegrees(still.bias().z())).isCloseTo(1.2, within(0.03));
        Vector up = new Vector(0, 0, 1).turnedBy(leaning.inverse());
        assertThat(Math.toDegrees(Math.acos(still.up().dot(up))))
                .as("degrees off")
                .isLessThan(0.1);
        assertThat(still.seconds()).isCloseTo(4, within(0.001));
    }

    record Row(
            String situation,
            DoubleFunction<Quaternion> movement,
            double bounce,
            double biasDeg,
            double seconds,
            List<Reason> reasons) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> refused() {
        DoubleFunction<Quaternion> still = t -> Quaternion.IDENTITY;
        return Stream.of(
                new Row("a hundredth of a second short of three", still, 0, 0, 2.98, List.of(Reason.TOO_SHORT)),
                new Row(
                        "swaying by 4 degrees",
                        t -> Quaternion.about(1, 0, 0, 0.07 * Math.sin(3 * t)),
                        0,
                        0,
                        4,
                        List.of(Reason.TURNING)),
                new Row("bouncing by 3 cm", still, 0.03, 0, 4, List.of(Reason.SHAKING)),
                new Row(
                        "turning steadily on a swivel chair",
                        t -> Quaternion.about(0, 0, 1, 0.1 * t),
                        0,
                        0,
                        4,
                        List.of(Reason.STEADY_TURN)),
                new Row("a gyroscope out of order", still, 0, 20, 4, List.of(Reason.STEADY_TURN)),
                new Row(
                        "everything at once",
                        t -> Quaternion.about(1, 0, 0, 0.3 * Math.sin(3 * t)),
                        0.1,
                        0,
                        1,
                        List.of(Reason.TOO_SHORT, Reason.TURNING, Reason.SHAKING)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(Row row) {
        var sensor = new SimulatedSensor(row.movement(), 100, 2)
                .bouncing(row.bounce())
                .bias(row.biasDeg(), 0, 0);
        Result result = pose(sensor, row.seconds());
        assertThat(result).isInstanceOf(Result.Refused.class);
        assertThat(((Result.Refused) result).refusals().stream().map(Refusal::reason))
                .containsExactlyElementsOf(row.reasons());
    }

    @Test
    void no_samples_and_damaged_samples_are_refused() {
        assertThat(((Result.Refused) pose(new SimulatedSensor(t -> Quaternion.IDENTITY, 100, 3), 0)).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Reason.TOO_SHORT, Reason.TOO_FEW_SAMPLES);
        var pose = new StillPose(StillnessLimits.USUAL);
        double[] good = {0, 0, 9.81, 0, 0, 0, 0, 16, -42};
        double[] bad = {0, Double.NaN, 9.81, 0, 0, 0, 0, 16, -42};
        for (int i = 0; i < 400; i++) pose.accept(0.01, i % 5 == 0 ? bad : good, 0);
        assertThat(((Result.Refused) pose.finish()).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Reason.DAMAGED);
    }

    @Test
    void what_comes_after_five_seconds_is_not_used() {
        var pose = new StillPose(StillnessLimits.USUAL);
        double[] still = {0, 0, 9.81, 0, 0, 0, 0, 16, -42};
        double[] walking = {3, 0, 12, 1, 1, 0, 0, 16, -42};
        for (int i = 0; i < 1000; i++) pose.accept(0.01, pose.complete() ? walking : still, 0);
        assertThat(pose.finish()).isInstanceOf(Result.Still.class);
    }
}
