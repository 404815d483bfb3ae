package health.carryover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.bench.CountSweep.Difficulty;
import health.carryover.bench.CountSweep.Outcome;
import health.carryover.platform.library.ExerciseLibrary;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred of the thousand simulated people of {@code bench motion}. The aim is 99 % exact at the measured noise and 95 % at
 * double noise with a fifth of the frames lost; the bounds here are what holds today, to be raised with the counter.
 */
class CountSweepTest {
    @ParameterizedTest(name = "{0}: at least {1} of a hundred are counted exactly")
    @CsvSource({"MEASURED, 88", "HARD, 70"})
    void most_simulated_people_are_counted_exactly(Difficulty difficulty, int atLeast) {
        List<Outcome> outcomes = new CountSweep(ExerciseLibrary.builtIn(), difficulty).run(1, 100);
        List<Outcome> wrong = outcomes.stream().filter(o -> !o.exact()).toList();
        assertThat(100 - wrong.size())
                .as(() -> wrong.stream().map(Outcome::toString).collect(Collectors.joining("\n")))
                .isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void the_same_seed_draws_the_same_person_and_every_seed_another() {
        CountSweep sweep = new CountSweep(ExerciseLibrary.builtIn(), Difficulty.MEASURED);
        assertThat(sweep.run(7).toString()).isEqualTo(sweep.run(7).toString());
        assertThat(sweep.run(1, 50)).extracting(Outcome::settings).doesNotHaveDuplicates();
    }

    @Test
    void half_an_hour_of_everyday_life_holds_hardly_a_repetition() {
        int full = IdleSweep.run(ExerciseLibrary.builtIn(), 1).stream()
                .mapToInt(IdleSweep.Found::full)
                .sum();
        assertThat(full).isLessThanOrEqualTo(15); // the aim is none
    }
}
