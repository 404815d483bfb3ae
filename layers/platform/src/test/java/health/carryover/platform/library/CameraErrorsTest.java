package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.MeasurementError;
import health.carryover.clinical.exercise.MeasurementErrors;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraErrorsTest {
    private static final Sheet GOOD = Sheet.of(CameraErrors.COLUMNS)
            .with(
                    "joint=KNEE_FLEXION",
                    "view=LATERAL",
                    "suitability=GOOD",
                    "progress_mdc_deg=18",
                    "left_right_mdc_deg=6",
                    "source=a book");
    private static final MeasurementErrors IN_FORCE = CameraErrors.inForce();

    @Test
    void every_joint_stands_there_with_every_view_but_the_mixed_one() {
        for (Joint joint : Joint.values())
            for (View view : View.values())
                assertThat(IN_FORCE.of(joint, view).isPresent())
                        .as(joint + " " + view)
                        .isEqualTo(view != View.MIXED);
    }

    @Test
    void no_camera_change_under_ten_degrees_is_one() {
        assertThat(IN_FORCE.all()).noneMatch(error -> error.isChange(9.9));
    }

    @Test
    void degrees_are_shown_only_from_views_across_the_plane_of_the_angle() {
        for (MeasurementError error : IN_FORCE.all()) {
            boolean fromTheFront = error.view() == View.FRONTAL || error.view() == View.REAR;
            if (error.joint().plane() == Joint.Plane.SAGITTAL && fromTheFront
                    || error.joint().plane() == Joint.Plane.FRONTAL && error.view() == View.LATERAL)
                assertThat(error.suitability())
                        .as(error.joint() + " " + error.view())
                        .isEqualTo(Grade.NOT);
        }
    }

    /** The exercise list: 6, 9 and 22; the least is 10. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"KNEE_FLEXION, LATERAL, 10", "SHOULDER_ABDUCTION, FRONTAL, 10", "ELBOW_FLEXION, FRONTAL, 22"})
    void differences_of_left_and_right_are_told_from_their_error_on(Joint joint, View view, double from) {
        assertThat(IN_FORCE.of(joint, view).orElseThrow().asymmetryFromDeg()).hasValue(from);
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "joint, KNEE, one of",
        "view, SIDE, one of",
        "view, MIXED, mixed",
        "suitability, A, one of",
        "suitability, NOT, missing exactly",
        "progress_mdc_deg, '', missing exactly",
        "progress_mdc_deg, 9.9, '[10, 180]'",
        "progress_mdc_deg, 181, '[10, 180]'",
        "progress_mdc_deg, few, number",
        "left_right_mdc_deg, 0, '(0, 180]'",
        "source, '', missing"
    })
    void a_bad_row_is_refused_by_row_and_column(String column, String value, String why) {
        String bad = GOOD.copied("view", "REAR").but(column, value).text();
        assertThat(catchThrowableOfType(InvalidLibraryException.class, () -> CameraErrors.read(bad)))
                .hasMessageContaining("measurement-error.csv row 3 column ")
                .hasMessageContaining(why);
    }

    @Test
    void a_double_is_refused() {
        String bad = GOOD.copied("source", "another book").text();
        assertThat(catchThrowableOfType(InvalidLibraryException.class, () -> CameraErrors.read(bad)))
                .hasMessageContaining("row 3 column view: stands there twice");
    }
}
