package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Exercise;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExerciseLibraryTest {
    private static final String GOOD =
            "squat,Squat,KNEE_FLEXION,GROWS,ALIKE,90,0.35,no,no,lower hold rise,LATERAL,HIP KNEE ANKLE,STANDING,a book";

    private static ExerciseLibrary read(String... rows) {
        String text = String.join(",", ExerciseLibrary.COLUMNS) + "\n" + String.join("\n", rows) + "\n";
        return ExerciseLibrary.read(new StringReader(text), "test.csv");
    }

    @Test
    void every_exercise_of_the_recordings_and_of_the_pilots_camera_list_is_there_with_its_source() {
        assertThat(ExerciseLibrary.builtIn().codes())
                .contains("squat", "knee_extension", "bicep_curl", "shoulder_abduction", "lunge", "lateral_raise")
                .contains("shoulder_press", "heel_slide", "straight_leg_raise", "bridge", "sit_to_stand");
        assertThat(ExerciseLibrary.builtIn().all()).extracting(Exercise::source).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @EnumSource(
            value = Move.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WALKING", "STANDING"})
    void a_simulated_person_doing_an_exercise_of_the_library_is_counted_right(Move move) {
        Optional<Exercise> known = ExerciseLibrary.builtIn().find(move.exercise());
        assumeTrue(known.isPresent(), () -> "skipped: the library does not know " + move.exercise());
        Exercise exercise = known.orElseThrow();
        assertThat(exercise.analyse(BodyModel.doing(move, 5).record()).full()).hasSize(5);
    }

    @Test
    void a_good_row_is_read() {
        Exercise squat = read(GOOD).find("squat").orElseThrow();
        assertThat(squat.name()).isEqualTo("Squat");
        assertThat(squat.phases()).isEqualTo(List.of("lower", "hold", "rise"));
        assertThat(squat.landmarks()).hasSize(6);
    }

    @ParameterizedTest(name = "{0}: {2} instead of {1}")
    @CsvSource({
        "code, squat, Squat One",
        "joint, KNEE_FLEXION, KNIE",
        "direction, GROWS, up",
        "sides, ALIKE, both",
        "usual_range_deg, 90, 900",
        "usual_range_deg, 90, ninety",
        "shortest_s, 0.35, soon",
        "depth, 'no,lower', 'deep,lower'",
        "travels, '0.35,no', '0.35,maybe'",
        "phases, lower hold rise, lower rise",
        "views, LATERAL, MIXED",
        "landmarks, HIP KNEE ANKLE, HIP TOE",
        "posture, STANDING, HANGING"
    })
    void a_bad_row_is_refused_by_row_and_column(String column, String good, String bad) {
        String row = column.equals("code") ? GOOD.replaceFirst("squat", bad) : GOOD.replace(good, bad);
        String other = GOOD.replaceFirst("squat", "other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(other, row))
                .withMessageContaining("test.csv row 3")
                .withMessageContaining(column);
    }

    @Test
    void a_missing_source_a_double_code_and_a_short_row_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace("a book", "")))
                .withMessageContaining("column source");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD, GOOD))
                .withMessageContaining("row 3 column code");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace(",a book", "")))
                .withMessageContaining("test.csv");
        assertThatIllegalArgumentException().isThrownBy(() -> read());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExerciseLibrary.read(new StringReader("code,name\nsquat,Squat\n"), "test.csv"))
                .withMessageContaining("columns");
    }
}
