package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.RiskScore;
import health.carryover.platform.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the API document, called by everybody: who is let in, and how the others are refused. */
class AccessMatrixTest extends LoopCloud {
    private static final List<String> CALLERS = List.of(
            "patient", "otherPatient", "therapist", "otherTherapist", "staff", "administrator", "operator", "foreign");

    /**
     * {@code own}: let in, to the caller's own record or clinic, whatever anybody else's is. {@code yes}: let in, to the
     * record of the patient whom {@code therapist} treats. Else the refusal: 401 from the other user pool, 403 for a role
     * that may not, 404 for another clinic, where it is not even known that there is such a record.
     */
    private static final String EXPECTED = """
                                              patient other  therapist other staff admin operator foreign
            POST /v1/sessions                 own     own    401       401   401   401   401      401
            POST /v1/sessions/batch           own     own    401       401   401   401   401      401
            POST /v1/uploads                  own     own    401       401   401   401   401      401
            GET  /v1/me/videos                own     own    401       401   401   401   401      401
            POST /v1/me/videos                own     own    401       401   401   401   401      401
            DELETE /v1/me/videos/{videoId}    yes     404    401       401   401   401   401      401
            POST /v1/me/videos/{videoId}/completion yes 404  401       401   401   401   401      401
            GET  /v1/me                       own     own    401       401   401   401   401      401
            GET  /v1/me/program               own     own    401       401   401   401   401      401
            GET  /v1/me/progress              own     own    401       401   401   401   401      401
            GET  /v1/me/sessions              own     own    401       401   401   401   401      401
            PUT  /v1/me/consents              own     own    401       401   401   401   401      401
            PUT  /v1/me/preferences           own     own    401       401   401   401   401      401
            POST /v1/me/breaks                own     own    401       401   401   401   401      401
            POST /v1/me/replies               own     own    401       401   401   401   401      401
            GET  /v1/me/safety                own     own    401       401   401   401   401      401
            POST /v1/me/safety                own     own    401       401   401   401   401      401
            POST /v1/me/devices               own     own    401       401   401   401   401      401
            POST /v1/clinics                  401     401    403       403   403   403   own      403
            GET  /v1/clinic                   401     401    403       403   403   own   403      403
            GET  /v1/clinic/hold-out          401     401    403       403   403   own   403      403
            PUT  /v1/clinic/hold-out          401     401    403       403   403   own   403      403
            POST /v1/staff                    401     401    403       403   403   own   403      403
            POST /v1/patients                 401     401    own       own   own   403   403      own
            GET  /v1/patients                 401     401    own       own   own   403   403      own
            GET  /v1/patients/{patientId}     401     401    yes       403   403   403   404      404
            GET  /v1/patients/{patientId}/sessions    401 401 yes      403   403   403   404      404
            GET  /v1/patients/{patientId}/program     401 401 yes      403   403   403   404      404
            PUT  /v1/patients/{patientId}/program     401 401 yes      403   403   403   404      404
            GET  /v1/patients/{patientId}/goals       401 401 yes      403   403   403   404      404
            PUT  /v1/patients/{patientId}/goals/{goalId}       401 401 yes 403 403   403   404      404
            PUT  /v1/patients/{patientId}/goals/{goalId}/value 401 401 yes 403 403   403   404      404
            GET  /v1/patients/{patientId}/risk        401 401 yes      403   403   403   404      404
            GET  /v1/patients/{patientId}/escalations 401 401 yes      403   403   403   404      404
            GET  /v1/patients/{patientId}/videos      401 401 yes      403   403   403   404      404
            GET  /v1/patients/{patientId}/videos/{videoId} 401 401 yes 403   403   403   404      404
            POST /v1/appointments             401     401    yes       yes   yes   403   403      404
            PUT  /v1/appointments/{appointmentId}     401 401 yes      yes   yes   403   403      404
            POST /v1/devices                  401     401    own       own   own   own   403      own
            GET  /v1/tasks                    401     401    own       own   own   own   403      own
            POST /v1/tasks/{taskId}/claim     401     401    yes       yes   403   403   404      404
            POST /v1/tasks/{taskId}/outcome   401     401    yes       yes   403   403   404      404
            """;

    private static final Map<String, Object> GOAL = Map.of(
            "what", "knee_flexion",
            "kind", "PASSIVE_RANGE",
            "load", "UNLOADED",
            "instrument", "GONIOMETER",
            "start", 70,
            "target", 110,
            "detectable", 10);

    private static Small small;
    private static Map<String, Person> callers;
    private static String task;
    private static String appointment;
    private static String video;
    private static String playable;
    private static Instant visit;

