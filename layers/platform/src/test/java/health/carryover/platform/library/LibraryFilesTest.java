package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.carryover.clinical.exercise.Cue;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Hold;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.Movement;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryFilesTest {
    private static final Sheet SQUAT = Sheet.of(ExerciseRow.COLUMNS)
            .with(
                    "code=deep_squat",
                    "name=Deep squat",
                    "region=LOWER_LIMB",
                    "measurement=movement",
                    "joint=KNEE_FLEXION",
                    "direction=GROWS",
                    "sides=ALIKE",
                    "usual_range_deg=90",
                    "shortest_s=0.35",
                    "travels=no",
                    "depth=no",
                    "phases=lower hold rise",
                    "views=LATERAL OBLIQUE",
                    "landmarks=HIP KNEE ANKLE",
                    "posture=STANDING",
                    "camera=GOOD",
                    "sensor=GOOD",
                    "otherwise=SELF_REPORT",
                    "symmetry=no",
                    "clearance=no",
                    "ceiling=no",
                    "source=a book");
    private static final Sheet PLANK = SQUAT.copied("code", "side_plank")
            .but("measurement", "hold")
            .but("joint", "")
            .but("direction", "")
            .but("sides", "")
            .but("usual_range_deg", "")
            .but("shortest_s", "5")
            .but("travels", "")
            .but("depth", "")
            .but("bands", "HIP_FLEXION 0 25; TRUNK_INCLINATION 60 100")
            .but("landmarks", "SHOULDER HIP KNEE")
            .but("otherwise", "HOLD_TIMER");
    private static final Sheet SET = PLANK.copied("code", "glute_set")
            .but("measurement", "none")
            .but("shortest_s", "")
            .but("bands", "")
            .but("views", "")
            .but("landmarks", "")
            .but("camera", "NOT");
    private static final Sheet CHECKS = Sheet.of(ExerciseReader.CHECK_COLUMNS)
            .with("exercise=deep_squat", "compensation=HEEL_RISE", "limit=10", "on=yes", "source=a book");
    private static final Sheet CUES = general();

    private static Sheet general() {
        Sheet sheet = Sheet.of(ExerciseReader.CUE_COLUMNS);
        for (Cue cue : Cue.values()) sheet = sheet.with("scope=*", "cue=" + cue, "english=Words.", "spanish=Palabras.");
        return sheet.with("scope=*", "cue=HEEL_RISE", "english=Heels down.", "spanish=Talones abajo.");
    }

    private static ExerciseLibrary read(Sheet exercises, Sheet checks, Sheet cues) {
        return ExerciseLibrary.read(new LibraryFiles(exercises.text(), checks.text(), cues.text()));
    }

    private static InvalidLibraryException refused(Sheet exercises, Sheet checks, Sheet cues) {
        return refused(new LibraryFiles(exercises.text(), checks.text(), cues.text()));
    }

    private static InvalidLibraryException refused(LibraryFiles files) {
        return catchThrowableOfType(InvalidLibraryException.class, () -> ExerciseLibrary.read(files));
    }

    @Test
    void a_counted_a_held_and_a_timed_exercise_are_read() {
        ExerciseLibrary library = read(SET, CHECKS, CUES);
        assertThat(library.codes()).containsExactly("deep_squat", "side_plank", "glute_set");
        Exercise squat = library.find("deep_squat").orElseThrow();
        assertThat(squat.name()).isEqualTo("Deep squat");
        assertThat(squat.phases()).containsExactly("lower", "hold", "rise");
        assertThat(squat.landmarks()).hasSize(6);
        assertThat(squat.movement().orElseThrow().leave()).isEqualTo(Movement.USUAL_LEAVE);
        assertThat(squat.movement().orElseThrow().back()).isEqualTo(Movement.USUAL_BACK);
        assertThat(squat.checks()).hasSize(1).allMatch(check -> check.on() && check.limit() == 10);
        assertThat(squat.gate().usualWeek()).isEmpty();
        Hold plank = (Hold) library.find("side_plank").orElseThrow().measurement();
        assertThat(plank.bands()).hasSize(2);
        assertThat(plank.shortest()).isEqualTo(Duration.ofSeconds(5));
        assertThat(library.find("glute_set").orElseThrow().measurement()).isInstanceOf(Measurement.NotByCamera.class);
    }

    @Test
    void hysteresis_and_a_gate_that_are_given_are_taken() {
        Sheet sheet = SQUAT.but("leave", "0.4")
                .but("back", "0.8")
                .but("gate_week", "6")
                .but("clearance", "yes")
                .but("ceiling", "yes")
                .but("gate_note", "shrug");
        Exercise squat = read(sheet, CHECKS, CUES).find("deep_squat").orElseThrow();
        assertThat(squat.movement().orElseThrow().leave()).isEqualTo(0.4);
        assertThat(squat.movement().orElseThrow().back()).isEqualTo(0.8);
        assertThat(squat.gate().usualWeek()).hasValue(6);
        assertThat(squat.gate().clearance()).isTrue();
        assertThat(squat.gate().ceiling()).isTrue();
        assertThat(squat.gate().note()).isEqualTo("shrug");
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "code, Deep Squat, lower case",
        "code, '', lower case",
        "name, '', missing",
        "region, LEG, one of",
        "measurement, video, 'movement, hold or none'",
        "joint, KNIE, one of",
        "joint, '', one of",
        "direction, up, one of",
        "sides, both, one of",
        "usual_range_deg, 900, 180",
        "usual_range_deg, 5, 180",
        "usual_range_deg, ninety, number",
        "usual_range_deg, NaN, number",
        "usual_range_deg, '', number",
        "shortest_s, soon, number",
        "shortest_s, 0, 10",
        "shortest_s, 11, 10",
        "travels, maybe, yes or no",
        "depth, deep, yes or no",
        "leave, 0.6, 0.5",
        "leave, 1e-1, number",
        "back, 0.2, 0.9",
        "back, 0.95, 0.9",
        "bands, HIP_FLEXION 0 25, must be empty",
        "phases, lower rise, three",
        "views, MIXED, mixed",
        "views, '', at least one",
        "views, LATERAL LATERAL, twice",
        "views, SIDE, one of",
        "landmarks, HIP TOE, one of",
        "landmarks, HIP KNEE, ANKLE of the measured angle is missing",
        "landmarks, '', at least one",
        "posture, HANGING, one of",
        "camera, A, one of",
        "camera, NOT, measured",
        "sensor, '', one of",
        "otherwise, PAPER, one of",
        "symmetry, maybe, yes or no",
        "symmetry, yes, one side",
        "gate_week, 105, 104",
        "gate_week, -1, 104",
        "gate_week, 2.5, whole",
        "gate_week, early, number",
        "clearance, '', yes or no",
        "ceiling, 90, yes or no",
        "source, '', missing"
    })
    void a_bad_exercise_is_refused_by_file_row_and_column(String column, String value, String why) {
        Sheet bad = SQUAT.copied("code", "deep_squat2").but(column, value);
        assertThat(refused(bad, CHECKS, CUES))
                .hasMessageContaining("exercises.csv row 3 column " + column + ": ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "bands, '', needs an angle",
        "bands, HIP_FLEXION 0, each is a joint and two numbers",
        "bands, HIPS 0 25, one of",
        "bands, HIP_FLEXION low high, number",
        "bands, HIP_FLEXION 25 0, empty",
        "bands, HIP_FLEXION 0 200, 180",
        "shortest_s, 61, 60",
        "joint, HIP_FLEXION, must be empty",
        "leave, 0.3, must be empty",
        "travels, no, must be empty",
        "landmarks, HIP KNEE, SHOULDER of the measured angle is missing",
        "symmetry, yes, one side"
    })
    void a_bad_hold_is_refused_by_file_row_and_column(String column, String value, String why) {
        assertThat(refused(PLANK.but(column, value), CHECKS, CUES))
                .hasMessageContaining("exercises.csv row 3 column " + column + ": ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "camera, LIMITED, measured",
        "joint, HIP_FLEXION, must be empty",
        "shortest_s, 5, must be empty",
        "bands, HIP_FLEXION 0 25, must be empty"
    })
    void what_no_camera_measures_has_no_angles(String column, String value, String why) {
        assertThat(refused(SET.but(column, value), CHECKS, CUES))
                .hasMessageContaining("exercises.csv row 4 column " + column + ": ")
                .hasMessageContaining(why);
    }

    @Test
    void arms_are_not_compared_even_one_at_a_time() {
        Sheet curl = SQUAT.but("sides", "EITHER").but("region", "ELBOW").but("symmetry", "yes");
        assertThat(refused(curl, CHECKS, CUES)).hasMessageContaining("column symmetry: only for the lower limb");
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "exercise, deep_sqat, no such exercise in exercises.csv",
        "exercise, side_plank, only where a camera counts",
        "compensation, SWAYING, one of",
        "limit, 0, 90",
        "limit, 91, 90",
        "limit, ten, number",
        "on, true, yes or no",
        "source, '', missing"
    })
    void a_bad_check_is_refused_by_file_row_and_column(String column, String value, String why) {
        Sheet bad = CHECKS.copied("compensation", "KNEE_LAG").but(column, value);
        Sheet cues = CUES.with("scope=*", "cue=KNEE_LAG", "english=Words.", "spanish=Palabras.");
        assertThat(refused(PLANK, bad, cues))
                .hasMessageContaining("exercise-checks.csv row 3 column " + column + ": ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "scope, deep_sqat, no such exercise in exercises.csv",
        "cue, LOUDER, neither a cue nor a compensation",
        "cue, GOOD, twice",
        "english, '', 1 to 120",
        "spanish, ' ', 1 to 120"
    })
    void a_bad_phrase_is_refused_by_file_row_and_column(String column, String value, String why) {
        Sheet bad = CUES.copied("cue", "KNEE_LAG").but(column, value);
        String row = "cues.csv row " + (bad.rows().size() + 1);
        assertThat(refused(PLANK, CHECKS, bad))
                .hasMessageContaining(row + " column " + column + ": ")
                .hasMessageContaining(why);
    }

    @Test
    void a_phrase_of_121_characters_is_refused_in_its_language() {
        assertThat(refused(SQUAT, CHECKS, CUES.but("spanish", "a".repeat(121))))
                .hasMessageContaining("column spanish: ");
        assertThat(read(SQUAT, CHECKS, CUES.but("spanish", "a".repeat(120))).all())
                .hasSize(1);
    }

    @Test
    void go_further_is_not_said_of_a_position_that_is_held() {
        Sheet cues = CUES.with("scope=side_plank", "cue=FURTHER", "english=Words.", "spanish=Palabras.");
        assertThat(refused(PLANK, CHECKS, cues)).hasMessageContaining("column cue: never said in this exercise");
        assertThat(read(PLANK, CHECKS, CUES).find("side_plank").orElseThrow().cues())
                .containsOnlyKeys(Cue.HOLD, Cue.GOOD);
    }

    @Test
    void words_for_an_exercise_come_before_general_ones() {
        Sheet cues = CUES.with("scope=deep_squat", "cue=FURTHER", "english=Go lower.", "spanish=Baje más.");
        Exercise squat = read(PLANK, CHECKS, cues).find("deep_squat").orElseThrow();
        assertThat(squat.cues()).containsOnlyKeys(Cue.values());
        assertThat(squat.cues().get(Cue.FURTHER).english()).isEqualTo("Go lower.");
        assertThat(squat.cues().get(Cue.SLOWER).english()).isEqualTo("Words.");
        assertThat(squat.corrections()).containsOnlyKeys(Compensation.HEEL_RISE);
    }

    @Test
    void an_exercise_without_words_for_a_cue_or_a_check_is_named() {
        Sheet few = Sheet.of(ExerciseReader.CUE_COLUMNS)
                .with("scope=*", "cue=GOOD", "english=Good.", "spanish=Bien.")
                .with("scope=*", "cue=HOLD", "english=Hold.", "spanish=Siga.");
        assertThat(refused(PLANK, CHECKS, few))
                .hasMessageContaining("exercises.csv row 2 column code: no words for FURTHER in cues.csv")
                .hasMessageContaining("exercises.csv row 2 column code: no words for HEEL_RISE in cues.csv")
                .hasMessageNotContaining("row 3");
    }

    @Test
    void doubles_are_refused_where_they_stand() {
        assertThat(refused(SQUAT.copied("name", "Another"), CHECKS, CUES))
                .hasMessageContaining("exercises.csv row 3 column code: stands there twice");
        assertThat(refused(SQUAT, CHECKS.copied("limit", "20"), CUES))
                .hasMessageContaining("exercise-checks.csv row 3 column compensation: stands there twice");
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_nothing_that_follows_from_it() {
        Sheet exercises = SQUAT.but("views", "SIDE").but("posture", "HANGING");
        Sheet checks = CHECKS.but("limit", "ten");
        Sheet cues = CUES.copied("cue", "LOUDER");
        assertThat(refused(exercises, checks, cues).problems())
                .extracting(problem -> problem.file() + " " + problem.column())
                .containsExactly(
                        "exercises.csv posture", "exercises.csv views", "exercise-checks.csv limit", "cues.csv cue");
    }

    @Test
    void no_message_repeats_what_was_found() {
        String canary = "CANARY";
        for (String column : ExerciseRow.COLUMNS) {
            Sheet bad = SQUAT.but(column, canary);
            if (column.equals("name") || column.equals("gate_note") || column.equals("source")) continue; // free text
            assertThat(refused(bad, CHECKS, CUES)).as(column).hasMessageNotContaining(canary);
        }
    }

    @Test
    void files_that_are_no_such_files_are_refused() {
        LibraryFiles good = new LibraryFiles(SQUAT.text(), CHECKS.text(), CUES.text());
        assertThat(refused(new LibraryFiles("code,name\nsquat,Squat\n", "", good.cues())))
                .hasMessageContaining("exercises.csv row 1: the columns are not code,name,");
        assertThat(refused(new LibraryFiles("", "", good.cues()))).hasMessageContaining("exercises.csv: no exercises");
        assertThat(refused(new LibraryFiles(good.exercises() + "squat,Squat\n", "", good.cues())))
                .hasMessageContaining("exercises.csv row 3: has 2 fields instead of 27");
        assertThat(refused(new LibraryFiles(good.exercises() + "\"squat", "", good.cues())))
                .hasMessageContaining("exercises.csv row 3: ");
        assertThat(refused(new LibraryFiles("x".repeat(1_000_001), "", good.cues())))
                .hasMessageContaining("exercises.csv: longer than 1000000 characters");
        assertThat(refused(SQUAT.but("source", "x".repeat(501)), CHECKS, CUES))
                .hasMessageContaining("exercises.csv row 2 column source: longer than 500 characters");
    }

    @Test
    void rows_and_problems_are_bounded() {
        Sheet many = SQUAT;
        for (int i = 0; i < 150; i++) many = many.copied("code", "WRONG");
        assertThat(refused(many, CHECKS, CUES).problems()).hasSize(100);
        String row = SQUAT.text().lines().skip(1).findFirst().orElseThrow() + "\n";
        String tooMany = SQUAT.text() + row.repeat(2_000);
        assertThat(refused(new LibraryFiles(tooMany, "", CUES.text()))
                        .problems()
                        .getFirst()
                        .message())
                .isEqualTo("more than 2000 rows");
    }

    @Test
    void what_a_spreadsheet_saves_is_read() {
        String windows = SQUAT.text().replace("\n", "\r\n");
        LibraryFiles files = new LibraryFiles("\uFEFF" + windows, "\uFEFF" + CHECKS.text(), "\uFEFF" + CUES.text());
        assertThat(ExerciseLibrary.read(files).codes()).containsExactly("deep_squat");
    }

    @Test
    void a_clinic_adds_its_own_exercises_with_the_general_phrases() {
        Sheet own = Sheet.of(ExerciseReader.CUE_COLUMNS)
                .with("scope=deep_squat", "cue=FURTHER", "english=Go lower.", "spanish=Baje más.");
        ExerciseLibrary builtIn = ExerciseLibrary.builtIn();
        ExerciseLibrary both = builtIn.plus(new LibraryFiles(SQUAT.text(), CHECKS.text(), own.text()));
        Exercise squat = both.find("deep_squat").orElseThrow();
        assertThat(both.all()).hasSize(builtIn.all().size() + 1).containsAll(builtIn.all());
        assertThat(squat.cues().get(Cue.FURTHER).english()).isEqualTo("Go lower.");
        assertThat(squat.cues().get(Cue.SLOWER))
                .isEqualTo(builtIn.find("squat").orElseThrow().cues().get(Cue.SLOWER));
        assertThat(builtIn.find("deep_squat")).isEmpty();
    }

    @Test
    void the_example_of_the_readme_is_read() {
        String example = CsvTable.builtIn("README.md")
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        ExerciseLibrary both = ExerciseLibrary.builtIn().plus(new LibraryFiles(example, "", ""));
        assertThat(both.find("wall_sit").orElseThrow().measurement()).isInstanceOf(Hold.class);
    }

    @Test
    void a_clinic_needs_neither_checks_nor_phrases() {
        LibraryFiles files = new LibraryFiles(SQUAT.text(), "", "");
        assertThat(ExerciseLibrary.builtIn()
                        .plus(files)
                        .find("deep_squat")
                        .orElseThrow()
                        .checks())
                .isEmpty();
    }

    @Test
    void a_clinic_cannot_take_the_code_of_a_built_in_exercise_nor_change_one() {
        LibraryFiles files = new LibraryFiles(
                SQUAT.copied("code", "squat").text(),
                CHECKS.copied("exercise", "bridge").text(),
                CUES.copied("scope", "lunge").text());
        InvalidLibraryException refused = catchThrowableOfType(
                InvalidLibraryException.class, () -> ExerciseLibrary.builtIn().plus(files));
        assertThat(refused)
                .hasMessageContaining("exercises.csv row 3 column code: belongs to an exercise of the library already")
                .hasMessageContaining("exercise-checks.csv row 3 column exercise: belongs to the library")
                .hasMessageContaining("cues.csv row 9 column scope: belongs to the library");
    }
}
