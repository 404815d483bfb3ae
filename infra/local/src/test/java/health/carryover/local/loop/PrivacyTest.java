package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.template.Resource;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Canaries in every free field of one whole loop: they are read back through the API, and nowhere else. */
class PrivacyTest extends RecordedCloud {
    /** Everything that a person wrote or that says who they are. */
    private static final String CANARY = "zqCanary";

    private static final String PHONE = "+12125557319";
    /** What was measured of the movement, as it would stand in any text. */
    private static final List<String> MEASURED = new ArrayList<>(List.of("epetitions", "ngleDegrees", "onfidence"));

    private static final Tables TABLES = new Tables(CLOUD);
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("health.carryover");

    private static Small small;
    private static String review;

    @BeforeAll
    static void one_whole_loop() {
        LOG.start();
        LOGGER.addAppender(LOG);
        LOGGER.setLevel(Level.TRACE);
        LOGGER.setAdditive(false);

        Clinic clinic = Clinic.open(CLOUD, OPERATOR, "privacy-", CANARY + "Clinic", ZONE.getId(), 5);
        Person therapist = clinic.addStaff("therapist", CANARY + "Therapist", "THERAPIST", Map.of());
        Person frontDesk = clinic.addStaff("frontdesk", CANARY + "Desk", "STAFF", Map.of());
        Person patient = clinic.enrol(
                frontDesk,
                therapist,
                new Clinic.NewPatient(
                        "patient",
                        CANARY + "Patient",
                        PHONE,
                        ZONE.getId(),
                        "en",
                        "KNEE_ARTHROPLASTY",
                        LocalDate.parse("2025-11-03"),
                        List.of("MONDAY", "WEDNESDAY", "FRIDAY"),
                        List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10))));
        small = new Small(clinic, frontDesk, therapist, therapist, patient);
        upload(patient, canarySession(clinic)).ok();
        refusals();
        movement();

        reply(patient);
        // Old news by then: neither the session nor the answer ends the outreach.
        advance(Duration.ofHours(1));
        flag(small);
        advance(Duration.ofDays(4));
        JsonNode call = frontDesk.api().get("/v1/tasks").ok().path("tasks").path(0);
        assertThat(call.path("patientName").asText()).isEqualTo(CANARY + "Patient");
        assertThat(call.path("phone").asText()).isEqualTo(PHONE);
        finish(frontDesk, call.path("taskId").asText(), Map.of("outcome", "CLINICAL_CONCERN", "note", CANARY + "Call"));
        for (JsonNode task : therapist.api().get("/v1/tasks").ok().path("tasks"))
            if (task.path("work").asText().equals("REVIEW"))
                review = task.path("taskId").asText();
        Map<String, Object> program = Map.of(
                "days",
                List.of("MONDAY"),
                "sessionsPerDay",
                1,
                "note",
                CANARY + "Program",
                "exercises",
                List.of(Map.of("code", "squat", "sets", 1, "repetitions", 5)));
        finish(therapist, review, Map.of("outcome", "MODIFY", "note", CANARY + "Review", "program", program));
        advance(Duration.ofHours(2));
    }

    @AfterAll
    static void quiet() {
        LOGGER.detachAppender(LOG);
        LOGGER.setLevel(null);
        LOGGER.setAdditive(true);
    }

    private static Map<String, Object> canarySession(Clinic clinic) {
        Map<String, Object> session = session(clinic, now());
        session.put("notes", CANARY + "Notes");
        session.put("pain", Map.of("before", 2, "after", 9));
        session.put("device", Map.of("model", CANARY + "Model", "appVersion", CANARY + "App"));
        return session;
    }

    /** A recording and a claim that it does not bear out. */
    private static void movement() {
        byte[] squats = squats(3);
        Map<String, Object> session = canarySession(small.clinic());
        session.put("recordedBy", "CAMERA");
        session.put("exercises", List.of(Map.of("code", "squat", "completion", "DONE", "repetitions", 977)));
        String sessionId = String.valueOf(session.get("sessionId"));
        JsonNode address = announced(small, announcement(sessionId, "landmarks.v1", squats));
        session.put("recordings", List.of(address.path("uploadId").asText()));
        assertThat(put(address, squats)).isEqualTo(200);
        upload(small.patient(), session).ok();
        records()
                .get(
                        Key.measurement(
                                small.ref(), sessionId, address.path("uploadId").asText()),
                        Kind.MEASUREMENT)
                .orElseThrow()
                .content()
                .movement()
                .peakAnglesDegrees()
                .forEach(peak -> MEASURED.add(peak.toString()));
    }

    /** Bad input carries canaries too: what is refused must not be quoted either. */
    private static void refusals() {
        Map<String, Object> wrong = canarySession(small.clinic());
        for (String name :
                List.of("zone", "recordedBy", "startedAt", "programVersion", "sessionId", "pain", "exercises")) {
            Map<String, Object> session = new HashMap<>(wrong);
            session.put(name, CANARY);
            assertThat(upload(small.patient(), session)).satisfies(PrivacyTest::quotesNothing);
        }
        assertThat(upload(small.patient(), "{\"notes\":\"" + CANARY + "\"," + CANARY))
                .satisfies(PrivacyTest::quotesNothing);
        assertThat(small.therapist().api().get("/v1/patients/" + CANARY)).satisfies(PrivacyTest::quotesNothing);
        assertThat(small.patient().api().get("/v1/me/sessions?cursor=" + CANARY))
                .satisfies(PrivacyTest::quotesNothing);
        assertThat(small.patient().api().post("/v1/me/replies", Map.of("answer", CANARY)))
                .satisfies(PrivacyTest::quotesNothing);
    }

    private static void quotesNothing(ApiClient.Response refused) {
        assertThat(refused.status()).isBetween(400, 499);
        assertThat(refused.body().toString()).doesNotContain(CANARY);
    }

    private static void reply(Person patient) {
        patient.api()
                .post("/v1/me/replies", Map.of("answer", "FINE", "words", CANARY + "Words"))
                .ok();
        CLOUD.waitUntilQuiet();
    }

    private static void finish(Person person, String task, Object outcome) {
        person.api()
                .call("POST", "/v1/tasks/" + task + "/claim", null, Map.of())
                .ok();
        person.api().post("/v1/tasks/" + task + "/outcome", outcome).ok();
        CLOUD.waitUntilQuiet();
    }

    private static void holdsNoCanary(String where, String text) {
        assertThat(text).as(where).doesNotContain(CANARY).doesNotContain(PHONE.substring(2));
        assertThat(text).as(where).doesNotContain(MEASURED.toArray(String[]::new));
    }

    private static String text(AttributeValue value) {
        if (value.b() != null) return value.b().asString(StandardCharsets.ISO_8859_1);
        return String.valueOf(value);
    }

    @Test
    void the_therapist_and_the_patient_read_all_of_it() {
        assertThat(small.patient().api().get("/v1/me/sessions").ok().toString())
                .contains(CANARY + "Notes", CANARY + "Model");
        assertThat(small.therapist()
                        .api()
                        .get("/v1/patients/" + small.patient().id() + "/program")
                        .ok()
                        .toString())
                .contains(CANARY + "Program");
        assertThat(MEASURED)
                .as("three peaks above sixty degrees, which no time of day looks like")
                .hasSize(6);
        assertThat(MEASURED.subList(3, 6)).allMatch(peak -> Double.parseDouble(peak) >= 60);
        assertThat(small.therapist()
                        .api()
                        .get("/v1/patients/" + small.patient().id() + "/sessions")
                        .ok()
                        .toString())
                .contains("\"claimedRepetitions\":977", "\"countedRepetitions\":3", "DISAGREES");
        assertThat(small.clinic().administrator().api().get("/v1/clinic").ok().toString())
                .contains(CANARY + "Clinic");
    }

    @Test
    void no_table_shows_a_word_of_it() {
        for (String table : TABLES.all())
            for (Map<String, AttributeValue> item : TABLES.items(table))
                item.forEach((name, value) -> holdsNoCanary(table + "." + name, text(value)));
    }

    @Test
    void no_item_has_an_attribute_in_clear_that_is_not_on_the_list() {
        Set<String> records = new TreeSet<>(Set.of("PK", "SK", "type", "version", "sealed", "openCount"));
        Arrays.stream(Clear.values()).map(Enum::name).forEach(records::add);
        Map<String, Set<String>> allowed = Map.of(
                "Records", records,
                "Identity", Set.of("PK", "clinic", "person", "roles", "status"),
                "KeySets", Set.of("PK", "aead", "mac"),
                "Audit", Set.of("PK", "SK", "GSI1PK", "GSI1SK", "actor", "roles", "operation", "outcome", "requestId"));
        for (String table : TABLES.all())
            assertThat(TABLES.items(table).stream().map(Map::keySet).flatMap(Collection::stream))
                    .as(table)
                    .isSubsetOf(Objects.requireNonNull(allowed.get(table)));
    }

    @Test
    void nothing_that_the_night_runs_leave_in_storage_shows_a_word_of_it() {
        S3Client s3 = CLOUD.client(S3Client.builder());
        for (Resource bucket : CLOUD.template().ofType("AWS::S3::Bucket"))
            s3.listObjectsV2Paginator(list -> list.bucket(bucket.ref()))
                    .contents()
                    .forEach(object -> {
                        holdsNoCanary(bucket.id(), object.key());
                        holdsNoCanary(
                                bucket.id() + "/" + object.key(),
                                s3.getObjectAsBytes(
                                                get -> get.bucket(bucket.ref()).key(object.key()))
                                        .asString(StandardCharsets.ISO_8859_1));
                    });
        assertThat(s3.listObjectsV2(list -> list.bucket(
                                Objects.requireNonNull(CLOUD.template().resource("NightRuns"))
                                        .ref()))
                        .contents())
                .as("a night has passed")
                .isNotEmpty();
    }

    @Test
    void no_state_machine_has_seen_a_word_of_it() {
        SfnClient sfn = CLOUD.client(SfnClient.builder());
        List<String> executions = new ArrayList<>(executions(small));
        assertThat(executions).isNotEmpty();
        sfn.listStateMachines().stateMachines().stream()
                .filter(machine ->
                        machine.name().contains("nightly") || machine.name().contains("safety"))
                .forEach(machine -> sfn.listExecutions(list -> list.stateMachineArn(machine.stateMachineArn()))
                        .executions()
                        .forEach(execution -> executions.add(execution.executionArn())));
        for (String execution : executions) {
            holdsNoCanary(
                    execution,
                    sfn.describeExecution(describe -> describe.executionArn(execution))
                            .toString());
            sfn.getExecutionHistoryPaginator(get -> get.executionArn(execution).includeExecutionData(true))
                    .events()
                    .forEach(event -> holdsNoCanary(execution, event.toString()));
        }
    }

    @Test
    void no_message_names_anybody() {
        assertThat(CLOUD.inbox().messages()).isNotEmpty();
        CLOUD.inbox().messages().forEach(message -> holdsNoCanary("inbox", message.toString()));
    }

    @Test
    void no_record_of_the_trail_holds_a_word_of_it() {
        List<JsonNode> records = CLOUD.trail().read(Instant.EPOCH, now(), record -> true, 0, Integer.MAX_VALUE);
        assertThat(records)
                .extracting(record -> record.path("eventName").asText())
                .contains(
                        "TransactWriteItems", "Query", "PutObject", "Decrypt", "Invoke", "Publish", "AdminCreateUser");
        records.forEach(record -> holdsNoCanary("trail", record.toString()));
        // Sort keys hold times of treatment, which are identifiers by the Safe Harbor rule: partition keys only.
        assertThat(records).noneMatch(record -> record.toString().contains("SESSION#"));
    }

    @Test
    void no_queue_holds_a_word_of_it() {
        SqsClient sqs = CLOUD.client(SqsClient.builder());
        for (Resource queue : CLOUD.template().ofType("AWS::SQS::Queue"))
            sqs.receiveMessage(receive -> receive.queueUrl(queue.ref())
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(0))
                    .messages()
                    .forEach(message -> holdsNoCanary(queue.id(), message.toString()));
    }

    @Test
    void no_function_logged_a_word_of_it() {
        List<ILoggingEvent> events = List.copyOf(LOG.list);
        assertThat(events).extracting(ILoggingEvent::getFormattedMessage).contains("answered", "escalation step");
        assertThat(events)
                .filteredOn(event -> event.getLoggerName().equals("health.carryover.metrics"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .as("the disagreement is counted, and nothing of it told")
                .anyMatch(line -> line.contains("\"Verdict\":\"DISAGREES\""));
        for (ILoggingEvent event : events) {
            holdsNoCanary("log", event.getFormattedMessage() + event.getKeyValuePairs() + event.getMDCPropertyMap());
            if (event.getThrowableProxy() != null)
                holdsNoCanary("log", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    /** What functions may log; whoever adds a key says here that it holds no person's data. */
    @Test
    void the_functions_log_only_what_is_on_the_list() {
        Set<String> keys = new TreeSet<>();
        for (ILoggingEvent event : List.copyOf(LOG.list)) {
            if (event.getLoggerName().startsWith("health.carryover.local") || event.getKeyValuePairs() == null)
                continue;
            event.getKeyValuePairs().forEach(pair -> keys.add(pair.key));
        }
        assertThat(keys)
                .isSubsetOf(
                        "route",
                        "status",
                        "millis",
                        "request",
                        "step",
                        "escalation",
                        "task",
                        "outcome",
                        "next",
                        "run",
                        "started",
                        "alreadyRunning",
                        "burnt",
                        "execution",
                        "admitted",
                        "refusal",
                        "clinic",
                        "scored",
                        "flagged",
                        "settledOutcomes",
                        "calibrated",
                        "driftedFeatures",
                        "error",
                        "because",
                        "expired",
                        "abandoned",
                        "failed",
                        "closed",
                        "sequence",
                        "clinics",
                        "cohorts");
    }

    @Test
    void ids_in_keys_and_inputs_are_opaque() {
        assertThat(small.patient().id()).matches("[0-9a-f-]{36}");
        assertThat(small.clinic().id()).matches("[0-9a-f-]{36}");
        assertThat(Json.text(executions(small)))
                .doesNotContain(small.patient().id(), small.clinic().id());
    }
}