    /** Operation to caller to what is expected. */
    private static Map<String, Map<String, String>> expected() {
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        EXPECTED.lines().skip(1).forEach(line -> {
            String[] cells = line.strip().split(" +");
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < CALLERS.size(); i++) row.put(CALLERS.get(i), cells[i + 2]);
            table.put(cells[0] + " " + cells[1], row);
        });
        return table;
    }

    private static JsonNode document() {
        return Objects.requireNonNull(CLOUD.template().resource("Api")).at("DefinitionBody");
    }

    private static List<String> operations() {
        List<String> operations = new ArrayList<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!method.getKey().equals("parameters"))
                        operations.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }));
        return operations;
    }

    @BeforeAll
    static void people() {
        small = small();
        Small foreign = small();
        callers = Map.of(
                "patient", small.patient(),
                "otherPatient",
                        patient(
                                small.clinic(),
                                small.frontDesk(),
                                small.therapist(),
                                "other",
                                LocalDate.parse("2025-11-03")),
                "therapist", small.therapist(),
                "otherTherapist", small.covering(),
                "staff", small.frontDesk(),
                "administrator", small.clinic().administrator(),
                "operator", OPERATOR,
                "foreign", foreign.therapist());
        upload(small.patient(), session(small.clinic(), now())).ok();
        small.patient().api().post("/v1/me/safety", Map.of("symptom", "FALL")).ok();
        task = small.therapist()
                .api()
                .get("/v1/tasks")
                .ok()
                .path("tasks")
                .path(0)
                .path("taskId")
                .asText();
        small.clinic()
                .administrator()
                .api()
                .put("/v1/clinic/hold-out", Map.of("takesPart", false))
                .ok();
        records()
                .commit(List.of(new Write.Overwrite(new Entry<>(
                        Key.risk(small.ref(), LocalDate.parse("2026-01-05")),
                        Kind.RISK,
                        1,
                        new RiskScore(now(), 0.2, "LOW", List.of(), "a model", null, true, 120, List.of()),
                        Map.of()))));
        small.therapist()
                .api()
                .put("/v1/patients/" + small.patient().id() + "/goals/bend", GOAL)
                .ok();
        VideoCloud.consent(small, "VIDEO", "BODY_TRACKING", "SHARE_WITH_THERAPIST");
        Objects.requireNonNull(callers.get("otherPatient"))
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("VIDEO", "BODY_TRACKING")))
                .ok();
        video = VideoCloud.asked(small).ok().path("videoId").asText();
        playable = VideoCloud.sent(small, VideoCloud.film(1000)).path("videoId").asText();
        visit = now().plus(Duration.ofDays(200));
        appointment = small.frontDesk()
                .api()
                .post("/v1/appointments", Map.of("patientId", small.patient().id(), "at", visit.toString()))
                .ok()
                .path("id")
                .asText();
    }

    @Test
    void the_table_has_every_operation_of_the_document_and_no_other() {
        assertThat(expected().keySet()).containsExactlyInAnyOrderElementsOf(operations());
    }

    static Stream<String> everyone() {
        return expected().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyone(String operation) {
        Map<String, String> row = expected().get(operation);
        // Those who are refused first: what the others change could be why.
        List<String> order = new ArrayList<>(CALLERS);
        order.sort(java.util.Comparator.comparing(caller -> row.get(caller).matches("own|yes")));
        Map<String, String> answers = new LinkedHashMap<>();
        for (String caller : order) {
            int status = call(operation, Objects.requireNonNull(callers.get(caller)));
            assertThat(status).as("%s by %s", operation, caller).isLessThan(500);
            boolean refused = status == 401 || status == 403 || status == 404;
            answers.put(
                    caller,
                    refused
                            ? Integer.toString(status)
                            : row.get(caller).matches("own|yes") ? row.get(caller) : "let in");
        }
        assertThat(answers).isEqualTo(row);
    }

    private static int call(String operation, Person caller) {
        String method = operation.split(" ")[0];
        String path = operation
                .split(" ")[1]
                .replace("{patientId}", small.patient().id())
                .replace("{goalId}", "bend")
                .replace("{videoId}", operation.startsWith("GET") ? playable : video)
                .replace("{taskId}", task)
                .replace("{appointmentId}", appointment);
        return caller.api()
                .call(method, path, body(operation), Map.of("Carryover-Sent-At", now().toString()))
                .status();
    }

    private static Object body(String operation) {
        Map<String, Object> program = Map.of(
                "days", List.of("MONDAY"),
                "sessionsPerDay", 1,
                "exercises", List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10)));
        Map<String, Object> administrator = Map.of("name", "A", "roles", List.of("ADMINISTRATOR"));
        return switch (operation) {
            case "POST /v1/sessions" -> session(small.clinic(), now());
            case "POST /v1/sessions/batch" -> Map.of("sessions", List.of(session(small.clinic(), now())));
            case "POST /v1/me/videos" -> VideoCloud.announcement(small, VideoCloud.film(1000));
            case "POST /v1/uploads" ->
                Map.of(
                        "sessionId",
                        small.clinic().sessionId(now()),
                        "exercise",
                        "squat",
                        "format",
                        "landmarks.v1",
                        "bytes",
                        7,
                        "sha256",
                        "A".repeat(43) + "=");
            case "PUT /v1/me/consents" -> Map.of("granted", List.of("VIDEO", "BODY_TRACKING", "SHARE_WITH_THERAPIST"));
            case "PUT /v1/me/preferences" ->
                Map.of("contactFrom", "09:00", "contactTo", "18:00", "zone", ZONE.getId(), "optedOut", List.of());
            case "POST /v1/me/breaks" -> Map.of("from", "2025-12-01", "to", "2025-12-02", "reason", "REST");
            case "POST /v1/me/replies" -> Map.of("answer", "FINE");
            case "POST /v1/me/safety" -> Map.of("symptom", "FALL");
            case "POST /v1/me/devices", "POST /v1/devices" -> Map.of("token", "another-phone");
            case "POST /v1/clinics" ->
                Map.of(
                        "name",
                        "C",
                        "zone",
                        ZONE.getId(),
                        "openDays",
                        List.of("MONDAY"),
                        "opens",
                        "08:00",
                        "closes",
                        "18:00",
                        "staffCapacity",
                        1,
                        "administrator",
                        administrator);
            case "PUT /v1/clinic/hold-out" -> Map.of("takesPart", false);
            case "POST /v1/staff" -> administrator;
            case "POST /v1/patients" ->
                Map.of(
                        "name",
                        "P",
                        "phone",
                        "+12125550142",
                        "birthDate",
                        "1970-01-01",
                        "zone",
                        ZONE.getId(),
                        "language",
                        "en",
                        "therapist",
                        small.therapist().id(),
                        "diagnosis",
                        "OTHER",
                        "planStart",
                        "2026-01-01",
                        "consents",
                        List.of(),
                        "program",
                        program);
            case "PUT /v1/patients/{patientId}/program" -> program;
            case "PUT /v1/patients/{patientId}/goals/{goalId}" -> GOAL;
            case "PUT /v1/patients/{patientId}/goals/{goalId}/value" ->
                Map.of("instrument", "GONIOMETER", "value", 96, "measuredOn", "2026-01-05");
            case "POST /v1/appointments" -> Map.of("patientId", small.patient().id(), "at", visit.toString());
            case "PUT /v1/appointments/{appointmentId}" ->
                Map.of("patientId", small.patient().id(), "at", visit.toString(), "state", "CANCELLED");
            case "POST /v1/tasks/{taskId}/outcome" -> Map.of("outcome", "CLEARED");
            default -> null;
        };
    }

    @Test
    void lists_of_another_clinic_hold_nothing_of_this_one() {
        Person foreign = Objects.requireNonNull(callers.get("foreign"));
        for (String list : List.of("/v1/patients?limit=100", "/v1/tasks", "/v1/tasks?status=CLAIMED"))
            assertThat(foreign.api().get(list).ok().toString())
                    .doesNotContain(small.patient().id(), small.clinic().id(), task);
    }

    @Test
    void a_patient_of_another_clinic_is_answered_like_one_who_does_not_exist() {
        Person foreign = Objects.requireNonNull(callers.get("foreign"));
        for (String what : List.of("", "/sessions", "/program", "/goals", "/risk", "/escalations")) {
            ApiClient.Response existing =
                    foreign.api().get("/v1/patients/" + small.patient().id() + what);
            ApiClient.Response missing =
                    foreign.api().get("/v1/patients/" + small.clinic().sessionId(now()) + what);
            assertThat(existing.status()).isEqualTo(404);
            assertThat(withoutRequest(existing.body())).isEqualTo(withoutRequest(missing.body()));
        }
    }

    private static JsonNode withoutRequest(JsonNode problem) {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) problem.deepCopy()).without("requestId");
    }

    @Test
    void refusals_inside_the_clinic_stand_in_the_audit_of_the_patient() {
        Small own = small();
        String pk = "C#" + own.clinic().id() + "#P#" + own.patient().id();
        assertThat(own.covering()
                        .api()
                        .get("/v1/patients/" + own.patient().id())
                        .status())
                .isEqualTo(403);
        own.patient().api().put("/v1/me/consents", Map.of("granted", List.of())).ok();
        ApiClient.Response withdrawn =
                own.therapist().api().get("/v1/patients/" + own.patient().id() + "/sessions");
        assertThat(withdrawn.status()).isEqualTo(403);
        assertThat(withdrawn.body().path("problems"))
                .hasToString("[{\"code\":\"SHARE_WITH_THERAPIST\",\"pointer\":\"\"}]");
        assertThat(new Tables(CLOUD).audit(pk))
                .containsOnlyOnce("ReadPatient REFUSED", "ReadSessions REFUSED")
                .doesNotContain("ReadPatient ALLOWED", "ReadSessions ALLOWED");
    }
}
