package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.setup.Language;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.StoredCohort;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Being told that one keeps up: with whom, by which number, and who is never told. */
class CohortTest extends OutreachCloud {
    private static final List<String> AGREED = List.of("COMPARISON", "SHARE_WITH_THERAPIST");

    private final Small small = clinicOn(DayOfWeek.WEDNESDAY, "10:00");
    private final List<Person> group = new ArrayList<>();

    private static LocalDate today() {
        return now().atZone(ZONE).toLocalDate();
    }

    private static void consents(Person patient, List<String> granted) {
        patient.api().put("/v1/me/consents", Map.of("granted", granted)).ok();
    }

    /** Patients who agreed, of one diagnosis and stage, with so many sessions of the last five weeks done. */
    private void others(int... sessions) {
        for (int done : sessions) {
            Person patient = patient(
                    small.clinic(), small.frontDesk(), small.therapist(), "p" + group.size(), today().minusWeeks(7));
            group.add(patient);
            consents(patient, AGREED);
            exercised(patient, done);
        }
    }

    private void exercised(Person patient, int sessions) {
        for (int i = 1; i <= sessions; i++)
            upload(
                            patient,
                            session(
                                    small.clinic(),
                                    today().minusDays(i)
                                            .atTime(12, 0)
                                            .atZone(ZONE)
                                            .toInstant()))
                    .ok();
    }

    private int aggregate() {
        Invocation answer = CLOUD.invoke(
                "AggregateCohortsFunction",
                Json.MAPPER.valueToTree(Map.of(
                        "run",
                        today().toString(),
                        "clinics",
                        List.of(small.clinic().id()))));
        return ((Invocation.Answered) answer).payload().path("cohorts").asInt();
    }

    private List<StoredCohort> stored() {
        return RECORDS.prefix(Key.cohortsPk(small.clinic().id()), "GROUP#", Kind.COHORT).stream()
                .map(Entry::content)
                .toList();
    }

    private static JsonNode cohort(Person patient) {
        return patient.api().get("/v1/me/progress").ok().path("cohort");
    }

    @Test
    void who_keeps_up_with_most_is_told_so_and_nobody_else_is_told_anything() {
        // Daily for four weeks, and Monday and Tuesday of the running one: 30 sessions.
        others(4, 4, 4, 4, 21, 21, 21, 21, 21, 27, 27);
        assertThat(aggregate()).as("eleven in all are too few").isZero();
        assertThat(stored()).isEmpty();
        assertThat(cohort(group.getLast()).isMissingNode()).isTrue();

        others(4);
        assertThat(aggregate()).isEqualTo(1);
        assertThat(stored()).singleElement().satisfies(cell -> {
            assertThat(cell.cell().group()).isEqualTo("knee_arthroplasty/weeks_6_12");
            // Five did 4 (13 %), five 21 (70 %), two 27 (90 %): seven of twelve must be no higher, so 70.
            assertThat(cell.cell().keepsUpFrom()).isEqualTo(70);
        });
        assertThat(cohort(group.get(4)).path("text").asText()).isIn(pushTexts(Reason.COHORT, Language.ENGLISH));
        assertThat(cohort(group.get(9)).path("text").asText()).isIn(pushTexts(Reason.COHORT, Language.ENGLISH));
        assertThat(cohort(group.getFirst()).isMissingNode())
                .as("behind: silence")
                .isTrue();
        for (Map<String, ?> item :
                new Tables(CLOUD).items("Records", Key.cohortsPk(small.clinic().id()), "GROUP#"))
            assertThat(item.keySet()).containsExactlyInAnyOrder("PK", "SK", "type", "version", "sealed");
    }

    @Test
    void only_with_consent_of_who_is_told_and_of_who_is_counted() {
        others(27, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27);
        assertThat(aggregate()).isEqualTo(1);
        assertThat(cohort(group.getFirst()).has("text")).isTrue();
        consents(group.getFirst(), List.of("SHARE_WITH_THERAPIST"));
        assertThat(cohort(group.getFirst()).isMissingNode())
                .as("taken back, at once")
                .isTrue();
        assertThat(cohort(group.getLast()).has("text")).isTrue();
        assertThat(aggregate()).as("one who agreed is missing").isZero();
        assertThat(stored()).as("and the number is gone").isEmpty();
        assertThat(cohort(group.getLast()).isMissingNode()).isTrue();
    }

    @Test
    void silent_while_a_safety_event_is_open_and_when_the_nights_have_failed() {
        others(27, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27);
        aggregate();
        Person patient = group.getFirst();
        patient.api().post("/v1/me/safety", Map.of("symptom", "CALF")).ok();
        assertThat(cohort(patient).isMissingNode()).isTrue();
        assertThat(cohort(group.getLast()).has("text")).isTrue();
        advance(Duration.ofHours(51));
        assertThat(cohort(group.getLast()).isMissingNode()).isTrue();
    }
}
