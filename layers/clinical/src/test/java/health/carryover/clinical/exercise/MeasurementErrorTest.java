package health.carryover.clinical.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.View;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasurementErrorTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    private static MeasurementError error(Grade suitability, OptionalDouble progress, OptionalDouble leftRight) {
        return new MeasurementError(Joint.KNEE_FLEXION, View.LATERAL, suitability, progress, leftRight, "a book");
    }

    private static MeasurementError error(double progress, double leftRight) {
        return error(Grade.GOOD, OptionalDouble.of(progress), OptionalDouble.of(leftRight));
    }

    @Test
    void a_change_is_one_from_its_error_on_whichever_way_it_goes() {
        MeasurementError error = error(18, 6);
        assertThat(error.isChange(18)).isTrue();
        assertThat(error.isChange(-18)).isTrue();
        assertThat(error.isChange(17.99)).isFalse();
        assertThat(error.isChange(Double.NaN)).isFalse();
    }

    /** The exercise list: knee 6, elbow 22; data/pose: an alarm under about 10 degrees fires on noise. */
    @Test
    void a_left_right_difference_is_told_from_its_error_on_but_never_under_ten_degrees() {
        assertThat(error(18, 6).asymmetryFromDeg()).hasValue(10);
        assertThat(error(42, 22).asymmetryFromDeg()).hasValue(22);
        assertThat(error(Grade.GOOD, OptionalDouble.of(18), UNKNOWN).asymmetryFromDeg())
                .isEmpty();
    }

    @Test
    void from_a_view_that_is_not_suited_nothing_is_ever_a_change() {
        MeasurementError error = error(Grade.NOT, UNKNOWN, UNKNOWN);
        assertThat(error.isChange(180)).isFalse();
        assertThat(error.asymmetryFromDeg()).isEmpty();
    }

    @Test
    void an_error_below_what_any_camera_errs_is_refused() {
        assertThat(error(10, 6).isChange(10)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> error(9.99, 6))
                .withMessageStartingWith("progress_mdc_deg: ");
    }

    @Test
    void errors_are_looked_up_by_joint_and_view_and_a_mixed_view_has_none() {
        var errors = new MeasurementErrors(List.of(error(18, 6)));
        assertThat(errors.of(Joint.KNEE_FLEXION, View.LATERAL)).contains(error(18, 6));
        assertThat(errors.of(Joint.KNEE_FLEXION, View.MIXED)).isEmpty();
        assertThat(errors.of(Joint.HIP_FLEXION, View.LATERAL)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeasurementErrors(List.of(error(18, 6), error(20, 6))))
                .withMessageContaining("twice");
    }
}
