package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.BodyModel;
import health.carryover.clinical.motion.BodyModel.Move;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExerciseLibraryTest {
    @ParameterizedTest
    @EnumSource(
            value = Move.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WALKING", "STANDING"})
    void a_simulated_person_doing_an_exercise_of_the_library_is_counted_right(Move move) {
        var exercise = ExerciseLibrary.builtIn().find(move.exercise()).orElseThrow();
        assertThat(exercise.analyse(BodyModel.doing(move, 5).record()).full()).hasSize(5);
    }
}
