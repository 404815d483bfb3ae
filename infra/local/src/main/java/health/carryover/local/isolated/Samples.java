package health.carryover.local.isolated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Persona;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.template.Resource;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Attributes;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.PatientRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One event for each function, of {@code events/}, filled with a clinic and a patient that exist. */
public final class Samples {
    /**
     * One event.
     *
     * @param file below {@code events/}
     * @param function logical id
     * @param answer a part of the right answer; event and answer hold placeholders in dollar signs and braces
     */
    public record Sample(String file, String function, String answer) {
        @Override
        public String toString() {
            return file;
        }
    }

    private static final String GONE = "\"because\":\"GONE\"";
    private static final List<Sample> ALL = List.of(
            new Sample("session-upload/one-session.json", "SessionUploadFunction", "\"statusCode\":201"),
            new Sample("session-upload/a-batch.json", "SessionUploadFunction", "\\\"status\\\":201"),
            new Sample("session-upload/a-recording-announced.json", "SessionUploadFunction", "\"statusCode\":201"),
            new Sample("session-upload/broken-base64.json", "SessionUploadFunction", "\"statusCode\":400"),
            new Sample("session-upload/nobody-known.json", "SessionUploadFunction", "\"statusCode\":401"),
            new Sample("patient-api/read-me.json", "PatientApiFunction", "Pat Example"),
            new Sample("clinic-api/list-patients.json", "ClinicApiFunction", "Pat Example"),
            new Sample("clinic-onboarding/not-an-operator.json", "ClinicOnboardingFunction", "\"statusCode\":403"),
            new Sample("session-events/session-stored.json", "SessionEventsFunction", "{\"batchItemFailures\":[]}"),
            new Sample("session-events/contact-stored.json", "SessionEventsFunction", "{\"batchItemFailures\":[]}"),
            new Sample(
                    "session-events/nothing-stored.json",
                    "SessionEventsFunction",
                    "{\"batchItemFailures\":[{\"itemIdentifier\":\"000000000000000000001\"}]}"),
            new Sample("recording-arrival/not-announced.json", "RecordingArrivalFunction", "\"NOT_ANNOUNCED\""),
            new Sample("recording-arrival/foreign-key.json", "RecordingArrivalFunction", "\"FOREIGN_KEY\""),
            new Sample("video-arrival/not-announced.json", "VideoArrivalFunction", "\"NOT_ANNOUNCED\""),
            new Sample("video-arrival/foreign-key.json", "VideoArrivalFunction", "\"FOREIGN_KEY\""),
            new Sample("retention/consent-stored.json", "VideoRevocationFunction", "{\"batchItemFailures\":[]}"),
            new Sample("retention/every-hour.json", "VideoRetentionFunction", "{\"expired\":"),
            new Sample("motion-analysis/not-announced.json", "MotionAnalysisFunction", "\"NOT_ANNOUNCED\""),
            new Sample("motion-analysis/foreign-key.json", "MotionAnalysisFunction", "\"FOREIGN_KEY\""),
            new Sample(
                    "risk-scoring/a-night.json",
                    "RiskScoringFunction",
                    "{\"run\":\"${today}\",\"clinics\":[{\"clinic\":\"${clinic}\""),
            new Sample(
                    "escalation/manifest.json", "ClinicManifestFunction", "\"manifest\":\"manifests/${today}.json\""),
            new Sample("escalation/open.json", "OpenEscalationFunction", "\"admitted\":"),
            new Sample("escalation/start.json", "StartEscalationsFunction", "{\"run\":\"${today}\",\"started\":"),
            new Sample(
                    "escalation/aggregate-cohorts.json",
                    "AggregateCohortsFunction",
                    "{\"run\":\"${today}\",\"clinics\":1,\"cohorts\":0}"),
            new Sample("escalation/encourage.json", "EncourageFunction", GONE),
            new Sample("escalation/arm-engagement.json", "ArmEngagementFunction", GONE),
            new Sample("escalation/create-call-task.json", "CreateCallTaskFunction", GONE),
            new Sample("escalation/arm-call.json", "ArmCallFunction", GONE),
            new Sample("escalation/remind-call.json", "RemindCallFunction", GONE),
            new Sample("escalation/create-review.json", "CreateReviewFunction", GONE),
            new Sample("escalation/arm-review.json", "ArmReviewFunction", GONE),
            new Sample("escalation/remind-review.json", "RemindReviewFunction", GONE),
            new Sample("escalation/close.json", "CloseEscalationFunction", GONE),
            new Sample("escalation/execution-failed.json", "CompensateEscalationFunction", "false"),
            new Sample(
                    "escalation/look-after-safety-task.json", "LookAfterSafetyTaskFunction", "\"rung\":\"THERAPIST\""),
            new Sample("escalation/safety-execution-failed.json", "CompensateSafetyTaskFunction", "false"));

    private final Path home;
    private final Clinic clinic;
    private final Map<String, String> values = new HashMap<>();

