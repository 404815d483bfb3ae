package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs of life that end an outreach, and those that do not. */
class ComingBackTest extends OutreachCloud {
    @ParameterizedTest(name = "the answer {0} to the push ends the outreach without a call")
    @ValueSource(strings = {"FINE", "AWAY", "CHANGE"})
    void an_answer_ends_the_outreach(String answer) {
        Small small = encouraged();
        reply(small, answer);
        assertThat(ended(small)).containsExactly("ENGAGED");
        assertThat(task(small, "-call")).isEmpty();
    }

    @Test
    void an_answer_in_pain_goes_to_the_therapist_at_once() {
        Small small = encouraged();
        reply(small, "IN_PAIN");
        assertThat(open(small).orElseThrow())
                .returns(Escalation.Phase.REVIEW, Escalation::phase)
                .returns(Escalation.Reviewed.PAIN, Escalation::reviewBecause);
        assertThat(review(small))
                .returns(small.therapist().id(), Task::assignee)
                // Two hours of clinic time: the same day.
                .returns(now().plus(Duration.ofHours(2)), Task::dueAt);
        // Exercising afterwards does not take the pain away from the therapist.
        upload(small.patient(), session(small.clinic(), now()));
        assertThat(review(small).status()).isEqualTo(Task.Status.OPEN);
        assertThat(review(small).engagedAt()).isEqualTo(now());
    }

    @Test
    void pain_answered_after_the_session_that_ended_the_outreach_still_reaches_the_therapist() {
        Small small = encouraged();
        upload(small.patient(), session(small.clinic(), now()));
        assertThat(ended(small)).containsExactly("ENGAGED");
        reply(small, "IN_PAIN");
        assertThat(listed(small.therapist())).hasSize(1);
        assertThat(listed(small.therapist()).get(0).path("work").asText()).isEqualTo("REVIEW_ITEM");
    }

    @Test
    void a_planned_break_ends_the_outreach() {
        Small small = encouraged();
        String today = now().atZone(ZONE).toLocalDate().toString();
        small.patient()
                .api()
                .post("/v1/me/breaks", Map.of("from", today, "to", today, "reason", "ILLNESS"))
                .ok();
        CLOUD.waitUntilQuiet();
        assertThat(ended(small)).containsExactly("ENGAGED");
    }

    @Test
    void an_attended_visit_ends_the_outreach() {
        Small small = encouraged();
        String at = now().plus(Duration.ofHours(24)).toString();
        var booked = small.frontDesk()
                .api()
                .post("/v1/appointments", Map.of("patientId", small.patient().id(), "at", at))
                .ok();
        advance(Duration.ofHours(24));
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
        small.frontDesk()
                .api()
                .put(
                        "/v1/appointments/" + booked.path("id").asText(),
                        Map.of("patientId", small.patient().id(), "at", at, "state", "ATTENDED"))
                .ok();
        CLOUD.waitUntilQuiet();
        assertThat(ended(small)).containsExactly("ENGAGED");
    }

    @ParameterizedTest(name = "a session by {0} ends the outreach")
    @ValueSource(strings = {"CAMERA", "SENSOR", "MANUAL"})
    void a_session_counts_however_it_was_recorded(String by) {
        Small small = encouraged();
        Map<String, Object> session = session(small.clinic(), now());
        session.put("recordedBy", by);
        upload(small.patient(), session).ok();
        assertThat(ended(small)).containsExactly("ENGAGED");
    }

    @Test
    void a_record_of_exercises_all_skipped_is_no_session() {
        Small small = encouraged();
        Map<String, Object> session = session(small.clinic(), now());
        session.put("exercises", java.util.List.of(Map.of("code", "squat", "completion", "SKIPPED")));
        upload(small.patient(), session).ok();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
    }

    @ParameterizedTest(name = "a session that ended {0} minutes before the flag counts: {1}")
    @CsvSource({"14,true", "16,false"})
    void a_session_just_before_the_flag_was_under_way(int minutes, boolean counts) {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        upload(small.patient(), session(small.clinic(), now().minus(Duration.ofMinutes(minutes))))
                .ok();
        flag(small);
        assertThat(phase(small)).isEqualTo(counts ? Escalation.Phase.CLOSED : Escalation.Phase.WAITING);
        assertThat(pushes(small)).hasSize(counts ? 0 : 1);
    }

    @Test
    void a_session_done_in_time_but_uploaded_late_takes_back_a_call_that_nobody_took() {
        Small small = toBeCalled();
        upload(small.patient(), session(small.clinic(), now().minus(Duration.ofHours(3))))
                .ok();
        assertThat(ended(small)).containsExactly("ENGAGED");
        assertThat(call(small)).returns(Task.Status.WITHDRAWN, Task::status).returns("ENGAGED", Task::outcome);
        assertThat(listed(small.frontDesk())).isEmpty();
    }

    @Test
    void a_session_uploaded_while_somebody_calls_is_shown_to_them_and_a_call_without_answer_is_not_tried_again() {
        Small small = toBeCalled();
        claim(small.frontDesk(), call(small)).ok();
        Instant done = now().minus(Duration.ofHours(3));
        upload(small.patient(), session(small.clinic(), done)).ok();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.CALL);
        assertThat(call(small)).returns(Task.Status.CLAIMED, Task::status).returns(done, Task::engagedAt);

        finish(small.frontDesk(), call(small), "NO_ANSWER").ok();
        assertThat(ended(small)).containsExactly("ENGAGED");
        assertThat(call(small).status()).isEqualTo(Task.Status.WITHDRAWN);
    }

    @Test
    void somebody_who_calls_a_patient_in_pain_is_relieved_by_the_therapist() {
        Small small = toBeCalled();
        claim(small.frontDesk(), call(small)).ok();
        reply(small, "IN_PAIN");
        assertThat(phase(small)).isEqualTo(Escalation.Phase.REVIEW);
        assertThat(call(small).status()).isEqualTo(Task.Status.WITHDRAWN);
        assertThat(finish(small.frontDesk(), call(small), "RESUMED").status()).isEqualTo(409);
    }

    @Test
    void a_patient_who_comes_back_before_the_review_of_not_reaching_them_needs_none() {
        Small small = toBeReviewed("DECLINED");
        claim(small.therapist(), review(small)).ok();
        upload(small.patient(), session(small.clinic(), now())).ok();
        assertThat(phase(small)).as("a therapist is at it").isEqualTo(Escalation.Phase.REVIEW);
        assertThat(review(small).engagedAt()).isEqualTo(now());

        // The therapist leaves it: the reminder sets it free, and then nobody needs it any more.
        advanceTo(review(small).dueAt());
        assertThat(ended(small)).containsExactly("ENGAGED");
        assertThat(review(small).status()).isEqualTo(Task.Status.WITHDRAWN);
    }

    @Test
    void a_session_sent_twice_ends_one_outreach_once() {
        Small small = encouraged();
        Map<String, Object> session = session(small.clinic(), now());
        assertThat(upload(small.patient(), session).status()).isEqualTo(201);
        assertThat(upload(small.patient(), session).status()).isEqualTo(200);
        assertThat(RECORDS.prefix(Key.patientPk(small.ref()), "SESSION#", Kind.SESSION))
                .extracting(Entry::content)
                .hasSize(1);
        assertThat(ended(small)).containsExactly("ENGAGED");
    }
}
