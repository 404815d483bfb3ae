package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.local.demo.ApiClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies, paths, queries and headers that no operation describes: refused, and nothing is stored. */
class BadRequestTest extends LoopCloud {
    private static final Tables TABLES = new Tables(CLOUD);
    private static Small small;
    private static Map<String, Long> before;

    @BeforeAll
    static void count() {
        small = small();
        CLOUD.waitUntilQuiet();
        before = TABLES.counts();
    }

    @AfterAll
    static void nothing_was_stored_by_any_of_these() {
        CLOUD.waitUntilQuiet();
        assertThat(TABLES.counts()).isEqualTo(before);
    }

    /** Every operation that takes a body refuses an empty object, a list and a text, and one that takes none any body. */
    @Test
    void no_operation_takes_a_body_that_its_document_does_not_describe() {
        ApiClient patient = small.patient().api();
        ApiClient therapist = small.therapist().api();
        String own = "/v1/patients/" + small.patient().id();
        Map<String, ApiClient> bodies = Map.of(
                "PUT /v1/me/consents",
                patient,
                "PUT /v1/me/preferences",
                patient,
                "POST /v1/me/breaks",
                patient,
                "POST /v1/me/replies",
                patient,
                "POST /v1/me/safety",
                patient,
                "POST /v1/me/devices",
                patient,
                "POST /v1/uploads",
                patient,
                "POST /v1/patients",
                therapist,
                "PUT " + own + "/program",
                therapist,
                "POST /v1/appointments",
                therapist);
        bodies.forEach((operation, api) -> {
            for (String body : List.of("{}", "[]", "\"x\"", "null", "{\"zone\":7}"))
                assertThat(call(api, operation, body))
                        .as("%s %s", operation, body)
                        .isEqualTo(400);
        });
        assertThat(call(therapist, "POST /v1/devices", "{}")).isEqualTo(400);
        assertThat(call(therapist, "POST /v1/tasks/t-1/claim", "{}")).isEqualTo(400);
        assertThat(call(patient, "GET /v1/me", "{}")).isEqualTo(400);
    }

    private static int call(ApiClient api, String operation, String body) {
        String[] parts = operation.split(" ");
        return api.call(parts[0], parts[1], body, Map.of()).status();
    }

    @Test
    void paths_queries_and_headers_that_cannot_be_are_refused_and_break_nothing() {
        ApiClient patient = small.patient().api();
        ApiClient therapist = small.therapist().api();
        ApiClient frontDesk = small.frontDesk().api();
        String own = "/v1/patients/" + small.patient().id();
        for (String limit : List.of("0", "101", "-1", "ten", "99999999999"))
            assertThat(patient.get("/v1/me/sessions?limit=" + limit).status()).isEqualTo(400);
        for (String cursor : List.of(
                "%21",
                "AAAA",
                cursor("PROFILE"),
                cursor("SESSION#~~~"),
                cursor("SESSION#\u0000"),
                cursor("SESSION#"),
                cursor("UPLOAD#2"),
                "x".repeat(501)))
            assertThat(patient.get("/v1/me/sessions?cursor=" + cursor))
                    .as(cursor)
                    .satisfies(refused -> {
                        assertThat(refused.status()).isEqualTo(400);
                        assertThat(refused.body().path("problems"))
                                .hasToString("[{\"code\":\"cursor\",\"pointer\":\"/cursor\"}]");
                    });
        for (String id : List.of("x", "%20", "a%2Fb", "P%23" + small.patient().id(), "x".repeat(300)))
            assertThat(therapist.get("/v1/patients/" + id + "/sessions").status())
                    .as(id)
                    .isEqualTo(404);
        for (String id : List.of("x", "%20", "%23"))
            assertThat(frontDesk
                            .call("POST", "/v1/tasks/" + id + "/claim", null, Map.of())
                            .status())
                    .as(id)
                    .isEqualTo(404);
        Map<String, Object> change =
                Map.of("patientId", small.patient().id(), "at", now().toString(), "state", "CANCELLED");
        for (String id : List.of("x", "%20", "%23"))
            assertThat(frontDesk.put("/v1/appointments/" + id, change).status())
                    .as(id)
                    .isEqualTo(404);
        Map<String, Object> program = Map.of(
                "days", List.of("MONDAY"),
                "sessionsPerDay", 1,
                "exercises", List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10)));
        assertThat(therapist
                        .call("PUT", own + "/program", program, Map.of("If-Match", "latest"))
                        .body()
                        .path("problems"))
                .hasToString("[{\"code\":\"etag\",\"pointer\":\"/If-Match\"}]");
        assertThat(therapist
                        .call("PUT", own + "/program", program, Map.of("If-Match", "\"7\""))
                        .status())
                .isEqualTo(412);
        assertThat(therapist.get("/v1/tasks?status=DONE").status()).isEqualTo(400);
        assertThat(patient.get("/v1/nothing").status()).isEqualTo(404);
    }

    private static String cursor(String sortKey) {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sortKey.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void people_are_enrolled_only_with_a_therapist_who_is_there_and_covering_likewise() {
        Map<String, Object> patient = new HashMap<>(Map.of(
                "name",
                "Pat",
                "phone",
                "+12125550142",
                "birthDate",
                "1970-01-01",
                "zone",
                ZONE.getId(),
                "language",
                "en",
                "diagnosis",
                "OTHER",
                "planStart",
                "2026-01-01",
                "consents",
                List.of()));
        patient.put(
                "program",
                Map.of(
                        "days",
                        List.of("MONDAY"),
                        "sessionsPerDay",
                        1,
                        "exercises",
                        List.of(Map.of("code", "squat", "sets", 1, "repetitions", 1))));
        for (String therapist : List.of("", "nobody", "#", small.frontDesk().id())) {
            patient.put("therapist", therapist);
            assertThat(small.frontDesk().api().post("/v1/patients", patient))
                    .as(therapist)
                    .satisfies(refused -> {
                        assertThat(refused.status()).isEqualTo(422);
                        assertThat(refused.body().path("problems"))
                                .hasToString("[{\"code\":\"noSuchTherapist\",\"pointer\":\"/therapist\"}]");
                    });
        }
        assertThat(small.clinic()
                        .administrator()
                        .api()
                        .post("/v1/staff", Map.of("name", "New", "roles", List.of("THERAPIST"), "covering", "nobody"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_name_of_blanks_or_control_characters_is_no_name() {
        for (String name : List.of("", " ", "\t", "A\u0000B", "A\nB", "x".repeat(201)))
            assertThat(small.clinic()
                            .administrator()
                            .api()
                            .post("/v1/staff", Map.of("name", name, "roles", List.of("STAFF")))
                            .body()
                            .path("problems")
                            .path(0)
                            .path("pointer")
                            .asText())
                    .isEqualTo("/name");
    }
}
