package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The therapist's review of the prescription, and what becomes of one that nobody does. */
class ReviewTest extends OutreachCloud {
    private static final Map<String, Object> SHORTER = Map.of(
            "days",
            List.of("MONDAY", "THURSDAY"),
            "sessionsPerDay",
            1,
            "exercises",
            List.of(Map.of("code", "squat", "sets", 2, "repetitions", 8)));

    private static List<Program> programs(Small small) {
        return RECORDS.prefix(Key.patientPk(small.ref()), "PROGRAM#", Kind.PROGRAM).stream()
                .map(Entry::content)
                .toList();
    }

    @ParameterizedTest(name = "{0} ends the outreach; the patient is {1}")
    @CsvSource({"KEEP,ACTIVE", "PAUSE,PAUSED", "DISCHARGE,MAINTENANCE"})
    void a_decision_without_a_new_program(String decision, Patient.Status status) {
        Small small = toBeReviewed("BARRIER_TIME");
        claim(small.therapist(), review(small)).ok();
        assertThat(finish(small.therapist(), review(small), decision, Map.of("program", SHORTER))
                        .status())
                .as("a program that is not wanted")
                .isEqualTo(422);
        finish(small.therapist(), review(small), decision).ok();
        assertThat(ended(small)).containsExactly(decision);
        assertThat(stored(small).status()).isEqualTo(status);
        assertThat(programs(small)).hasSize(1);
    }

    @Test
    void a_modified_program_is_on_the_phone_as_the_review_ends() {
        Small small = toBeReviewed("BARRIER_PAIN");
        claim(small.therapist(), review(small)).ok();
        assertThat(finish(small.therapist(), review(small), "MODIFY").status())
                .as("without a program")
                .isEqualTo(422);
        assertThat(review(small).status()).isEqualTo(Task.Status.CLAIMED);
        finish(small.therapist(), review(small), "MODIFY", Map.of("program", SHORTER))
                .ok();
        assertThat(ended(small)).containsExactly("MODIFY");
        assertThat(programs(small)).hasSize(2);
        assertThat(programs(small).getLast())
                .returns(2, Program::version)
                .returns(small.therapist().id(), Program::author)
                .returns(2, Program::sessionsPerWeek);
        assertThat(small.patient()
                        .api()
                        .get("/v1/me/program")
                        .ok()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void of_two_programs_written_at_once_none_is_lost_and_none_half_decided() {
        Small small = toBeReviewed("BARRIER_PAIN");
        claim(small.therapist(), review(small)).ok();
        Task task = review(small);
        var other = CompletableFuture.supplyAsync(() -> small.therapist()
                .api()
                .put("/v1/patients/" + small.patient().id() + "/program", SHORTER)
                .status());
        int decided = small.therapist()
                .api()
                .post("/v1/tasks/" + task.id() + "/outcome", Map.of("outcome", "MODIFY", "program", SHORTER))
                .status();
        int written = other.join();
        CLOUD.waitUntilQuiet();
        assertThat(List.of(decided, written)).allMatch(status -> status == 200 || status == 412);
        int successes = (decided == 200 ? 1 : 0) + (written == 200 ? 1 : 0);
        assertThat(successes).isPositive();
        assertThat(programs(small)).extracting(Program::version).hasSize(1 + successes);
        assertThat(review(small).status()).isEqualTo(decided == 200 ? Task.Status.DONE : Task.Status.CLAIMED);
        assertThat(ended(small)).hasSize(decided == 200 ? 1 : 0);
    }

    @Test
    void a_late_review_reminds_then_goes_to_the_covering_therapist_then_to_the_owner_and_is_never_closed() {
        Small small = toBeReviewed("BARRIER_TIME");
        // From Wednesday 10:00, eight hours of a clinic open 8 to 18 each time.
        assertThat(review(small).dueAt()).isEqualTo(next(DayOfWeek.WEDNESDAY, "18:00"));
        claim(small.therapist(), review(small)).ok();
        advanceTo(review(small).dueAt().minusSeconds(1));
        assertThat(review(small).status()).isEqualTo(Task.Status.CLAIMED);
        advanceTo(review(small).dueAt());
        assertThat(open(small).orElseThrow().reminders()).isEqualTo(1);
        assertThat(review(small))
                .as("claimed and left lying: free again, still the treating therapist's")
                .returns(Task.Status.OPEN, Task::status)
                .returns(small.therapist().id(), Task::assignee)
                .returns(next(DayOfWeek.THURSDAY, "16:00"), Task::dueAt);

        advanceTo(review(small).dueAt());
        assertThat(review(small))
                .returns(small.covering().id(), Task::assignee)
                .returns(next(DayOfWeek.FRIDAY, "14:00"), Task::dueAt);
        claim(small.covering(), review(small)).ok();

        for (int i = 0; i < 3; i++) {
            advanceTo(review(small).dueAt());
            assertThat(review(small))
                    .returns(Task.Status.OPEN, Task::status)
                    .returns(small.clinic().administrator().id(), Task::assignee);
        }
        assertThat(open(small).orElseThrow())
                .returns(Escalation.Phase.REVIEW, Escalation::phase)
                .returns(5, Escalation::reminders);
        claim(small.covering(), review(small)).ok();
        finish(small.covering(), review(small), "KEEP").ok();
        assertThat(ended(small)).containsExactly("KEEP");
    }

    @Test
    void a_concern_on_friday_evening_is_due_on_monday_morning_within_two_hours_of_clinic_time() {
        Small small = clinicOn(DayOfWeek.WEDNESDAY, "17:00");
        flag(small);
        advance(Duration.ofHours(48));
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "CLINICAL_CONCERN").ok();
        assertThat(review(small).dueAt()).isEqualTo(next(DayOfWeek.MONDAY, "09:00"));
    }
}
