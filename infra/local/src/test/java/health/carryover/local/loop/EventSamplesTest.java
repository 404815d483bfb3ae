package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.template.Resource;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples under {@code events/}: each is what a function of ours receives on AWS, and is understood. */
class EventSamplesTest extends LoopCloud {
    private static final Path FOLDER = home().resolve("events");
    private static Map<String, String> values;

    /** @param answer a part of the function's answer, or of its error */
    record Sample(String file, String function, String answer) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Sample> samples() {
        String gone = "\"because\":\"GONE\"";
        return Stream.of(
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
                        "escalation/manifest.json",
                        "ClinicManifestFunction",
                        "\"manifest\":\"manifests/${today}.json\""),
                new Sample("escalation/open.json", "OpenEscalationFunction", "\"admitted\":"),
                new Sample("escalation/start.json", "StartEscalationsFunction", "{\"run\":\"${today}\",\"started\":"),
                new Sample(
                        "escalation/aggregate-cohorts.json",
                        "AggregateCohortsFunction",
                        "{\"run\":\"${today}\",\"clinics\":1,\"cohorts\":0}"),
                new Sample("escalation/encourage.json", "EncourageFunction", gone),
                new Sample("escalation/arm-engagement.json", "ArmEngagementFunction", gone),
                new Sample("escalation/create-call-task.json", "CreateCallTaskFunction", gone),
                new Sample("escalation/arm-call.json", "ArmCallFunction", gone),
                new Sample("escalation/remind-call.json", "RemindCallFunction", gone),
                new Sample("escalation/create-review.json", "CreateReviewFunction", gone),
                new Sample("escalation/arm-review.json", "ArmReviewFunction", gone),
                new Sample("escalation/remind-review.json", "RemindReviewFunction", gone),
                new Sample("escalation/close.json", "CloseEscalationFunction", gone),
                new Sample("escalation/execution-failed.json", "CompensateEscalationFunction", "false"),
                new Sample(
                        "escalation/look-after-safety-task.json",
                        "LookAfterSafetyTaskFunction",
                        "\"rung\":\"THERAPIST\""),
                new Sample("escalation/safety-execution-failed.json", "CompensateSafetyTaskFunction", "false"));
    }

    @BeforeAll
    static void fill() throws ParseException {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofDays(1)));
        upload(small.patient(), session).ok();
        small.patient().api().post("/v1/me/replies", Map.of("answer", "FINE")).ok();
        String safety = small.patient()
                .api()
                .post("/v1/me/safety", Map.of("symptom", "FALL"))
                .ok()
                .path("id")
                .asText();
        CLOUD.waitUntilQuiet();
        String pk = Key.patientPk(small.ref());
        Instant now = now();
        values = new HashMap<>(Map.of(
                "clinic", small.clinic().id(),
                "patient", small.patient().id(),
                "subject", subject(small.patient()),
                "staffSubject", subject(small.frontDesk()),
                "patientPool", ref("PatientPool"),
                "workforcePool", ref("WorkforcePool"),
                "sessionId", small.clinic().sessionId(now),
                "otherSessionId", small.clinic().sessionId(now)));
        values.putAll(Map.of(
                "sessionKey",
                        new Tables(CLOUD)
                                .items("Records", pk, "SESSION#")
                                .getFirst()
                                .get("SK")
                                .s(),
                "contactKey",
                        new Tables(CLOUD)
                                .items("Records", pk, "CONTACT#")
                                .getFirst()
                                .get("SK")
                                .s(),
                "safetyTask", "safety-" + safety,
                "startedAt", now.minus(Duration.ofMinutes(15)).toString(),
                "now", now.toString(),
                "today", now.toString().substring(0, 10)));
    }

    private static String ref(String id) {
        return Objects.requireNonNull(CLOUD.template().resource(id)).ref();
    }

    private static String subject(Person person) throws ParseException {
        return SignedJWT.parse(CLOUD.personas().token(person.persona()))
                .getJWTClaimsSet()
                .getSubject();
    }

    private static String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet())
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        assertThat(filled).as("every placeholder has a value").doesNotContain("${");
        return filled;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void samples(Sample sample) throws IOException {
        JsonNode event = Json.MAPPER.readTree(filled(Files.readString(FOLDER.resolve(sample.file()))));
        Invocation invocation = CLOUD.invoke(sample.function(), event);
        CLOUD.waitUntilQuiet();
        assertThat(invocation).isInstanceOf(Invocation.Answered.class);
        assertThat(((Invocation.Answered) invocation).payload().toString()).contains(filled(sample.answer()));
    }

    @Test
    void every_sample_is_used_and_every_function_has_one() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(samples().map(Sample::file)).containsExactlyInAnyOrderElementsOf(found);
        }
        assertThat(samples().map(Sample::function).distinct())
                .containsExactlyInAnyOrderElementsOf(CLOUD.template().ofType("AWS::Serverless::Function").stream()
                        .map(Resource::id)
                        .toList());
    }
}
