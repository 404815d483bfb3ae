package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls: how they end, and what becomes of those that nobody makes. Times are of a Wednesday, the clinic 8 to 18. */
class CallTest extends OutreachCloud {
    @Test
    void a_patient_who_was_reached_and_exercises_again_is_left_in_peace() {
        Small small = toBeCalled();
        assertThat(listed(small.frontDesk()).get(0).path("phone").asText()).isEqualTo("+12125550142");
        assertThat(finish(small.frontDesk(), call(small), "RESUMED").status())
                .as("not claimed yet")
                .isEqualTo(409);
        claim(small.frontDesk(), call(small)).ok();
        assertThat(finish(small.frontDesk(), call(small), "KEEP").status())
                .as("a review's outcome")
                .isEqualTo(422);
        finish(small.frontDesk(), call(small), "RESUMED").ok();
        assertThat(ended(small)).containsExactly("REACHED_AND_RESUMED");
        // Told a second time, the same: nothing happens twice.
        finish(small.frontDesk(), call(small), "RESUMED").ok();
        assertThat(ended(small)).containsExactly("REACHED_AND_RESUMED");
    }

    @ParameterizedTest(name = "{0}: a therapist looks because of {1}, within {2} hours of clinic time")
    @CsvSource({
        "BARRIER_PAIN,BARRIER,8",
        "BARRIER_EQUIPMENT,BARRIER,8",
        "BARRIER_TIME,BARRIER,8",
        "BARRIER_UNDERSTANDING,BARRIER,8",
        "BARRIER_OTHER,BARRIER,8",
        "DECLINED,DECLINED,8",
        "CLINICAL_CONCERN,CLINICAL_CONCERN,2"
    })
    void what_came_up_in_the_call_goes_to_the_therapist(String outcome, Escalation.Reviewed because, int hours) {
        Small small = toBeReviewed(outcome);
        assertThat(open(small).orElseThrow().reviewBecause()).isEqualTo(because);
        assertThat(review(small))
                .returns(small.therapist().id(), Task::assignee)
                .returns(now().plus(Duration.ofHours(hours)), Task::dueAt);
        assertThat(listed(small.therapist()).get(0).path("work").asText()).isEqualTo("REVIEW");
        assertThat(listed(small.frontDesk()))
                .as("clinical work is not the front desk's")
                .isEmpty();
        assertThat(claim(small.frontDesk(), review(small)).status()).isEqualTo(403);
    }

