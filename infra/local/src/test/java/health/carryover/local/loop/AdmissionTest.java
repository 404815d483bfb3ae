package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.local.demo.Clinic.Person;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is reached out to, and how many at once. */
class AdmissionTest extends OutreachCloud {
    private static String refusal(String execution) {
        var described = STEP_FUNCTIONS.describeExecution(describe -> describe.executionArn(execution));
        assertThat(described.statusAsString()).isEqualTo("SUCCEEDED");
        return STEP_FUNCTIONS.getExecutionHistory(get -> get.executionArn(execution)).events().stream()
                .filter(event -> event.stateExitedEventDetails() != null)
                .filter(event -> event.stateExitedEventDetails().name().equals("OpenEscalation"))
                .map(event -> event.stateExitedEventDetails().output())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void without_consent_to_monitoring_nobody_is_reached_out_to() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("OUTREACH_PUSH", "OUTREACH_CALL")))
                .ok();
        assertThat(refusal(flag(small))).contains("NO_CONSENT");
        assertThat(open(small)).isEmpty();
        assertThat(pushes(small)).isEmpty();
    }

    @Test
    void during_a_planned_break_nobody_is_reached_out_to() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        String today = now().atZone(ZONE).toLocalDate().toString();
        small.patient()
                .api()
                .post("/v1/me/breaks", Map.of("from", today, "to", today, "reason", "TRAVEL"))
                .ok();
        assertThat(refusal(flag(small))).contains("PLANNED_BREAK");
    }

    @Test
    void the_same_night_started_twice_starts_once_and_another_night_finds_the_outreach_open() {
        Small small = encouraged();
        String run = now().toString().substring(0, 10);
        Escalation first = open(small).orElseThrow();

        night(small, run, small.patient().id());
        assertThat(executions(small)).hasSize(1);
        assertThat(open(small)).contains(first);

        assertThat(night(small, run + "-again", small.patient().id())
                        .path("started")
                        .asInt())
                .isEqualTo(1);
        assertThat(executions(small)).hasSize(2);
        assertThat(refusal(executions(small).getFirst())).contains("ALREADY_OPEN");
        assertThat(open(small)).contains(first);
        assertThat(pushes(small)).hasSize(1);

        upload(small.patient(), session(small.clinic(), now())).ok();
        JsonNode repeated = night(small, run, small.patient().id());
        assertThat(repeated.path("started").asInt())
                .as("a closed name stays taken")
                .isZero();
        assertThat(ended(small)).containsExactly("ENGAGED");
    }

    @Test
    void a_clinic_of_two_patients_reaches_out_to_one_at_a_time() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        Person second =
                patient(small.clinic(), small.frontDesk(), small.therapist(), "second", LocalDate.parse("2025-11-03"));
        Small other = new Small(small.clinic(), small.frontDesk(), small.therapist(), small.covering(), second);
        night(small, "a", small.patient().id(), second.id());
        assertThat(open(small)).isPresent();
        assertThat(open(other)).isEmpty();
        assertThat(refusal(executions(other).getFirst())).contains("CAP_REACHED");

        // The place is free again once the first patient is back.
        upload(small.patient(), session(small.clinic(), now())).ok();
        night(small, "b", second.id());
        assertThat(open(other)).isPresent();
        upload(second, session(small.clinic(), now())).ok();
        assertThat(ended(other)).containsExactly("ENGAGED");
    }

    @Test
    void after_an_outreach_a_patient_is_left_in_peace_for_fourteen_days() {
        Small small = encouraged();
        upload(small.patient(), session(small.clinic(), now())).ok();
        advance(Duration.ofDays(14).minusSeconds(1));
        night(small, "13", small.patient().id());
        assertThat(refusal(executions(small).getFirst())).contains("RECENT_OUTREACH");
        advance(Duration.ofSeconds(1));
        night(small, "14", small.patient().id());
        assertThat(open(small)).isPresent();
    }
}
