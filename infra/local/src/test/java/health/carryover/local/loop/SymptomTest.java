package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.safety.SafetyScreen;
import health.carryover.clinical.safety.Symptom;
import health.carryover.clinical.safety.SymptomCheck;
import health.carryover.clinical.setup.Language;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.library.SymptomChecks;
import health.carryover.platform.records.SafetyEvent;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each symptom in each language: the screen at once, one task on reconnect however often it is told, and silence. */
class SymptomTest extends SafetyCloud {
    /** What a phone carries. */
    private static final SymptomCheck PHONE = SymptomChecks.inForce();

    private static Symptom symptom(String code) {
        return PHONE.find(code).orElseThrow();
    }

    static Stream<Arguments> every_symptom_in_every_language() {
        return PHONE.symptoms().stream()
                .flatMap(symptom ->
                        Stream.of(Language.values()).map(language -> Arguments.of(symptom.code(), language)));
    }

    private static SafetyScreen.Shown shown(JsonNode screen) {
        return new SafetyScreen.Shown(
                SafetyScreen.Danger.valueOf(screen.path("danger").asText()),
                screen.path("dial").asText(),
                screen.path("title").asText(),
                screen.path("text").asText(),
                screen.path("closed").isMissingNode()
                        ? null
                        : screen.path("closed").asText());
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource
    void every_symptom_in_every_language(String code, Language language) {
        Small clinic = clinicNow();
        Small small = with(clinic, clinic.therapist(), "other", language == Language.SPANISH ? "es" : "en", "OTHER");
        flag(small);
        assertThat(open(small)).isPresent();
        int pushes = pushes(small).size();

        // Offline: the screen is there, the report waits on the phone, twice.
        SafetyScreen.Shown offline = PHONE.screen(symptom(code)).in(language, true);
        String reportId = small.clinic().sessionId(now());
        Map<String, Object> report = Map.of("symptom", code, "reportId", reportId, "reportedAt", now().toString());
        advance(Duration.ofMinutes(20));

        // Online again: all at once, and once more because no answer came, and a second phone with an id of its own.
        List<CompletableFuture<ApiClient.Response>> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            sent.add(CompletableFuture.supplyAsync(() -> small.patient().api().post("/v1/me/safety", report)));
        Map<String, Object> other =
                Map.of("symptom", code, "reportId", small.clinic().sessionId(now()));
        sent.add(CompletableFuture.supplyAsync(() -> small.patient().api().post("/v1/me/safety", other)));
        List<JsonNode> answers = sent.stream().map(each -> each.join().ok()).toList();
        CLOUD.waitUntilQuiet();
        JsonNode repeated = small.patient().api().post("/v1/me/safety", report).ok();
        CLOUD.waitUntilQuiet();

        assertThat(answers)
                .extracting(answer -> answer.path("id").asText())
                .containsOnly(repeated.path("id").asText());
        boolean clinicOpen = repeated.path("clinicOpen").asBoolean();
        assertThat(shown(repeated.path("screen")))
                .as("the same words as offline")
                .isEqualTo(PHONE.screen(symptom(code)).in(language, clinicOpen))
                .returns(offline.danger(), SafetyScreen.Shown::danger)
                .returns(offline.title(), SafetyScreen.Shown::title)
                .returns(offline.text(), SafetyScreen.Shown::text);
        assertThat(listedSafety(small.therapist())).hasSize(1);
        JsonNode task = listedSafety(small.therapist()).getFirst();
        String danger = offline.danger() == SafetyScreen.Danger.EMERGENCY ? "Emergency" : "Urgent";
        assertThat(task.path("reasons").path(0).asText())
                .isEqualTo(
                        danger + ", reported before a session: " + symptom(code).forTherapist() + ".");
        assertThat(events(small)).hasSize(1);
        assertThat(events(small).getFirst()).returns(code, SafetyEvent::kind);

        // The outreach has ended, nothing more is sent, and none begins while it is open.
        advance(Duration.ofHours(20));
        assertThat(ended(small)).containsExactly("SAFETY_EVENT");
        night(small, "silent-" + code + language, small.patient().id());
        advance(Duration.ofHours(20));
        assertThat(open(small)).isEmpty();
        assertThat(pushes(small)).hasSize(pushes);

        // A therapist alone clears it; a repeat that comes later opens nothing again.
        Task open = task(small.clinic(), task.path("taskId").asText());
        assertThat(List.of(
                        claim(small.frontDesk(), open).status(),
                        claim(small.clinic().administrator(), open).status()))
                .containsOnly(403);
        assertThat(events(small).getFirst().clearedAt()).isNull();
        clear(small.therapist(), open);
        small.patient().api().post("/v1/me/safety", report).ok();
        CLOUD.waitUntilQuiet();
        assertThat(listedSafety(small.therapist())).isEmpty();
        assertThat(events(small)).hasSize(1);
        assertThat(events(small).getFirst()).returns(small.therapist().id(), SafetyEvent::clearedBy);

        // The same symptom on another day is news.
        report(small, code, small.clinic().sessionId(now())).ok();
        assertThat(listedSafety(small.therapist())).hasSize(1);
        clear(
                small.therapist(),
                task(
                        small.clinic(),
                        listedSafety(small.therapist())
                                .getFirst()
                                .path("taskId")
                                .asText()));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CHEST_PAIN_OR_BREATHLESSNESS | EMERGENCY | 911",
                "SADDLE_BLADDER_BOWEL         | EMERGENCY | 911",
                "SELF_HARM                    | EMERGENCY | 988",
                "FALL_WITH_INJURY             | EMERGENCY | 911",
                "FALL                         | URGENT    | ''",
                "CALF                         | URGENT    | ''",
                "INFECTION                    | URGENT    | ''",
                "POP_OR_WEAKNESS              | URGENT    | ''",
                "NUMBNESS_OR_WEAKNESS         | URGENT    | ''"
            })
    void the_class_of_each_symptom_is_that_of_the_safety_page(String code, SafetyScreen.Danger danger, String dial) {
        SafetyScreen screen = PHONE.screen(symptom(code));
        assertThat(screen).returns(danger, SafetyScreen::danger).returns(dial, SafetyScreen::dial);
        assertThat(screen.title().english())
                .isEqualTo(
                        switch (dial) {
                            case "911" -> "Call 911 now";
                            case "988" -> "Call or text 988 now";
                            default -> "Call your surgeon or clinic now";
                        });
        if (!dial.isEmpty()) assertThat(screen.title().spanish()).contains(dial);
        if (danger == SafetyScreen.Danger.URGENT)
            assertThat(screen.text().english())
                    .isEqualTo("If you cannot reach them, go to urgent care or the emergency room.");
    }

