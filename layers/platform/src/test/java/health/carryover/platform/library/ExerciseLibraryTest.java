package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Cue;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Exercise.BodyRegion;
import health.carryover.clinical.exercise.Exercise.Fallback;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.MeasurementErrors;
import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.motion.Hold;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.StabilityCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExerciseLibraryTest {
    private static final ExerciseLibrary LIBRARY = ExerciseLibrary.builtIn();

    private static Exercise exercise(String code) {
        return LIBRARY.find(code).orElseThrow();
    }

    static Collection<Exercise> exercises() {
        return LIBRARY.all();
    }

    /** The table of the three pilot diagnoses: A is GOOD, B is LIMITED, C is NOT. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "1, quad_set, C, C",
        "2, ankle_pump, B, A",
        "3, heel_slide, B, A",
        "4, seated_knee_flexion, A, A",
        "5, straight_leg_raise, B, A",
        "6, short_arc_quad, B, A",
        "7, knee_extension, A, A",
        "8, heel_prop, B, A",
        "9, terminal_knee_extension, B, A",
        "10, mini_squat, A, A",
        "11, sit_to_stand, A, A",
        "12, heel_raise, B, A",
        "13, step_up, A, A",
        "14, single_leg_stance, A, A",
        "15, pendulum, C, B",
        "16, table_slide, B, A",
        "17, supine_assisted_flexion, B, A",
        "18, wand_external_rotation, C, A",
        "19, scapular_set, C, B",
        "20, elbow_flexion, A, A",
        "21, pulley_flexion, B, A",
        "22, wall_slide, B, A",
        "23, shoulder_flexion, A, A",
        "24, side_lying_external_rotation, C, A",
        "25, band_row, B, B",
        "26, pelvic_tilt, C, A",
        "27, single_knee_to_chest, B, A",
        "28, bridge, B, A",
        "29, cat_cow, C, A",
        "30, bird_dog, B, A",
        "31, dead_bug, B, B",
        "32, prone_press_up, B, A",
        "33, prone_hip_extension, B, A",
        "34, plank, B, A",
        "35, side_lying_hip_abduction, B, A",
        "36, hip_hinge, A, A"
    })
    void camera_and_sensor_are_graded_as_in_the_list_of_the_pilots(int number, String code, char camera, char sensor) {
        assertThat(exercise(code).source())
                .startsWith("exercise list no. " + number + (code.equals("mini_squat") ? "," : ";"));
        assertThat(exercise(code).camera()).isEqualTo(Grade.values()[camera - 'A']);
        assertThat(exercise(code).sensor()).isEqualTo(Grade.values()[sensor - 'A']);
    }

    @Test
    void the_pilots_the_general_ones_and_the_control_are_all_there_is() {
        assertThat(LIBRARY.codes())
                .hasSize(36 + 8)
                .contains("squat", "lunge", "bicep_curl", "shoulder_abduction", "lateral_raise", "shoulder_press")
                .contains("step", "none_walking");
    }

    @Test
    void what_no_camera_measures_is_timed_or_told_by_the_patient() {
        assertThat(exercises())
                .filteredOn(each -> each.camera() == Grade.NOT)
                .allMatch(each -> each.measurement() instanceof Measurement.NotByCamera)
                .extracting(Exercise::code, Exercise::otherwise)
                .containsExactlyInAnyOrder(
                        tuple("quad_set", Fallback.HOLD_TIMER),
                        tuple("pendulum", Fallback.HOLD_TIMER),
                        tuple("scapular_set", Fallback.HOLD_TIMER),
                        tuple("pelvic_tilt", Fallback.HOLD_TIMER),
                        tuple("cat_cow", Fallback.SELF_REPORT),
                        tuple("wand_external_rotation", Fallback.SELF_REPORT),
                        tuple("side_lying_external_rotation", Fallback.SELF_REPORT));
    }

    @Test
    void three_positions_are_held() {
        assertThat(exercises())
                .filteredOn(each -> each.measurement() instanceof Hold)
                .extracting(Exercise::code)
                .containsExactlyInAnyOrder("heel_prop", "single_leg_stance", "plank");
    }

    /** Passive motion under the surgeon's ceiling from week 2 and 6, active after week 6, strength after week 12. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "pendulum, , no, no",
        "table_slide, 2, no, yes",
        "supine_assisted_flexion, 2, no, yes",
        "wand_external_rotation, , no, yes",
        "scapular_set, 0, no, no",
        "elbow_flexion, , no, no",
        "pulley_flexion, 6, no, yes",
        "wall_slide, 6, no, no",
        "shoulder_flexion, 6, yes, no",
        "side_lying_external_rotation, 12, yes, no",
        "band_row, 12, yes, no"
    })
    void after_a_rotator_cuff_repair_the_gates_are_those_of_the_list(
            String code, Integer week, String clearance, String ceiling) {
        var gate = exercise(code).gate();
        assertThat(gate.usualWeek().isPresent() ? gate.usualWeek().getAsInt() : null)
                .isEqualTo(week);
        assertThat(gate.clearance()).isEqualTo(clearance.equals("yes"));
        assertThat(gate.ceiling()).isEqualTo(ceiling.equals("yes"));
    }

    @Test
    void a_step_up_waits_for_clearance_and_knees_begin_at_once_with_what_is_safe() {
        assertThat(exercise("step_up").gate().clearance()).isTrue();
        for (String code : List.of("quad_set", "ankle_pump", "heel_slide", "seated_knee_flexion", "heel_prop"))
            assertThat(exercise(code).gate().usualWeek()).as(code).hasValue(0);
    }

    @Test
    void left_and_right_are_compared_only_of_legs_that_move_one_at_a_time() {
        Set<BodyRegion> legs = EnumSet.of(BodyRegion.KNEE, BodyRegion.HIP, BodyRegion.ANKLE, BodyRegion.LOWER_LIMB);
        assertThat(exercises())
                .filteredOn(Exercise::symmetry)
                .allMatch(each -> each.movement().orElseThrow().sides() == Movement.Sides.EITHER)
                .allMatch(each -> legs.contains(each.region()))
                .extracting(Exercise::code)
                .containsExactlyInAnyOrder(
                        "heel_slide",
                        "seated_knee_flexion",
                        "straight_leg_raise",
                        "short_arc_quad",
                        "knee_extension",
                        "terminal_knee_extension",
                        "prone_hip_extension",
                        "side_lying_hip_abduction");
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void everything_that_can_be_said_is_there_in_both_languages(Exercise exercise) {
        if (exercise.movement().isPresent()) assertThat(exercise.cues()).containsOnlyKeys(Cue.values());
        else assertThat(exercise.cues()).containsKey(Cue.GOOD).doesNotContainKeys(Cue.FURTHER, Cue.STOP_THERE);
        boolean held = exercise.movement().isPresent() || exercise.otherwise() == Fallback.HOLD_TIMER;
        assertThat(exercise.cues().containsKey(Cue.HOLD)).isEqualTo(held);
        assertThat(exercise.corrections())
                .containsOnlyKeys(exercise.checks().stream()
                        .map(StabilityCheck::compensation)
                        .distinct()
                        .toList());
        assertThat(phrases(exercise)).allMatch(phrase -> !phrase.english().equals(phrase.spanish()));
    }

    /** Plain words: at most eight, none longer than twelve letters, no degrees; about two seconds of speech. */
    @ParameterizedTest
    @MethodSource("exercises")
    void phrases_are_short_and_speak_of_no_degrees(Exercise exercise) {
        List<String> texts = phrases(exercise)
                .flatMap(phrase -> Stream.of(phrase.english(), phrase.spanish()))
                .toList();
        for (String text : texts) {
            assertThat(text).hasSizeLessThanOrEqualTo(Phrase.LONGEST).doesNotContainPattern("[0-9°%]|degree|grado");
            assertThat(text.split(" ")).as(text).hasSizeLessThanOrEqualTo(8).allMatch(word -> word.length() <= 12);
            assertThat(text).as("a sentence").matches("[A-ZÁÉÍÓÚÑ¡¿].*[.!?]");
        }
    }

    private static Stream<Phrase> phrases(Exercise exercise) {
        List<Phrase> phrases = new ArrayList<>(exercise.cues().values());
        phrases.addAll(exercise.corrections().values());
        return phrases.stream();
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void range_limits_and_grades_have_a_source_that_says_what_is_our_own_choice(Exercise exercise) {
        assertThat(exercise.source())
                .startsWith(exercise.code().equals("none_walking") ? "recordings" : "exercise list");
        if (exercise.movement().isPresent() && !exercise.code().equals("none_walking"))
            assertThat(exercise.source()).containsAnyOf("own choice", "Merck", "0-60");
        for (StabilityCheck check : exercise.checks())
            assertThat(check.source()).containsAnyOf("own choice", "exercise list");
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void the_camera_error_of_each_angle_is_known_from_every_view_it_is_trusted_in(Exercise exercise) {
        MeasurementErrors errors = CameraErrors.inForce();
        exercise.movement()
                .ifPresent(movement -> assertThat(exercise.views())
                        .allSatisfy(view ->
                                assertThat(errors.of(movement.joint(), view)).isPresent()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Move.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WALKING", "STANDING"})
    void every_definition_counts_or_times_a_simulated_person_seen_without_tracking_errors(Move move) {
        Exercise exercise = exercise(move.exercise());
        BodyModel person = BodyModel.doing(move, move.hold() ? 2 : 5).noise(0, 1);
        switch (exercise.measurement()) {
            case Movement _ ->
                assertThat(exercise.analyse(person.record()).orElseThrow().full())
                        .hasSize(5);
            case Hold _ ->
                assertThat(exercise.analyse(person.record()).orElseThrow().full())
                        .isNotEmpty()
                        .allMatch(held -> held.tempo().hold().toSeconds() >= 10);
            case Measurement.NotByCamera _ ->
                assertThat(exercise.analyse(person.record())).isEmpty();
        }
    }

    /** Those of the recordings; with tracking errors small ranges of a leg behind the other are not all counted right. */
    @ParameterizedTest
    @EnumSource(
            value = Move.class,
            names = {
                "SQUAT",
                "SIT_TO_STAND",
                "LUNGE",
                "KNEE_EXTENSION",
                "HEEL_SLIDE",
                "STRAIGHT_LEG_RAISE",
                "BRIDGE",
                "BICEP_CURL",
                "SHOULDER_ABDUCTION",
                "LATERAL_RAISE",
                "SHOULDER_PRESS"
            })
    void the_exercises_of_the_recordings_are_counted_right_with_tracking_errors_too(Move move) {
        assertThat(exercise(move.exercise())
                        .analyse(BodyModel.doing(move, 5).record())
                        .orElseThrow()
                        .full())
                .hasSize(5);
    }
}
