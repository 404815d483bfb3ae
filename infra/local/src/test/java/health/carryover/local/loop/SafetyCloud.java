package health.carryover.local.loop;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.Inbox;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.SafetyEvent;
import health.carryover.platform.records.Task;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Words for tests of symptoms and of what follows. */
abstract class SafetyCloud extends OutreachCloud {
    /** Reported right now; the cloud has done all that follows at once. */
    static ApiClient.Response report(Small small, String symptom, String reportId) {
        ApiClient.Response response = small.patient()
                .api()
                .post(
                        "/v1/me/safety",
                        Map.of("symptom", symptom, "reportId", reportId, "reportedAt", now().toString()));
        CLOUD.waitUntilQuiet();
        return response;
    }

    static Task reported(Small small, String symptom) {
        String id = report(small, symptom, small.clinic().sessionId(now()))
                .ok()
                .path("id")
                .asText();
        return task(small.clinic(), "safety-" + id);
    }

    static Task task(Clinic clinic, String id) {
        return RECORDS.get(Key.task(clinic.id(), id), Kind.TASK).orElseThrow().content();
    }

    static List<SafetyEvent> events(Small small) {
        return RECORDS.prefix(Key.patientPk(small.ref()), "SAFETY#", Kind.SAFETY).stream()
                .map(Entry::content)
                .toList();
    }

    /** The safety tasks in a therapist's list, whoever has taken them. */
    static List<JsonNode> listedSafety(Person therapist) {
        return List.of("OPEN", "CLAIMED").stream()
                .flatMap(status -> therapist
                        .api()
                        .get("/v1/tasks?status=" + status)
                        .ok()
                        .path("tasks")
                        .valueStream())
                .filter(task -> task.path("work").asText().equals("SAFETY"))
                .toList();
    }

    static void clear(Person therapist, Task task) {
        claim(therapist, task).ok();
        finish(therapist, task, "CLEARED").ok();
    }

    /** A person's phone, by the last part of its endpoint. */
    static String withPhone(Person person) {
        return person.api()
                .post("/v1/devices", Map.of("token", "phone-of-" + person.id()))
                .ok()
                .path("id")
                .asText();
    }

    static List<Inbox.Message> told(String phone) {
        return CLOUD.inbox().messages().stream()
                .filter(message -> message.to().endsWith("/" + phone))
                .toList();
    }

    static List<String> audit(Small small) {
        return new Tables(CLOUD).audit(Key.patientPk(small.ref()));
    }

    /** The clinic with another patient in the place of its first. */
    static Small with(Small small, Person therapist, String persona, String language, String diagnosis) {
        Person patient = small.clinic()
                .enrol(
                        small.frontDesk(),
                        therapist,
                        new Clinic.NewPatient(
                                persona,
                                "Pat Example",
                                "+12125550142",
                                ZONE.getId(),
                                language,
                                diagnosis,
                                LocalDate.parse("2025-11-03"),
                                List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
                                List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10))));
        return new Small(small.clinic(), small.frontDesk(), therapist, small.covering(), patient);
    }
}
