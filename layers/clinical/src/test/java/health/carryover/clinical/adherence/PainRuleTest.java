package health.carryover.clinical.adherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.adherence.PainRule.Finding;
import health.carryover.clinical.adherence.Session.Pain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are rule v1 of SAFETY.md: at least 6 and 2 above, or 3 above, or not back to usual next morning. */
class PainRuleTest {
    private static final PainRule RULE = new PainRule("v1", 6, 2, 3);

    @ParameterizedTest(name = "before {0}, after {1}, next morning {2}: {3}")
    @CsvSource({
        "4,6,,HIGH_AND_RISING",
        "5,6,,",
        "3,5,,",
        "4,5,,",
        "2,5,,RISING",
        "0,3,,RISING",
        "0,2,,",
        "3,6,,HIGH_AND_RISING",
        "8,10,,HIGH_AND_RISING",
        "9,10,,",
        "10,10,10,",
        "7,0,,",
        "2,2,4,NOT_BACK_NEXT_MORNING",
        "2,2,3,",
        "2,,4,NOT_BACK_NEXT_MORNING",
        "2,5,5,RISING",
        ",9,9,",
        ",,,",
        "3,,,"
    })
    void what_a_therapist_looks_at(Integer before, Integer after, Integer nextMorning, Finding finding) {
        if (finding == null)
            assertThat(RULE.judge(new Pain(before, after, nextMorning))).isEmpty();
        else assertThat(RULE.judge(new Pain(before, after, nextMorning))).contains(finding);
    }

    @Test
    void a_threshold_off_the_scale_is_refused() {
        assertThatThrownBy(() -> new PainRule("v", 11, 2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PainRule("v", 6, -1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PainRule("v", 6, 2, 11)).isInstanceOf(IllegalArgumentException.class);
    }
}
