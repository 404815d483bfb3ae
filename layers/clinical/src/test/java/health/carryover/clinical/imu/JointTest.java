package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.imu.JointReading.Ball;
import health.carryover.clinical.imu.JointReading.Hinge;
import health.carryover.clinical.imu.JointReading.NotMeasurable;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two simulated segments with known angles; the sensors sit on them in any orientation. */
class JointTest {
    private static final Quaternion ON_THIGH = new Quaternion(0.6, 0.3, -0.5, 0.4);
    private static final Quaternion ON_SHANK = new Quaternion(0.2, -0.8, 0.3, 0.5);
    /** Segment (x forward, y up, z right) standing and facing north, to earth. */
    private static final Quaternion STANDING = Quaternion.ofRows(0, 0, 1, 1, 0, 0, 0, 1, 0);

    private static final Vector RIGHT = new Vector(0, 0, 1);

    /** Hip swings a little in all directions, so that the joint moves about more than its axis. */
    private static Quaternion thigh(double t) {
        double s = t < 5 ? 0 : t - 5;
        return Quaternion.about(0, 0, 1, 0.3 * Math.sin(0.7 * s))
                .times(STANDING)
                .times(Quaternion.about(0, 0, 1, 0.6 * Math.sin(1.1 * s)))
                .times(Quaternion.about(1, 0, 0, 0.2 * Math.sin(1.9 * s)));
    }

    /** Bends to 90 degrees every four seconds. */
    private static double knee(double t) {
        return t < 5 ? 0 : Math.toRadians(45) * (1 - Math.cos(2 * Math.PI * (t - 5) / 4));
    }

    private static Quaternion shank(double t) {
        return thigh(t).times(Quaternion.about(0, 0, 1, -knee(t)));
    }

    private static SimulatedSensor sensor(DoubleFunction<Quaternion> segment, Quaternion mounting, long seed) {
        return new SimulatedSensor(t -> segment.apply(t).times(mounting), 100, seed);
    }

    /** Worst and root mean square error of the angle from a moment on, degrees. */
    private record Errors(double rms, double worst, int notMeasurable) {}

    private static Errors measure(
            HingeJoint joint,
            SimulatedSensor proximal,
            SimulatedSensor distal,
            OrientationFilter one,
            OrientationFilter other,
            DoubleUnaryOperator truth,
            double untilS) {
        double[] sample = new double[9];
        double[] found = new double[8];
        double squared = 0;
        double worst = 0;
        int readings = 0;
        int unknown = 0;
        for (int i = 0; i * 0.01 < untilS; i++) {
            double t = i * 0.01;
            proximal.sample(t, sample, 0);
            one.update(0.01, sample, 0);
            distal.sample(t, sample, 0);
            other.update(0.01, sample, 0);
            one.orientation(found, 0);
            other.orientation(found, 4);
            Quaternion p = Quaternion.at(found, 0);
            Quaternion d = Quaternion.at(found, 4);
            if (t < 4.5) {
                joint.pose(t, p, d);
                continue;
            }
            switch (joint.read(t, p, d)) {
                case Hinge hinge -> {
                    double off = hinge.flexionDeg() - Math.toDegrees(truth.applyAsDouble(t));
                    squared += off * off;
                    worst = Math.max(worst, Math.abs(off));
                    readings++;
                }
                case NotMeasurable _ -> unknown++;
                case Ball _ -> throw new AssertionError("a hinge has one angle");
            }
        }
        return new Errors(Math.sqrt(squared / Math.max(1, readings)), worst, unknown);
    }

    private static HingeJoint knee() {
        return new HingeJoint(
                RIGHT.turnedBy(ON_THIGH.inverse()), RIGHT.turnedBy(ON_SHANK.inverse()), HingeJoint.Bends.BACKWARD);
    }

    @Test
    void a_knee_is_measured_without_magnetometers_although_their_headings_differ_and_drift() {
        Errors errors = measure(
                knee(),
                sensor(JointTest::thigh, ON_THIGH, 1).bias(0.4, 0.3, -0.5).withoutMagnetometer(),
                sensor(JointTest::shank, ON_SHANK, 2).bias(-0.5, 0.6, 0.3).withoutMagnetometer(),
                InertialKalman.sixAxes(SimulatedSensor.TRAITS),
                InertialKalman.sixAxes(SimulatedSensor.TRAITS),
                JointTest::knee,
                65);
        assertThat(errors.notMeasurable()).isZero();
        assertThat(errors.rms()).as("degrees").isLessThan(1.5);
        assertThat(errors.worst()).as("degrees").isLessThan(4);
    }

