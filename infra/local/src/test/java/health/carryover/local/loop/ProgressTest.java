package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.setup.Language;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic;
import health.carryover.platform.records.Key;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patient's home screen: the week, weeks in a row, the way to a goal, and the short version of a hard day. */
class ProgressTest extends OutreachCloud {
    /** From 70 to 110 degrees with a detectable change of 18; 96 are 65 %: the example of Milestone. */
    private static final Map<String, Object> GOAL = Map.of(
            "what", "knee_flexion",
            "kind", "PASSIVE_RANGE",
            "load", "UNLOADED",
            "instrument", "GONIOMETER",
            "start", 70,
            "target", 110,
            "detectable", 18);

    private static String goals(Small small) {
        return "/v1/patients/" + small.patient().id() + "/goals";
    }

    private static ApiClient.Response set(Small small, Map<String, Object> goal) {
        return small.therapist().api().put(goals(small) + "/bend", goal);
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> goal = new HashMap<>(GOAL);
        goal.put(name, value);
        return goal;
    }

    private static ApiClient.Response measure(Small small, double degrees) {
        return small.therapist()
                .api()
                .put(
                        goals(small) + "/bend/value",
                        Map.of("instrument", "GONIOMETER", "value", degrees, "measuredOn", today().toString()));
    }

    private static LocalDate today() {
        return now().atZone(ZONE).toLocalDate();
    }

    private static JsonNode progress(Small small) {
        return small.patient().api().get("/v1/me/progress").ok();
    }

