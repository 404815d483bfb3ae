package health.carryover.clinical.adherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.adherence.PainRule.Advice;
import health.carryover.clinical.adherence.PainRule.Finding;
import health.carryover.clinical.adherence.Session.Pain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are rule v1 of SAFETY.md, row by row. */
class PainRuleTest {
    private static final PainRule RULE = new PainRule("v1", 4, 2, 6, 2, 3, 1, 8);

    @ParameterizedTest(name = "before {0}, now {1}, sudden {2}, back pain {3}: {4}")
    @CsvSource({
        // at most 3, or at most 1 above before: continue
        "2,3,false,false,CONTINUE",
        "6,7,false,false,CONTINUE",
        "9,9,false,false,CONTINUE",
        "8,3,false,false,CONTINUE",
        ",3,false,false,CONTINUE",
        // 4-5, or 2 above before: less range or load
        "4,4,false,false,EASE",
        "4,5,false,false,EASE",
        "0,2,false,false,EASE",
        "1,3,false,false,EASE",
        ",4,false,false,EASE",
        ",7,false,false,EASE",
        // at least 6 and 2 above, or 3 above: the exercise stops
        "4,6,false,false,STOP_EXERCISE",
        "3,6,false,false,STOP_EXERCISE",
        "7,9,false,false,STOP_EXERCISE",
        "2,5,false,false,STOP_EXERCISE",
        "0,3,false,false,STOP_EXERCISE",
        "5,6,false,false,CONTINUE",
        // at least 8 with sudden onset: the session stops
        "8,8,true,false,STOP_SESSION",
        ",8,true,false,STOP_SESSION",
        "7,7,true,false,CONTINUE",
        // persistent back pain: no stop on level alone
        "4,6,false,true,EASE",
        "7,9,false,true,EASE",
        "3,6,false,true,STOP_EXERCISE",
        "8,8,true,true,STOP_SESSION"
    })
    void what_the_phone_does_at_once(Integer before, int now, boolean sudden, boolean backPain, Advice advice) {
        assertThat(RULE.advise(before, now, sudden, backPain)).isEqualTo(advice);
    }

    @ParameterizedTest(name = "before {0}, after {1}, next morning {2}, sudden {3}: {4}")
    @CsvSource({
        "4,6,,,HIGH_AND_RISING",
        "5,6,,,",
        "3,5,,,",
        "4,5,,,",
        "2,5,,,RISING",
        "0,3,,,RISING",
        "0,2,,,",
        "3,6,,,HIGH_AND_RISING",
        "8,10,,,HIGH_AND_RISING",
        "9,10,,,",
        "10,10,10,,",
        "7,0,,,",
        "2,2,4,,NOT_BACK_NEXT_MORNING",
        "2,2,3,,",
        "2,,4,,NOT_BACK_NEXT_MORNING",
        "2,5,5,,RISING",
        ",9,9,,",
        ",,,,",
        "3,,,,",
        "8,8,,true,SEVERE_AND_SUDDEN",
        ",8,,true,SEVERE_AND_SUDDEN",
        "8,8,,false,",
        "6,7,,true,"
    })
    void what_a_therapist_looks_at(
            Integer before, Integer after, Integer nextMorning, Boolean sudden, Finding finding) {
        Pain pain = new Pain(before, after, nextMorning, sudden);
        if (finding == null) assertThat(RULE.judge(pain)).isEmpty();
        else assertThat(RULE.judge(pain)).contains(finding);
    }

    @Test
    void what_stops_an_exercise_is_looked_at_by_a_therapist_too() {
        for (int before = 0; before <= 10; before++)
            for (int now = 0; now <= 10; now++)
                for (boolean sudden : new boolean[] {true, false}) {
                    boolean stops = RULE.advise(before, now, sudden, false).compareTo(Advice.STOP_EXERCISE) >= 0;
                    assertThat(RULE.judge(new Pain(before, now, null, sudden)).isPresent())
                            .as("before %d, now %d", before, now)
                            .isEqualTo(stops);
                }
    }

    @Test
    void a_threshold_off_the_scale_or_out_of_order_is_refused() {
        assertThatThrownBy(() -> new PainRule("v", 4, 2, 11, 2, 3, 1, 8)).hasMessageContaining("high_after");
        assertThatThrownBy(() -> new PainRule("v", 4, 2, 6, -1, 3, 1, 8)).hasMessageContaining("rise_with_high");
        assertThatThrownBy(() -> new PainRule("v", 4, 2, 6, 2, 11, 1, 8)).hasMessageContaining("rise");
        assertThatThrownBy(() -> new PainRule("v", 7, 2, 6, 2, 3, 1, 8)).hasMessageContaining("order");
        assertThatThrownBy(() -> RULE.advise(2, 11, false, false)).hasMessageContaining("now");
    }
}
