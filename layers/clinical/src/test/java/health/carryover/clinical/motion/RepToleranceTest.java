package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.carryover.clinical.motion.RepTolerance.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepToleranceTest {
    private static final RepTolerance RULE = new RepTolerance("v1", 1, 0.1, 0.2);

    @ParameterizedTest
    @CsvSource({
        "10, 10, AGREES",
        "10, 9, AGREES",
        "9, 10, AGREES",
        "10, 8, DISAGREES",
        "8, 10, DISAGREES",
        "1, 0, AGREES",
        "0, 2, DISAGREES",
        "2, 0, DISAGREES",
        "0, 0, AGREES",
        "30, 27, AGREES",
        "27, 30, AGREES",
        "30, 26, DISAGREES",
        "1000, 900, AGREES",
        "1000, 899, DISAGREES"
    })
    void counts_disagree_only_beyond_both_bounds(int claimed, int counted, Verdict verdict) {
        assertThat(RULE.judge(claimed, counted, 0.9)).isEqualTo(verdict);
    }

    @Test
    void a_recording_that_shows_too_little_says_nothing_about_anybody() {
        assertThat(RULE.judge(10, 0, 0.19)).isEqualTo(Verdict.UNCERTAIN);
        assertThat(RULE.judge(10, 0, 0.2)).isEqualTo(Verdict.DISAGREES);
        assertThat(RULE.judge(10, 10, 0.19)).isEqualTo(Verdict.UNCERTAIN);
    }

    @Test
    void bounds_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RepTolerance("v", -1, 0.1, 0.2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RepTolerance("v", 1, Double.NaN, 0.2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RepTolerance("v", 1, 0.1, 1.1));
    }
}
