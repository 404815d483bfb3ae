package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JointTest {
    private static final ImageSize WIDE = new ImageSize(1600, 800);

    private final float[] values = new float[Landmark.COUNT * 4];

    private void put(Landmark landmark, double pixelX, double pixelY, double visibility) {
        values[landmark.ordinal() * 4] = (float) (pixelX / WIDE.width());
        values[landmark.ordinal() * 4 + 1] = (float) (pixelY / WIDE.height());
        values[landmark.ordinal() * 4 + 3] = (float) visibility;
    }

    private double degrees(Joint joint, Side side) {
        return joint.angle(Frame.of(0, values), WIDE, side).orElseThrow().degrees();
    }

    @Test
    void a_straight_leg_is_zero_and_a_right_angle_ninety_degrees_of_flexion_in_a_wide_picture() {
        put(LEFT_HIP, 800, 200, 1);
        put(LEFT_KNEE, 800, 400, 1);
        put(LEFT_ANKLE, 800, 600, 1);
        assertThat(degrees(Joint.KNEE_FLEXION, Side.LEFT)).isCloseTo(0, within(0.01));
        put(LEFT_ANKLE, 1000, 400, 1);
        assertThat(degrees(Joint.KNEE_FLEXION, Side.LEFT)).isCloseTo(90, within(0.01));
        put(LEFT_ANKLE, 900, 400 + 100 * Math.sqrt(3), 1); // 30 degrees off the line: tan 30 = 1 / sqrt 3
        assertThat(degrees(Joint.KNEE_FLEXION, Side.LEFT)).isCloseTo(30, within(0.01));
    }

    @Test
    void an_arm_at_the_side_is_zero_and_overhead_one_hundred_and_eighty_degrees_of_elevation() {
        put(RIGHT_HIP, 800, 600, 1);
        put(RIGHT_SHOULDER, 800, 300, 1);
        put(RIGHT_ELBOW, 800, 450, 1);
        assertThat(degrees(Joint.SHOULDER_ABDUCTION, Side.RIGHT)).isCloseTo(0, within(0.01));
        put(RIGHT_ELBOW, 650, 300, 1);
        assertThat(degrees(Joint.SHOULDER_ABDUCTION, Side.RIGHT)).isCloseTo(90, within(0.01));
        put(RIGHT_ELBOW, 800, 150, 1);
        assertThat(degrees(Joint.SHOULDER_ABDUCTION, Side.RIGHT)).isCloseTo(180, within(0.01));
    }

    @Test
    void a_side_is_seen_as_well_as_its_worst_landmark() {
        put(LEFT_HIP, 0, 0, 0.9);
        put(LEFT_KNEE, 1, 1, 0.2);
        put(LEFT_ANKLE, 2, 2, 0.8);
        assertThat(Joint.KNEE_FLEXION.visibility(Frame.of(0, values), Side.LEFT))
                .isCloseTo(0.2, within(1e-6));
    }

    @Test
    void there_is_no_angle_without_a_person_or_when_two_points_coincide() {
        assertThat(Joint.KNEE_FLEXION.angle(Frame.nobody(0), WIDE, Side.LEFT)).isEmpty();
        assertThat(Joint.KNEE_FLEXION.angle(Frame.of(0, values), WIDE, Side.LEFT))
                .isEmpty();
    }

    @Test
    void a_frame_refuses_numbers_that_are_none() {
        values[5] = Float.NaN;
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.of(0, values));
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.of(0, new float[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Angle(Double.NaN));
    }
}
