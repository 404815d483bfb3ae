package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.engagement.Measure.Instrument;
import health.carryover.clinical.engagement.Measure.Kind;
import health.carryover.clinical.engagement.Measure.Load;
import health.carryover.clinical.engagement.Milestone.Course;
import health.carryover.clinical.engagement.Milestone.Nothing;
import health.carryover.clinical.engagement.Milestone.Progress;
import health.carryover.clinical.engagement.Milestone.Value;
import health.carryover.clinical.engagement.Milestone.Why;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MilestoneTest {
    private static final Measure KNEE =
            new Measure("left_knee_flexion", Kind.ACTIVE_RANGE, Load.UNLOADED, Instrument.CAMERA);
    private static final Course USUAL = new Course(false, false, false);

    private static Goal goal(Measure measure, double start, double target, double detectable) {
        return new Goal(measure, start, target, detectable, "therapist-1", LocalDate.parse("2026-01-05"));
    }

    private static Milestone knee(double degrees) {
        return Milestone.of(goal(KNEE, 70, 110, 18), new Value(KNEE, degrees), USUAL);
    }

    @ParameterizedTest(name = "{0} degrees on the way from 70 to 110: {1} %")
    // By hand: 26 / 40 = 65 %; 18.1 / 40 = 45.25 %; 29 / 40 = 72.5 %.
    @CsvSource({"96, 65", "88.1, 45", "99, 70", "109.9, 95", "110, 100", "125, 100"})
    void progress_is_the_share_of_the_way_in_steps_rounded_down(double degrees, int percent) {
        assertThat(knee(degrees)).isEqualTo(new Progress(percent));
    }

    @ParameterizedTest(name = "{0} degrees")
    @CsvSource({"70", "75", "88", "60", "20"})
    void a_change_no_larger_than_the_error_or_away_from_the_goal_is_not_shown(double degrees) {
        assertThat(knee(degrees)).isEqualTo(new Nothing(Why.NO_CHANGE_BEYOND_ERROR));
    }

    @Test
    void a_goal_of_less_counts_downwards() {
        Measure extension =
                new Measure("left_knee_lack_of_extension", Kind.PASSIVE_RANGE, Load.UNLOADED, Instrument.GONIOMETER);
        Goal goal = goal(extension, 15, 0, 5);
        assertThat(Milestone.of(goal, new Value(extension, 6), USUAL)).isEqualTo(new Progress(60));
        assertThat(Milestone.of(goal, new Value(extension, 20), USUAL))
                .isEqualTo(new Nothing(Why.NO_CHANGE_BEYOND_ERROR));
        assertThat(Milestone.of(goal, new Value(extension, -3), USUAL)).isEqualTo(new Progress(100));
    }

    /** The same knees read 124.6 by goniometer and 109.5 in a squat (SAFETY.md). */
    @Test
    void a_squat_is_never_compared_with_a_goniometer() {
        Measure goniometer = new Measure("left_knee_flexion", Kind.ACTIVE_RANGE, Load.UNLOADED, Instrument.GONIOMETER);
        Measure squat = new Measure("left_knee_flexion", Kind.ACTIVE_RANGE, Load.BODY_WEIGHT, Instrument.CAMERA);
        Goal goal = goal(goniometer, 90, 124.6, 8);
        assertThat(Milestone.of(goal, new Value(squat, 109.5), USUAL)).isEqualTo(new Nothing(Why.OTHER_MEASURE));
        assertThat(Milestone.of(goal, new Value(goniometer, 109.5), USUAL)).isEqualTo(new Progress(55));
    }

    @Test
    void what_differs_in_one_thing_only_is_another_measure() {
        for (Measure other : new Measure[] {
            new Measure("right_knee_flexion", Kind.ACTIVE_RANGE, Load.UNLOADED, Instrument.CAMERA),
            new Measure("left_knee_flexion", Kind.PASSIVE_RANGE, Load.UNLOADED, Instrument.CAMERA),
            new Measure("left_knee_flexion", Kind.ACTIVE_RANGE, Load.BODY_WEIGHT, Instrument.CAMERA),
            new Measure("left_knee_flexion", Kind.ACTIVE_RANGE, Load.UNLOADED, Instrument.SENSOR)
        })
            assertThat(Milestone.of(goal(KNEE, 70, 110, 18), new Value(other, 100), USUAL))
                    .isEqualTo(new Nothing(Why.OTHER_MEASURE));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Kind.class)
    void before_clearance_of_a_rotator_cuff_repair_no_range_is_shown(Kind kind) {
        Measure measure = new Measure("right_shoulder", kind, Load.UNLOADED, Instrument.SENSOR);
        Goal goal = goal(measure, 20, 120, 12);
        Value value = new Value(measure, 100);
        Milestone before = Milestone.of(goal, value, new Course(true, false, false));
        if (kind.isRange()) assertThat(before).isEqualTo(new Nothing(Why.NOT_CLEARED));
        else assertThat(before).isEqualTo(new Progress(80));
        assertThat(Milestone.of(goal, value, new Course(true, true, false))).isEqualTo(new Progress(80));
    }

    @Test
    void nothing_is_shown_while_a_safety_task_is_open() {
        assertThat(Milestone.of(goal(KNEE, 70, 110, 18), new Value(KNEE, 110), new Course(false, false, true)))
                .isEqualTo(new Nothing(Why.SAFETY_TASK_OPEN));
    }

    @ParameterizedTest(name = "at {0} % after {1} % was told: {2}")
    @CsvSource({"20, 0,", "25, 0, 25", "65, 0, 50", "65, 25, 50", "65, 50,", "40, 50,", "100, 75, 100", "100, 100,"})
    void a_milestone_is_told_once_and_a_step_back_never(int percent, int told, Integer tell) {
        if (tell == null) assertThat(new Progress(percent).toTell(told)).isEmpty();
        else assertThat(new Progress(percent).toTell(told)).hasValue(tell);
    }

    @Test
    void a_goal_that_the_measurement_cannot_tell_from_the_start_is_refused() {
        assertThatThrownBy(() -> goal(KNEE, 100, 118, 18)).hasMessageStartingWith("target");
        assertThatThrownBy(() -> goal(KNEE, 118, 100, 18)).hasMessageStartingWith("target");
        assertThatThrownBy(() -> goal(KNEE, Double.NaN, 100, 18)).hasMessageStartingWith("start");
        assertThatThrownBy(() -> goal(KNEE, 70, Double.POSITIVE_INFINITY, 18)).hasMessageStartingWith("target");
    }

    @Test
    void a_camera_is_not_believed_to_err_by_less_than_ten_degrees() {
        assertThatThrownBy(() -> goal(KNEE, 70, 110, 9.9)).hasMessageStartingWith("detectable");
        assertThatThrownBy(() -> goal(KNEE, 70, 110, Double.NaN)).hasMessageStartingWith("detectable");
        assertThatThrownBy(() -> new Value(KNEE, Double.NaN)).hasMessageStartingWith("value");
    }
}