    @Test
    void the_phone_is_given_all_that_it_needs_offline_by_diagnosis_and_in_the_patients_language() {
        Small small = clinicNow();
        Small back = with(small, small.therapist(), "back", "es", "LOW_BACK_PAIN");
        JsonNode questions = back.patient().api().get("/v1/me/safety").ok();
        assertThat(questions.path("symptoms"))
                .extracting(each -> each.path("symptom").asText())
                .contains("SADDLE_BLADDER_BOWEL", "NUMBNESS_OR_WEAKNESS", "SELF_HARM", "FALL")
                .doesNotContain("CALF", "INFECTION");
        for (JsonNode each : questions.path("symptoms")) {
            Symptom symptom = symptom(each.path("symptom").asText());
            assertThat(each.path("question").asText())
                    .isEqualTo(symptom.question().spanish());
            assertThat(shown(each.path("screen")))
                    .isEqualTo(PHONE.screen(symptom).in(Language.SPANISH, false));
        }
        assertThat(questions.path("clinicHours").path("days")).hasSize(5);
        assertThat(questions.path("clinicHours").path("opens").asText()).startsWith("08:00");
        assertThat(questions.path("clinicHours").path("zone").asText()).isEqualTo(ZONE.getId());
        JsonNode knee = small.patient().api().get("/v1/me/safety").ok();
        assertThat(knee.path("symptoms"))
                .extracting(each -> each.path("symptom").asText())
                .contains("CALF", "INFECTION")
                .doesNotContain("SADDLE_BLADDER_BOWEL");
    }

    @Test
    void out_of_hours_the_patient_is_told_that_the_clinic_is_closed_and_not_to_wait() {
        Small small = clinicOn(DayOfWeek.MONDAY, "17:59");
        JsonNode before = report(small, "CALF", small.clinic().sessionId(now())).ok();
        assertThat(before.path("clinicOpen").asBoolean()).isTrue();
        assertThat(before.path("screen").has("closed")).isFalse();
        advance(Duration.ofMinutes(1));
        JsonNode after = report(small, "FALL", small.clinic().sessionId(now())).ok();
        assertThat(after.path("clinicOpen").asBoolean()).isFalse();
        assertThat(after.path("screen").path("closed").asText()).startsWith("Your clinic is closed now.");
        for (JsonNode task : listedSafety(small.therapist()))
            clear(small.therapist(), task(small.clinic(), task.path("taskId").asText()));
    }

    @Test
    void two_symptoms_at_once_are_two_tasks_and_one_that_is_cleared_leaves_the_silence() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "10:00");
        var calf = CompletableFuture.supplyAsync(() -> small.patient()
                .api()
                .post("/v1/me/safety", Map.of("symptom", "CALF"))
                .ok());
        JsonNode chest = small.patient()
                .api()
                .post("/v1/me/safety", Map.of("symptom", "CHEST_PAIN_OR_BREATHLESSNESS"))
                .ok();
        calf.join();
        CLOUD.waitUntilQuiet();
        assertThat(listedSafety(small.therapist())).hasSize(2);
        clear(
                small.therapist(),
                task(small.clinic(), "safety-" + chest.path("id").asText()));
        night(small, "still-silent", small.patient().id());
        assertThat(open(small)).isEmpty();
        clear(
                small.therapist(),
                task(small.clinic(), "safety-" + calf.join().path("id").asText()));
        advance(Duration.ofMinutes(1));
        night(small, "over", small.patient().id());
        assertThat(open(small)).isPresent();
    }

    @Test
    void a_report_that_waited_on_the_phone_tells_the_therapist_when_it_was_made() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "10:00");
        String then = now().minus(Duration.ofHours(9)).toString();
        String id = small.patient()
                .api()
                .post("/v1/me/safety", Map.of("symptom", "CALF", "reportedAt", then))
                .ok()
                .path("id")
                .asText();
        CLOUD.waitUntilQuiet();
        assertThat(task(small.clinic(), "safety-" + id).reasons())
                .contains("The phone was offline: by its clock it was reported at " + then + ".");
        clear(small.therapist(), task(small.clinic(), "safety-" + id));
    }

    @Test
    void the_same_report_id_from_another_patient_is_a_report_of_its_own() {
        Small small = clinicNow();
        Small other = with(small, small.therapist(), "other", "en", "OTHER");
        String id = small.clinic().sessionId(now());
        report(small, "CALF", id).ok();
        report(other, "CALF", id).ok();
        assertThat(events(small)).hasSize(1);
        assertThat(events(other)).hasSize(1);
        clear(small.therapist(), task(small.clinic(), events(small).getFirst().task()));
        clear(small.therapist(), task(small.clinic(), events(other).getFirst().task()));
    }
}