    /** Ten degrees of drift in a minute would be ten degrees of flexion if nothing cancelled it. */
    @Test
    void a_heading_that_drifts_is_cancelled() {
        HingeJoint joint = knee();
        double worst = 0;
        for (int i = 0; i < 6500; i++) {
            double t = i * 0.01;
            Quaternion p = thigh(t).times(ON_THIGH);
            Quaternion d = Quaternion.about(0, 0, 1, 1.3 + Math.toRadians(10) * t / 60)
                    .times(shank(t))
                    .times(ON_SHANK);
            if (t < 4.5) assertThat(joint.pose(t, p, d)).isTrue();
            else if (joint.read(t, p, d) instanceof Hinge hinge)
                worst = Math.max(worst, Math.abs(hinge.flexionDeg() - Math.toDegrees(knee(t))));
            else throw new AssertionError("not measurable at " + t);
        }
        assertThat(worst).as("degrees").isLessThan(2);
    }

    /** Lying on the side the axis of the knee is upright: gravity says nothing about the angle. */
    @Test
    void with_the_axis_upright_and_unknown_headings_it_is_not_measurable() {
        HingeJoint joint = knee();
        Quaternion lying = Quaternion.ofRows(1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThat(joint.pose(0, lying.times(ON_THIGH), lying.times(ON_SHANK))).isFalse();
        assertThat(joint.read(1, lying.times(ON_THIGH), lying.times(ON_SHANK)))
                .isEqualTo(new NotMeasurable(1, JointReading.Reason.HEADING_UNKNOWN));
    }

    @Test
    void a_heading_once_known_grows_uncertain_while_the_axis_is_upright() {
        HingeJoint joint = knee();
        joint.pose(0, STANDING.times(ON_THIGH), STANDING.times(ON_SHANK));
        Quaternion lying = Quaternion.ofRows(1, 0, 0, 0, 1, 0, 0, 0, 1);
        JointReading early = joint.read(10, lying.times(ON_THIGH), lying.times(ON_SHANK));
        JointReading late = joint.read(3600, lying.times(ON_THIGH), lying.times(ON_SHANK));
        assertThat(((Hinge) early).uncertaintyDeg()).isBetween(1.0, 10.0);
        assertThat(late).isEqualTo(new NotMeasurable(3600, JointReading.Reason.HEADING_UNKNOWN));
    }

    @Test
    void the_axis_of_the_knee_is_found_from_a_functional_movement() {
        int moments = 2000;
        double[] one = new double[3 * moments];
        double[] other = new double[3 * moments];
        double[] sample = new double[9];
        var thigh = sensor(JointTest::thigh, ON_THIGH, 3);
        var shank = sensor(JointTest::shank, ON_SHANK, 4);
        for (int i = 0; i < moments; i++) {
            thigh.sample(5 + i * 0.01, sample, 0);
            System.arraycopy(sample, 3, one, 3 * i, 3);
            shank.sample(5 + i * 0.01, sample, 0);
            System.arraycopy(sample, 3, other, 3 * i, 3);
        }
        HingeAxes.Result result = HingeAxes.find(one, other, 0.01);
        assertThat(result).isInstanceOf(HingeAxes.Found.class);
        var found = (HingeAxes.Found) result;
        Vector onThigh = RIGHT.turnedBy(ON_THIGH.inverse());
        Vector onShank = RIGHT.turnedBy(ON_SHANK.inverse());
        double cosine = found.proximal().dot(onThigh);
        assertThat(Math.toDegrees(Math.acos(Math.min(1, Math.abs(cosine)))))
                .as("degrees off")
                .isLessThan(1);
        assertThat(Math.toDegrees(Math.acos(Math.min(1, Math.abs(found.distal().dot(onShank))))))
                .isLessThan(1);
        assertThat(found.distal().dot(onShank) * cosine)
                .as("both the same way round")
                .isPositive();
        assertThat(found.opposite().proximal().dot(found.proximal())).isCloseTo(-1, within(1e-9));
    }

    @Test
    void no_axis_is_made_up_where_there_is_none() {
        double[] still = new double[3000];
        assertThat(HingeAxes.find(still, still, 0.01))
                .isEqualTo(new HingeAxes.NotFound(HingeAxes.Reason.TOO_LITTLE_MOVEMENT));
        assertThat(HingeAxes.find(new double[30], new double[30], 0.01))
                .isEqualTo(new HingeAxes.NotFound(HingeAxes.Reason.TOO_FEW_SAMPLES));
        double[] one = new double[6000];
        double[] other = new double[6000];
        for (int i = 0; i < 6000; i++) {
            one[i] = 2 * Math.sin(i * (0.0137 + 0.006 * (i % 3)));
            other[i] = 2 * Math.cos(i * (0.0271 + 0.005 * (i % 3)));
        }
        assertThat(HingeAxes.find(one, other, 0.01)).isEqualTo(new HingeAxes.NotFound(HingeAxes.Reason.NOT_A_HINGE));
    }

    @ParameterizedTest
    @CsvSource({"30, 10, -20", "110, -15, 5", "-25, 40, 60", "0, 0, 0", "170, 80, -170"})
    void three_angles_of_a_hip_are_given_back_as_they_were_made(double flexion, double adduction, double rotation) {
        Quaternion joint = Quaternion.about(0, 0, 1, Math.toRadians(flexion))
                .times(Quaternion.about(1, 0, 0, Math.toRadians(adduction)))
                .times(Quaternion.about(0, 1, 0, Math.toRadians(rotation)));
        Quaternion pelvis = new Quaternion(0.5, 0.1, -0.7, 0.3);
        var ball = (Ball) BallJoint.FLEXION_ADDUCTION_ROTATION.read(3, pelvis, pelvis.times(joint));
        assertThat(ball.first()).isCloseTo(flexion, within(1e-6));
        assertThat(ball.second()).isCloseTo(adduction, within(1e-6));
        assertThat(ball.third()).isCloseTo(rotation, within(1e-6));
        assertThat(ball.timeS()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"30, -80, 20", "-60, -150, 100", "0, -10, 0"})
    void three_angles_of_a_shoulder_are_given_back_as_they_were_made(double plane, double elevation, double axial) {
        Quaternion joint = Quaternion.about(0, 1, 0, Math.toRadians(plane))
                .times(Quaternion.about(1, 0, 0, Math.toRadians(elevation)))
                .times(Quaternion.about(0, 1, 0, Math.toRadians(axial)));
        var ball = (Ball) BallJoint.PLANE_ELEVATION_ROTATION.read(0, Quaternion.IDENTITY, joint);
        assertThat(ball.first()).isCloseTo(plane, within(1e-6));
        assertThat(ball.second()).isCloseTo(elevation, within(1e-6));
        assertThat(ball.third()).isCloseTo(axial, within(1e-6));
    }

    @Test
    void where_two_angles_are_the_same_turn_the_joint_is_not_measurable() {
        NotMeasurable locked = new NotMeasurable(0, JointReading.Reason.GIMBAL_LOCK);
        assertThat(BallJoint.FLEXION_ADDUCTION_ROTATION.read(
                        0, Quaternion.IDENTITY, Quaternion.about(1, 0, 0, Math.toRadians(89))))
                .isEqualTo(locked);
        assertThat(BallJoint.PLANE_ELEVATION_ROTATION.read(0, Quaternion.IDENTITY, Quaternion.IDENTITY))
                .isEqualTo(locked);
    }

    @Test
    void a_segment_is_aligned_by_pose_and_axis_however_the_sensor_sits() {
        Vector up = new Vector(0, 1, 0).turnedBy(ON_THIGH.inverse());
        Vector right = RIGHT.turnedBy(ON_THIGH.inverse());
        SegmentFrame frame = SegmentFrame.of(up, right);
        Quaternion segment = frame.orientation(STANDING.times(ON_THIGH));
        assertThat(segment.times(STANDING.inverse()).radians()).isLessThan(1e-9);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> SegmentFrame.of(up, up.times(-1)))
                .hasMessageContaining("almost upright");
    }
}
