package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.SimulatedCaseload;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Admissions that come at the same moment: the cap is kept, and who is admitted is admitted once. */
class ConcurrentAdmissionTest extends OutreachCloud {
    private static JsonNode admit(String clinic, String patient, String execution) {
        Invocation answer = CLOUD.invoke(
                "OpenEscalationFunction",
                Json.MAPPER.valueToTree(Map.of("clinic", clinic, "patient", patient, "execution", execution)));
        // A lost race for the counter is thrown, and the state machine tries it again.
        return answer instanceof Invocation.Answered answered ? answered.payload() : admit(clinic, patient, execution);
    }

    @Test
    void of_many_that_are_flagged_at_once_no_more_are_admitted_than_there_are_places() throws Exception {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        String clinic = small.clinic().id();
        List<String> patients = new SimulatedCaseload(RECORDS)
                .fill(clinic, List.of(small.therapist().id()), 3, 19, 70, now());
        int cap = 4;
        CountDownLatch together = new CountDownLatch(1);
        List<Future<JsonNode>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            // Every patient by two runs at once, as when a night is started twice.
            for (String patient : patients.subList(0, 10))
                for (String run : List.of("one", "two"))
                    answers.add(threads.submit(() -> {
                        together.await();
                        return admit(clinic, patient, run + "-" + patient);
                    }));
            together.countDown();
        }
        int admitted = 0;
        for (Future<JsonNode> answer : answers)
            if (answer.get().path("admitted").asBoolean()) admitted++;
        assertThat(admitted).isEqualTo(cap);
        assertThat(RECORDS.openCount(clinic)).isEqualTo(cap);
        List<PatientRef> open = patients.stream()
                .map(patient -> new PatientRef(clinic, patient))
                .filter(ref ->
                        RECORDS.get(Key.openEscalation(ref), Kind.ESCALATION).isPresent())
                .toList();
        assertThat(open).hasSize(cap);
        // A repeat answers as before and takes no second place.
        PatientRef first = open.getFirst();
        String execution = RECORDS.get(Key.openEscalation(first), Kind.ESCALATION)
                .orElseThrow()
                .content()
                .execution();
        assertThat(admit(clinic, first.patient(), execution).path("admitted").asBoolean())
                .isTrue();
        assertThat(RECORDS.openCount(clinic)).isEqualTo(cap);
        // These had no execution that could end them: leave the clinic as its test found it.
        for (PatientRef ref : open) end(ref);
    }

    private static void end(PatientRef ref) {
        var entry = RECORDS.get(Key.openEscalation(ref), Kind.ESCALATION).orElseThrow();
        Invocation answer = CLOUD.invoke(
                "CloseEscalationFunction",
                Json.MAPPER.valueToTree(Map.of(
                        "clinic", ref.clinic(),
                        "patient", ref.patient(),
                        "escalation", entry.content().id(),
                        "because", "TEST")));
        assertThat(answer).isInstanceOf(Invocation.Answered.class);
    }
}