    private static Small speaking(String language, String diagnosis, List<String> days, String... exercises) {
        Small small = small();
        Clinic.Person patient = small.clinic()
                .enrol(
                        small.frontDesk(),
                        small.therapist(),
                        new Clinic.NewPatient(
                                "speaking",
                                "Sol Example",
                                "+12125550145",
                                ZONE.getId(),
                                language,
                                diagnosis,
                                today().minusWeeks(20),
                                days,
                                Stream.of(exercises)
                                        .<Map<String, Object>>map(
                                                code -> Map.of("code", code, "sets", 3, "repetitions", 15))
                                        .toList()));
        return new Small(small.clinic(), small.frontDesk(), small.therapist(), small.covering(), patient);
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).atZone(ZONE).toInstant();
    }

    @Test
    void sixty_five_percent_of_the_goal_set_with_the_therapist() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        assertThat(progress(small).path("milestones")).isEmpty();
        set(small, GOAL).ok();
        assertThat(progress(small).path("milestones"))
                .as("nothing measured yet")
                .isEmpty();
        assertThat(measure(small, 96).ok().path("percent").asInt()).isEqualTo(65);
        JsonNode milestone = progress(small).path("milestones").path(0);
        assertThat(milestone.path("percent").asInt()).isEqualTo(65);
        assertThat(milestone.path("text").asText())
                .isIn(
                        "65 % of the goal set with your therapist. Well done.",
                        "You have come 65 % of the way to the goal set with your therapist.");
        assertThat(measure(small, 80).ok().path("notShownBecause").asText()).isEqualTo("NO_CHANGE_BEYOND_ERROR");
        assertThat(progress(small).path("milestones"))
                .as("a step back is not told")
                .isEmpty();
    }

    @Test
    void a_milestone_is_told_by_a_push_once_and_within_the_cap() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        set(small, GOAL).ok();
        measure(small, 96).ok();
        assertThat(pushes(small))
                .singleElement()
                .satisfies(push -> assertThat(words(push)).isIn(pushTexts(Reason.MILESTONE_REACHED, Language.ENGLISH)));
        assertThat(pushes(small).getFirst().body())
                .as("the goal's name may tell")
                .doesNotContain("bend");
        measure(small, 96).ok();
        measure(small, 97).ok();
        assertThat(pushes(small)).as("half of the way was told").hasSize(1);
        measure(small, 110).ok();
        assertThat(pushes(small)).as("a second one of the day waits for no one").hasSize(1);
        assertThat(progress(small).at("/milestones/0/percent").asInt()).isEqualTo(100);
    }

    @Test
    void in_quiet_hours_a_milestone_is_only_shown() {
        Small small = clinicOn(DayOfWeek.MONDAY, "21:00");
        set(small, GOAL).ok();
        measure(small, 96).ok();
        assertThat(pushes(small)).isEmpty();
        assertThat(progress(small).at("/milestones/0/percent").asInt()).isEqualTo(65);
    }

    @Test
    void a_goal_set_twice_is_set_once_and_stays_the_first_therapists() {
        Small small = small();
        ApiClient.Response first = set(small, GOAL);
        ApiClient.Response second = set(small, GOAL);
        assertThat(second.ok()).isEqualTo(first.ok());
        assertThat(second.headers().get("etag")).isEqualTo(first.headers().get("etag"));
        measure(small, 96).ok();
        assertThat(set(small, GOAL).ok().path("latest").asDouble())
                .as("what was measured stays")
                .isEqualTo(96);
        assertThat(small.therapist()
                        .api()
                        .call("PUT", goals(small) + "/bend", with("target", 120), Map.of("If-Match", "\"1\""))
                        .status())
                .as("read before the measurement")
                .isEqualTo(412);
        JsonNode other = set(small, with("target", 120)).ok();
        assertThat(other.has("latest")).as("another aim is another goal").isFalse();
        set(small, with("closed", true)).ok();
        assertThat(progress(small).path("milestones")).isEmpty();
    }

    @Test
    void goals_are_sealed() {
        Small small = small();
        set(small, GOAL).ok();
        measure(small, 96).ok();
        assertThat(new Tables(CLOUD).items("Records", Key.patientPk(small.ref()), "GOAL#"))
                .singleElement()
                .satisfies(item ->
                        assertThat(item.keySet()).containsExactlyInAnyOrder("PK", "SK", "type", "version", "sealed"));
    }

    record Wrong(Map<String, Object> goal, int status, String code, String pointer) {
        @Override
        public String toString() {
            return code + " at " + pointer;
        }
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong(with("what", "Knee flexion!"), 400, "pattern", "/what"),
                new Wrong(with("detectable", 0), 400, "minimum", "/detectable"),
                new Wrong(with("kind", "SPEED"), 400, "enum", "/kind"),
                new Wrong(with("target", 75), 422, "noFurtherThanTheMeasurementErrs", "/target"),
                new Wrong(with("instrument", "QUESTIONNAIRE"), 422, "instrumentDoesNotMeasureThis", "/instrument"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(Wrong wrong) {
        Small small = small();
        ApiClient.Response refused = set(small, wrong.goal());
        assertThat(refused.status()).isEqualTo(wrong.status());
        assertThat(refused.body().path("problems"))
                .extracting(problem -> problem.path("pointer").asText())
                .contains(wrong.pointer());
        if (wrong.status() == 422)
            assertThat(refused.body().path("problems"))
                    .extracting(problem -> problem.path("code").asText())
                    .containsExactly(wrong.code());
    }

    @Test
    void a_value_by_another_instrument_or_from_another_time_is_refused() {
        Small small = small();
        set(small, GOAL).ok();
        String path = goals(small) + "/bend/value";
        ApiClient.Response camera = small.therapist()
                .api()
                .put(path, Map.of("instrument", "CAMERA", "value", 96, "measuredOn", today().toString()));
        assertThat(camera.body().at("/problems/0/code").asText()).isEqualTo("otherInstrument");
        ApiClient.Response tomorrow = small.therapist()
                .api()
                .put(
                        path,
                        Map.of(
                                "instrument",
                                "GONIOMETER",
                                "value",
                                96,
                                "measuredOn",
                                today().plusDays(1).toString()));
        assertThat(tomorrow.body().at("/problems/0/code").asText()).isEqualTo("inTheFuture");
        measure(small, 96).ok();
        ApiClient.Response before = small.therapist()
                .api()
                .put(
                        path,
                        Map.of(
                                "instrument",
                                "GONIOMETER",
                                "value",
                                80,
                                "measuredOn",
                                today().minusDays(1).toString()));
        assertThat(before.body().at("/problems/0/code").asText()).isEqualTo("beforeTheLastOne");
        assertThat(small.therapist()
                        .api()
                        .put(
                                goals(small) + "/none/value",
                                Map.of("instrument", "GONIOMETER", "value", 80, "measuredOn", today().toString()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void after_a_cuff_repair_no_range_is_shown_until_a_therapist_has_cleared_it() {
        Small small = speaking("es", "ROTATOR_CUFF_REPAIR", List.of("MONDAY"), "pendulum");
        set(small, with("what", "shoulder_flexion")).ok();
        assertThat(measure(small, 96).ok().path("notShownBecause").asText()).isEqualTo("NOT_CLEARED");
        assertThat(progress(small).path("milestones")).isEmpty();
        Map<String, Object> cleared = with("what", "shoulder_flexion");
        cleared.put("rangeCleared", true);
        assertThat(set(small, cleared).ok().path("rangeClearedBy").asText())
                .isEqualTo(small.therapist().id());
        assertThat(progress(small).at("/milestones/0/text").asText()).contains("65 %", "terapeuta");
    }

    @Test
    void weeks_in_a_row_go_on_through_rest_days_and_a_planned_break() {
        Small small = speaking("es", "LOW_BACK_PAIN", List.of("MONDAY", "WEDNESDAY"), "heel_slide");
        LocalDate monday = today().with(java.time.temporal.TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        // Three weeks kept, of which the middle one was followed by one away.
        for (int week : new int[] {1, 3, 4})
            for (int day : new int[] {0, 2})
                upload(
                                small.patient(),
                                session(
                                        small.clinic(),
                                        noon(monday.minusWeeks(week).plusDays(day))))
                        .ok();
        assertThat(progress(small).has("streak")).as("one week is no row").isFalse();
        small.patient()
                .api()
                .post(
                        "/v1/me/breaks",
                        Map.of(
                                "from", monday.minusWeeks(2).toString(),
                                "to", monday.minusWeeks(2).plusDays(6).toString(),
                                "reason", "TRAVEL"))
                .ok();
        JsonNode streak = progress(small).path("streak");
        assertThat(streak.path("weeks").asInt()).isEqualTo(3);
        assertThat(streak.path("text").asText())
                .isIn(
                        "3 buenas semanas seguidas. Los días de descanso son parte de ello.",
                        "Lleva 3 semanas con su plan. Con paso firme.");
        JsonNode week = progress(small).path("week");
        assertThat(week.path("days")).hasSize(7);
        assertThat(week.path("days"))
                .extracting(day -> day.path("state").asText())
                .contains("REST")
                .doesNotContain("BREAK");
    }

    @Test
    void a_row_longer_than_the_usual_history_is_counted_to_its_end() {
        Small small = speaking("en", "LOW_BACK_PAIN", List.of("MONDAY"), "heel_slide");
        LocalDate monday = today().with(java.time.temporal.TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (int week = 1; week <= 14; week++)
            upload(small.patient(), session(small.clinic(), noon(monday.minusWeeks(week))))
                    .ok();
        assertThat(progress(small).at("/streak/weeks").asInt()).isEqualTo(14);
    }

    @Test
    void the_score_of_a_patient_who_does_nothing_falls_without_anything_arriving() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        for (int day = 1; day <= 28; day++)
            upload(small.patient(), session(small.clinic(), noon(today().minusDays(day))))
                    .ok();
        assertThat(line(small)).startsWith("100 of 100: 28 of 28 prescribed sessions since ");
        advance(java.time.Duration.ofDays(14));
        assertThat(line(small)).startsWith("50 of 100: 14 of 28 ").contains("(7/7 7/7 0/7 0/7 0/0 by week)");
    }

    private static String line(Small small) {
        return small.therapist()
                .api()
                .get("/v1/patients/" + small.patient().id())
                .ok()
                .at("/adherence/line")
                .asText();
    }

    @Test
    void the_short_version_of_a_hard_day_is_gentle_and_counts_as_a_session() {
        Small small = speaking(
                "en",
                "KNEE_ARTHROPLASTY",
                List.of("MONDAY"),
                "squat",
                "heel_slide",
                "ankle_pump",
                "quad_set",
                "bridge");
        JsonNode whole = small.patient().api().get("/v1/me/program").ok();
        JsonNode hard =
                small.patient().api().get("/v1/me/program?version=hard-day").ok();
        assertThat(hard.path("version")).isEqualTo(whole.path("version"));
        assertThat(hard.path("variant").asText()).isEqualTo("hard-day");
        assertThat(hard.path("exercises"))
                .extracting(exercise -> exercise.path("code").asText())
                .containsExactly("ankle_pump", "heel_slide", "quad_set");
        assertThat(hard.path("exercises")).allSatisfy(exercise -> {
            assertThat(exercise.path("sets").asInt()).isEqualTo(1);
            assertThat(exercise.path("repetitions").asInt()).isEqualTo(10);
        });
        assertThat(small.patient().api().get("/v1/me/program?version=easy").status())
                .isEqualTo(400);

        int before = progress(small).at("/week/done").asInt();
        Map<String, Object> session = session(small.clinic(), now());
        session.put("exercises", List.of(Map.of("code", "ankle_pump", "completion", "DONE", "repetitions", 10)));
        upload(small.patient(), session).ok();
        assertThat(progress(small).at("/week/done").asInt()).isEqualTo(before + 1);
    }

    @Test
    void while_a_safety_event_is_open_there_is_no_praise_and_no_short_version() {
        Small small = speaking("en", "LOW_BACK_PAIN", List.of("MONDAY"), "heel_slide");
        LocalDate monday = today().with(java.time.temporal.TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (int week = 1; week <= 3; week++)
            upload(small.patient(), session(small.clinic(), noon(monday.minusWeeks(week))))
                    .ok();
        set(small, GOAL).ok();
        measure(small, 96).ok();
        assertThat(progress(small).has("streak")).isTrue();
        assertThat(progress(small).path("milestones")).hasSize(1);
        small.patient().api().post("/v1/me/safety", Map.of("symptom", "CALF")).ok();
        assertThat(progress(small).has("streak")).isFalse();
        assertThat(progress(small).path("milestones")).isEmpty();
        assertThat(small.patient()
                        .api()
                        .get("/v1/me/program?version=hard-day")
                        .ok()
                        .path("exercises"))
                .isEmpty();
        assertThat(small.patient().api().get("/v1/me/program").ok().path("exercises"))
                .isNotEmpty();
    }
}
