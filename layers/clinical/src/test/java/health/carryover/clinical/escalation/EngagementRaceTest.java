package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Engagement.Kind;
import health.carryover.clinical.escalation.EngagementRace.Found;
import health.carryover.clinical.escalation.EngagementRace.Rule;
import health.carryover.clinical.escalation.EngagementRace.Staff;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngagementRaceTest {
    private static Found check(Rule rule, Kind kind, Staff staff) {
        Found found = EngagementRace.check(rule, kind, staff);
        System.out.printf(
                "%s, %s, %s: %,d interleavings, %,d break a promise %s%n",
                kind, staff, rule, found.interleavings(), found.broken(), found.promises());
        return found;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "NEVER_CALL,45723398356",
        "HOLD_THE_CALL,8124258572217983",
        "END_IT_RESUMED,5719630872414",
        "END_IT_WITH_A_CONCERN,182107743278338",
        "REACH_NOBODY,120231721411192",
    })
    void no_interleaving_leaves_a_call_for_a_patient_who_came_back(Staff staff, BigInteger interleavings) {
        Found found = check(Rule.WHOLE, Kind.SESSION, staff);
        assertThat(found.promises()).isEmpty();
        assertThat(found.interleavings()).isEqualTo(interleavings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "NEVER_CALL,117335538557",
        "HOLD_THE_CALL,29888839663293",
        "END_IT_RESUMED,34514937903",
        "END_IT_WITH_A_CONCERN,40747790963",
        "REACH_NOBODY,77715253458891",
    })
    void no_interleaving_loses_a_patient_who_answers_in_pain(Staff staff, BigInteger interleavings) {
        Found found = check(Rule.WHOLE, Kind.REPLY_PAIN, staff);
        assertThat(found.promises()).isEmpty();
        assertThat(found.interleavings()).isEqualTo(interleavings);
    }

    @Test
    void checking_only_when_the_window_is_armed_would_call_patients_who_came_back() {
        Found found = check(Rule.CHECK_ONLY_WHEN_ARMING_THE_WINDOW, Kind.SESSION, Staff.NEVER_CALL);
        assertThat(found.promises()).contains("an engaged patient has an open call that nobody took");
    }

    @Test
    void giving_a_call_back_without_checking_would_call_patients_who_came_back() {
        Found found = check(Rule.NO_CHECK_AFTER_A_CALL_WITHOUT_ANSWER, Kind.SESSION, Staff.REACH_NOBODY);
        assertThat(found.promises()).contains("an engaged patient has an open call that nobody took");
    }

    @Test
    void closing_without_a_look_at_the_calls_outcome_would_lose_a_concern() {
        Found found = check(Rule.CLOSE_WITHOUT_LOOKING_AT_THE_OUTCOME, Kind.SESSION, Staff.END_IT_WITH_A_CONCERN);
        assertThat(found.promises()).contains("a concern from the call is closed unread");
    }
}