    @Test
    void three_calls_without_an_answer_count_only_on_different_days() {
        Small small = toBeCalled();
        Instant thursday = next(DayOfWeek.THURSDAY, "08:00");
        for (int i = 0; i < 3; i++) {
            claim(small.frontDesk(), call(small)).ok();
            finish(small.frontDesk(), call(small), "NO_ANSWER").ok();
        }
        assertThat(phase(small)).as("three on one day are one").isEqualTo(Escalation.Phase.CALL);
        assertThat(call(small)).returns(Task.Status.OPEN, Task::status).returns(thursday, Task::dueAt);
        advanceTo(thursday);
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "NO_ANSWER").ok();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.CALL);
        advanceTo(call(small).dueAt());
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "NO_ANSWER").ok();
        assertThat(open(small).orElseThrow())
                .returns(Escalation.Phase.REVIEW, Escalation::phase)
                .returns(Escalation.Reviewed.NOT_REACHED, Escalation::reviewBecause);
    }

    @Test
    void a_call_never_made_is_brought_up_three_times_and_then_the_owner_and_the_therapist_act() {
        Small small = toBeCalled();
        // Due Wednesday 14:00; eight hours of work later, Thursday 12:00, it is due again four later, and so on.
        assertThat(call(small).dueAt()).isEqualTo(now().plus(Duration.ofHours(4)));
        Instant first = next(DayOfWeek.THURSDAY, "12:00");
        advanceTo(first.minusSeconds(1));
        claim(small.frontDesk(), call(small)).ok();
        assertThat(open(small).orElseThrow().reminders()).isZero();
        advanceTo(first);
        assertThat(open(small).orElseThrow().reminders()).isEqualTo(1);
        assertThat(call(small))
                .as("claimed and left lying: free again")
                .returns(Task.Status.OPEN, Task::status)
                .returns(null, Task::claimedBy)
                .returns(first.plus(Duration.ofHours(4)), Task::dueAt);
        advanceTo(next(DayOfWeek.FRIDAY, "14:00"));
        assertThat(open(small).orElseThrow().reminders()).isEqualTo(2);
        assertThat(task(small, "-owner")).isEmpty();
        advanceTo(next(DayOfWeek.MONDAY, "16:00"));
        assertThat(open(small).orElseThrow().reviewBecause()).isEqualTo(Escalation.Reviewed.NOT_REACHED);
        assertThat(call(small).status()).isEqualTo(Task.Status.WITHDRAWN);
        assertThat(task(small, "-owner").orElseThrow())
                .returns(small.clinic().administrator().id(), Task::assignee)
                .returns(Task.Work.FOLLOW_UP, Task::work);
        assertThat(review(small).assignee()).isEqualTo(small.therapist().id());
    }

    @Test
    void two_people_cannot_take_the_same_call() {
        Small small = toBeCalled();
        var other = small.clinic().addStaff("frontdesk2", "Bo Frontdesk", "STAFF", Map.of());
        claim(small.frontDesk(), call(small)).ok();
        assertThat(claim(other, call(small)).status()).isEqualTo(409);
        assertThat(claim(small.frontDesk(), call(small)).status()).isEqualTo(200);
        assertThat(finish(other, call(small), "RESUMED").status()).isEqualTo(409);
    }

    @Test
    void with_a_visit_within_two_working_days_the_question_waits_for_it() {
        Small small = encouraged();
        Instant friday = next(DayOfWeek.FRIDAY, "15:00");
        small.frontDesk()
                .api()
                .post("/v1/appointments", Map.of("patientId", small.patient().id(), "at", friday.toString()))
                .ok();
        advance(Duration.ofHours(48));
        assertThat(call(small)).returns(Task.Work.ASK_AT_VISIT, Task::work).returns(friday, Task::dueAt);
        // Therapist and front desk both meet the patient.
        assertThat(listed(small.therapist())).hasSize(1);
        claim(small.therapist(), call(small)).ok();
        finish(small.therapist(), call(small), "RESUMED").ok();
        assertThat(ended(small)).containsExactly("REACHED_AND_RESUMED");
    }

    @Test
    void a_visit_later_than_that_does_not_keep_the_clinic_from_calling() {
        Small small = encouraged();
        small.frontDesk()
                .api()
                .post(
                        "/v1/appointments",
                        Map.of(
                                "patientId",
                                small.patient().id(),
                                "at",
                                now().plus(Duration.ofDays(7)).toString()))
                .ok();
        advance(Duration.ofHours(48));
        assertThat(call(small).work()).isEqualTo(Task.Work.CALL);
    }

    @Test
    void a_patient_who_wants_no_calls_goes_straight_to_the_therapist() {
        Small small = encouraged();
        prefer(small, "08:00", "20:00", "CALL");
        advance(Duration.ofHours(48));
        assertThat(stored(small).optedOut()).containsExactly(Patient.Channel.CALL);
        assertThat(task(small, "-call")).isEmpty();
        assertThat(open(small).orElseThrow().reviewBecause()).isEqualTo(Escalation.Reviewed.NOT_REACHED);
    }

    @Test
    void without_consent_to_calls_nobody_calls() {
        Small small = encouraged();
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("RISK_MONITORING", "OUTREACH_PUSH")))
                .ok();
        advance(Duration.ofHours(48));
        assertThat(task(small, "-call")).isEmpty();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.REVIEW);
    }
}
