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
    /** @param answer a part of the right answer, with the placeholders of the samples */
    private record Sample(String file, String answer) {}

    private static final String GONE = "\"because\":\"GONE\"";
    private static final Map<String, Sample> OF = Map.ofEntries(
            Map.entry("SessionUploadFunction", new Sample("session-upload/one-session.json", "\"statusCode\":201")),
            Map.entry(
                    "RecordingArrivalFunction",
                    new Sample("recording-arrival/not-announced.json", "\"NOT_ANNOUNCED\"")),
            Map.entry("MotionAnalysisFunction", new Sample("motion-analysis/foreign-key.json", "\"FOREIGN_KEY\"")),
            Map.entry(
                    "SessionEventsFunction",
                    new Sample("session-events/session-stored.json", "{\"batchItemFailures\":[]}")),
            Map.entry("PatientApiFunction", new Sample("patient-api/read-me.json", "Pat Example")),
            Map.entry("ClinicApiFunction", new Sample("clinic-api/list-patients.json", "Pat Example")),
            Map.entry(
                    "ClinicOnboardingFunction",
                    new Sample("clinic-onboarding/not-an-operator.json", "\"statusCode\":403")),
            Map.entry(
                    "RiskScoringFunction",
                    new Sample("risk-scoring/a-night.json", "\"clinics\":[{\"clinic\":\"${clinic}\"")),
            Map.entry("ClinicManifestFunction", new Sample("escalation/manifest.json", "\"manifest\":\"manifests/")),
            Map.entry("OpenEscalationFunction", new Sample("escalation/open.json", "\"admitted\":")),
            Map.entry("StartEscalationsFunction", new Sample("escalation/start.json", "\"started\":")),
            Map.entry("AggregateCohortsFunction", new Sample("escalation/aggregate-cohorts.json", "\"cohorts\":0")),
            Map.entry("EncourageFunction", new Sample("escalation/encourage.json", GONE)),
            Map.entry("ArmEngagementFunction", new Sample("escalation/arm-engagement.json", GONE)),
            Map.entry("CreateCallTaskFunction", new Sample("escalation/create-call-task.json", GONE)),
            Map.entry("ArmCallFunction", new Sample("escalation/arm-call.json", GONE)),
            Map.entry("RemindCallFunction", new Sample("escalation/remind-call.json", GONE)),
            Map.entry("CreateReviewFunction", new Sample("escalation/create-review.json", GONE)),
            Map.entry("ArmReviewFunction", new Sample("escalation/arm-review.json", GONE)),
            Map.entry("RemindReviewFunction", new Sample("escalation/remind-review.json", GONE)),
            Map.entry("CloseEscalationFunction", new Sample("escalation/close.json", GONE)),
            Map.entry("CompensateEscalationFunction", new Sample("escalation/execution-failed.json", "false")));

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
        Person patient = clinic.enrol(
                frontDesk,
                therapist,
                new Clinic.NewPatient(
                        "patient",
                        "Pat Example",
                        "+12125550142",
                        "America/New_York",
                        "en",
                        "KNEE_ARTHROPLASTY",
                        today.minusWeeks(9),
                        List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
                        List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10))));
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
        cloud.waitUntilQuiet();
        values.put("clinic", clinic.id());
        values.put("patient", patient.id());
        values.put("subject", subject(cloud, patient));
        values.put("staffSubject", subject(cloud, frontDesk));
        values.put("patientPool", ref(cloud, "PatientPool"));
        values.put("workforcePool", ref(cloud, "WorkforcePool"));
        values.put("sessionKey", sessionKey(cloud, patient));
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

    private String sessionKey(LocalCloud cloud, Person patient) {
        String pk = Key.patientPk(new PatientRef(clinic.id(), patient.id()));
        try (DynamoDbClient tables = cloud.client(DynamoDbClient.builder())) {
            Map<String, AttributeValue> session = tables.query(query -> query.tableName(ref(cloud, "Records"))
                            .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                            .expressionAttributeValues(
                                    Map.of(":pk", AttributeValue.fromS(pk), ":sk", AttributeValue.fromS("SESSION#"))))
                    .items()
                    .getFirst();
            return Attributes.require(session, "SK").s();
        }
    }

    /**
     * The event of a function; each call makes new ids, so that a session is stored and not found to be there already.
     *
     * @param function logical id
     * @throws IllegalArgumentException for a function that nobody gave an event
     */
    public String event(String function) {
        String file = sample(function).file();
        try {
            String text = filled(Files.readString(home.resolve("events").resolve(file)));
            if (text.contains("${")) throw new IllegalStateException("a placeholder of " + file + " has no value");
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAnswer(String function, String answer) {
        return answer.contains(filled(sample(function).answer()));
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

    private static Sample sample(String function) {
        Sample sample = OF.get(function);
        if (sample == null) throw new IllegalArgumentException("no event of " + function + " is known");
        return sample;
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
