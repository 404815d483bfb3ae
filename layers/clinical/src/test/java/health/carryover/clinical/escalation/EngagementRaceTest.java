package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Engagement.Kind;
import health.carryover.clinical.escalation.EngagementRace.Found;
import health.carryover.clinical.escalation.EngagementRace.Rule;
import org.junit.jupiter.api.Test;

class EngagementRaceTest {
    private static Found check(Rule rule, Kind kind) {
        Found found = EngagementRace.check(rule, kind);
        System.out.printf(
                "%s, %s: %,d interleavings, %,d break a promise %s%n",
                kind, rule, found.interleavings(), found.broken(), found.promises());
        return found;
    }

    @Test
    void no_interleaving_leaves_a_call_for_a_patient_who_came_back() {
        Found found = check(Rule.WHOLE, Kind.SESSION);
        assertThat(found.promises()).isEmpty();
        assertThat(found.interleavings()).isEqualTo(0);
    }

    @Test
    void no_interleaving_loses_a_patient_who_answers_in_pain() {
        Found found = check(Rule.WHOLE, Kind.REPLY_PAIN);
        assertThat(found.promises()).isEmpty();
        assertThat(found.interleavings()).isEqualTo(0);
    }

    @Test
    void checking_only_when_the_window_is_armed_would_call_patients_who_came_back() {
        Found found = check(Rule.CHECK_ONLY_WHEN_ARMING_THE_WINDOW, Kind.SESSION);
        assertThat(found.promises()).contains("an engaged patient has an open call that nobody took");
    }

    @Test
    void giving_a_call_back_without_checking_would_call_patients_who_came_back() {
        Found found = check(Rule.NO_CHECK_AFTER_A_CALL_WITHOUT_ANSWER, Kind.SESSION);
        assertThat(found.promises()).contains("an engaged patient has an open call that nobody took");
    }

    @Test
    void closing_without_a_look_at_the_calls_outcome_would_lose_a_concern() {
        Found found = check(Rule.CLOSE_WITHOUT_LOOKING_AT_THE_OUTCOME, Kind.SESSION);
        assertThat(found.promises()).contains("a concern from the call is closed unread");
    }
}