    /** Opens a clinic with one patient, who did one session; waits until all that follows is done. */
    public Samples(LocalCloud cloud, Path home) {
        this.home = home;
        clinic = Clinic.open(cloud, Clinic.operator(cloud), "isolated-", "A made-up clinic", "America/New_York", 20);
        Instant now = cloud.clock().instant();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        Person therapist = clinic.addStaff("therapist", "Ira Therapist", "THERAPIST", Map.of());
        Person frontDesk = clinic.addStaff("frontdesk", "Flo Frontdesk", "STAFF", Map.of());
        Person patient =
                clinic.enrol(frontDesk, therapist, Clinic.NewPatient.example("patient", "en", today.minusWeeks(9)));
        Instant ended = now.minus(Duration.ofDays(1));
        patient.api()
                .call(
                        "POST",
                        "/v1/sessions",
                        Map.of(
                                "sessionId", clinic.sessionId(ended),
                                "programVersion", 1,
                                "startedAt", ended.minus(Duration.ofMinutes(15)).toString(),
                                "endedAt", ended.toString(),
                                "zone", "America/New_York",
                                "recordedBy", "MANUAL",
                                "exercises", List.of(Map.of("code", "squat", "completion", "DONE", "repetitions", 30))),
                        Map.of("Carryover-Sent-At", now.toString()))
                .ok();
        patient.api().post("/v1/me/replies", Map.of("answer", "FINE")).ok();
        String safety = patient.api()
                .post("/v1/me/safety", Map.of("symptom", "FALL"))
                .ok()
                .path("id")
                .asText();
        cloud.waitUntilQuiet();
        values.put("clinic", clinic.id());
        values.put("patient", patient.id());
        values.put("subject", subject(cloud, patient));
        values.put("staffSubject", subject(cloud, frontDesk));
        values.put("patientPool", ref(cloud, "PatientPool"));
        values.put("workforcePool", ref(cloud, "WorkforcePool"));
        values.put("sessionKey", key(cloud, patient, "SESSION#"));
        values.put("contactKey", key(cloud, patient, "CONTACT#"));
        values.put("safetyTask", "safety-" + safety);
        values.put("startedAt", now.minus(Duration.ofMinutes(15)).toString());
        values.put("now", now.toString());
        values.put("today", today.toString());
    }

    private static String subject(LocalCloud cloud, Person person) {
        return cloud.personas().all().stream()
                .filter(persona -> persona.name().equals(person.persona()))
                .map(Persona::sub)
                .findFirst()
                .orElseThrow();
    }

    private static String ref(LocalCloud cloud, String id) {
        return Objects.requireNonNull(cloud.template().resource(id)).ref();
    }

    private String key(LocalCloud cloud, Person patient, String prefix) {
        String pk = Key.patientPk(new PatientRef(clinic.id(), patient.id()));
        try (DynamoDbClient tables = cloud.client(DynamoDbClient.builder())) {
            Map<String, AttributeValue> item = tables.query(query -> query.tableName(ref(cloud, "Records"))
                            .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                            .expressionAttributeValues(
                                    Map.of(":pk", AttributeValue.fromS(pk), ":sk", AttributeValue.fromS(prefix))))
                    .items()
                    .getFirst();
            return Attributes.require(item, "SK").s();
        }
    }

    /** All that lie in {@code events/}. */
    public static List<Sample> all() {
        return ALL;
    }

    /**
     * The first event of a function.
     *
     * @param function logical id
     * @throws IllegalArgumentException for a function that nobody gave an event
     */
    public static Sample of(String function) {
        return ALL.stream()
                .filter(sample -> sample.function().equals(function))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event of " + function + " is known"));
    }

    /** The event filled in; each call makes new ids, so that a session is stored and not found to be there already. */
    public String event(Sample sample) {
        try {
            String text = filled(Files.readString(home.resolve("events").resolve(sample.file())));
            if (text.contains("${")) throw new IllegalStateException("a placeholder of " + sample + " has no value");
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String event(String function) {
        return event(of(function));
    }

    /** What a right answer contains. */
    public String expected(Sample sample) {
        return filled(sample.answer());
    }

    public boolean isAnswer(String function, String answer) {
        return answer.contains(expected(of(function)));
    }

    /** The answer in a few words, for a line of output: what an API answers, or the document without its length. */
    public static String inShort(String answer) {
        try {
            JsonNode document = Json.MAPPER.readTree(answer);
            if (document instanceof ObjectNode object && object.has("statusCode"))
                return object.get("statusCode").asText();
        } catch (IOException e) {
            // No JSON, then: shown as it is.
            return shortened(answer);
        }
        return shortened(answer);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private String filled(String text) {
        Instant now = Instant.now();
        String filled =
                text.replace("${sessionId}", clinic.sessionId(now)).replace("${otherSessionId}", clinic.sessionId(now));
        for (Map.Entry<String, String> value : values.entrySet())
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        return filled;
    }

    /** Every function of the template. */
    public static List<Resource> functions(LocalCloud cloud) {
        return cloud.template().ofType("AWS::Serverless::Function");
    }
}
