package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.local.cloud.Inbox;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.platform.json.Json;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.records.Attributes;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** One patient's way through the whole loop, told line by line: what happened, when, and in which AWS resource. */
public final class Story {
    /** @param source where the recording comes from, in words */
    public record Filmed(String exercise, Recording recording, String source) {}

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE dd MMM HH:mm", Locale.ENGLISH);
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final LocalCloud cloud;
    private final DemoClinic.Filled filled;
    private final Clinic.Person rosa;
    private final Clinic.Person therapist;
    private final Consumer<String> out;
    private final DynamoDbClient tables;
    private final SfnClient stepFunctions;
    private final String records;

    public Story(LocalCloud cloud, DemoClinic.Filled filled, Consumer<String> out) {
        this.cloud = cloud;
        this.filled = filled;
        this.out = out;
        rosa = filled.patients().getFirst();
        therapist = filled.therapists().getFirst();
        tables = cloud.client(DynamoDbClient.builder());
        stepFunctions = cloud.client(SfnClient.builder());
        records = cloud.environment("ClinicApiFunction").variable("RECORDS_TABLE");
    }

    /** @throws IllegalStateException naming the step that did not come out as the loop promises */
    public void tell(Filmed filmed) {
        chapter("What arrives");
        recording(filmed);
        chapter("What is stored");
        sealed();
        chapter("The night");
        String execution = night();
        chapter("The outreach");
        push();
        silence();
        call();
        review();
        chapter("The end");
        end(execution);
    }

    private void recording(Filmed filmed) {
        Exercise exercise = ExerciseLibrary.builtIn().find(filmed.exercise()).orElseThrow();
        MotionReport report = exercise.analyse(filmed.recording()).orElseThrow();
        line("Rosa's phone", "films %s (%s)".formatted(exercise.name().toLowerCase(Locale.ROOT), filmed.source()));
        line(
                "layers/clinical",
                "counts on the phone: %d repetitions, %d partial, view %s, confidence %.2f"
                        .formatted(
                                report.full().size(),
                                report.partial().size(),
                                report.view().name().toLowerCase(Locale.ROOT),
                                report.confidence()));
        byte[] landmarks = landmarks(filmed.recording());
        Instant ended = cloud.clock().instant().minus(Duration.ofDays(6));
        String sessionId = filled.clinic().sessionId(ended);
        JsonNode address = rosa.api()
                .post(
                        "/v1/uploads",
                        Map.of(
                                "sessionId",
                                sessionId,
                                "exercise",
                                filmed.exercise(),
                                "format",
                                "landmarks.v1",
                                "bytes",
                                landmarks.length,
                                "sha256",
                                sha256(landmarks)))
                .ok();
        Map<String, String> headers = new HashMap<>();
        address.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        int status = ApiClient.upload(address.path("url").asText(), headers, landmarks);
        cloud.waitUntilQuiet();
        if (status != 200) throw new IllegalStateException("the recording was not taken: " + status);
        String key = cloud
                .client(S3Client.builder())
                .listObjectsV2(list ->
                        list.bucket(cloud.environment("SessionUploadFunction").variable("RECORDINGS_BUCKET")))
                .contents()
                .stream()
                .map(object -> object.key())
                .filter(name -> name.endsWith(address.path("uploadId").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the recording is not in storage"));
        line(
                "S3 Recordings",
                "%,d bytes of landmarks.v1 by presigned PUT, accepted on arrival: %s".formatted(landmarks.length, key));

        Map<String, Object> session = new HashMap<>();
        session.put("sessionId", sessionId);
        session.put("programVersion", 1);
        session.put("startedAt", ended.minus(Duration.ofMinutes(17)).toString());
        session.put("endedAt", ended.toString());
        session.put("zone", ZONE.getId());
        session.put("recordedBy", "CAMERA");
        session.put(
                "exercises",
                List.of(
                        Map.of(
                                "code", filmed.exercise(),
                                "completion", "DONE",
                                "repetitions", report.full().size(),
                                "partialRepetitions", report.partial().size()),
                        Map.of("code", "heel_slide", "completion", "SKIPPED")));
        session.put("pain", Map.of("before", 4, "after", 5));
        session.put("notes", "Knee feels stiff in the evening, the slides hurt.");
        session.put("recordings", List.of(address.path("uploadId").asText()));
        Map<String, String> sentAt =
                Map.of("Carryover-Sent-At", cloud.clock().instant().toString());
        ApiClient.Response first = rosa.api().call("POST", "/v1/sessions", session, sentAt);
        ApiClient.Response second = rosa.api().call("POST", "/v1/sessions", session, sentAt);
        first.ok();
        second.ok();
        cloud.waitUntilQuiet();
        line(
                "POST /v1/sessions",
                "her session of %s, done offline, uploaded now: %d; the phone sends it twice: %d, stored once"
                        .formatted(local(ended), first.status(), second.status()));
        measured(sessionId);
    }

    private void measured(String sessionId) {
        for (JsonNode stored : therapist
                .api()
                .get("/v1/patients/" + rosa.id() + "/sessions")
                .ok()
                .path("sessions")) {
            if (!stored.path("session").path("sessionId").asText().equals(sessionId)) continue;
            JsonNode check = stored.path("movement").path(0);
            if (check.isMissingNode()) throw new IllegalStateException("the recording was not measured");
            line(
                    "motion-analysis",
                    "counts again in the cloud, from the recording: %d repetitions, the phone claims %d: %s"
                            .formatted(
                                    check.path("countedRepetitions").asInt(),
                                    check.path("claimedRepetitions").asInt(),
                                    check.path("verdict").asText().toLowerCase(Locale.ROOT)));
        }
    }

    private void sealed() {
        List<Map<String, AttributeValue>> items = tables.query(query -> query.tableName(records)
                        .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                        .scanIndexForward(false)
                        .limit(1)
                        .expressionAttributeValues(Map.of(
                                ":pk",
                                        AttributeValue.fromS(
                                                "C#" + filled.clinic().id() + "#P#" + rosa.id()),
                                ":sk", AttributeValue.fromS("SESSION#"))))
                .items();
        Map<String, AttributeValue> item = items.getFirst();
        line("DynamoDB Records", "PK        " + Attributes.require(item, "PK").s());
        line("", "SK        " + Attributes.require(item, "SK").s());
        line(
                "",
                "completed " + Attributes.require(item, "completed").s() + ", version "
                        + Attributes.require(item, "version").n());
        byte[] sealed = Attributes.require(item, "sealed").b().asByteArray();
        line(
                "",
                "sealed    %s... (%d bytes, XAES-256-GCM under the clinic's own key set; notes, pain, repetitions)"
                        .formatted(Base64.getEncoder().encodeToString(sealed).substring(0, 44), sealed.length));
        JsonNode seen = therapist
                .api()
                .get("/v1/patients/" + rosa.id() + "/sessions?limit=1")
                .ok()
                .path("sessions")
                .path(0)
                .path("session");
        line(
                "GET .../sessions",
                "%s, her therapist, reads: pain %s -> %s, \"%s\""
                        .formatted(
                                therapist.name(),
                                seen.at("/pain/before"),
                                seen.at("/pain/after"),
                                seen.path("notes").asText()));
        JsonNode adherence =
                therapist.api().get("/v1/patients/" + rosa.id()).ok().path("adherence");
        line("GET .../patients", "compliance " + adherence.path("line").asText());
    }

    private String night() {
        advanceUntil(
                Duration.ofDays(2),
                () -> !executions("escalation").isEmpty(),
                "no night run flagged anybody within two days");
        List<ExecutionListItem> started = executions("escalation");
        line(
                "Scheduler",
                "starts %s: 1 clinic read from S3, %d patients scored by DJL on TensorFlow"
                        .formatted(machine("nightly-scoring").name(), scored()));
        JsonNode risk =
                therapist.api().get("/v1/patients/" + rosa.id() + "/risk").ok();
        line(
                "Lambda RiskScoring",
                "Rosa: %s by the plain rule%s".formatted(risk.path("band").asText(), percentage(risk)));
        for (JsonNode reason : risk.path("reasons")) line("", "  because: " + reason.asText());
        line(
                "Step Functions",
                "%d of %d patients flagged; the clinic has %d outreaches open, at most a fifth of its patients"
                        .formatted(started.size(), filled.patients().size(), openCount()));
        ExecutionListItem hers = started.stream()
                .filter(execution -> stepFunctions
                        .describeExecution(describe -> describe.executionArn(execution.executionArn()))
                        .input()
                        .contains(rosa.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Rosa was not among the flagged"));
        line("", "hers: " + hers.name());
        return hers.executionArn();
    }

    /** A percentage only where the clinic's own outcomes bear it out, which those of a new clinic cannot yet. */
    private static String percentage(JsonNode risk) {
        String model = "model %s, trained on SIMULATED people,"
                .formatted(risk.path("model").asText());
        return risk.hasNonNull("probability")
                ? "; %.1f %% risk of lapsing within 14 days (%s calibrated here)"
                        .formatted(100 * risk.path("probability").asDouble(), model)
                : "; %s runs in its shadow and no percentage is shown: %d outcomes of this clinic have settled, %d are needed"
                        .formatted(model, risk.path("settledOutcomes").asInt(), ClinicCalibration.SERVED_FROM);
    }

    /** Patients that this night's run left a score for. */
    private int scored() {
        return tables
                .scanPaginator(scan -> scan.tableName(records)
                        .filterExpression("#type = :risk")
                        .expressionAttributeNames(Map.of("#type", "type"))
                        .expressionAttributeValues(Map.of(":risk", AttributeValue.fromS("risk"))))
                .items()
                .stream()
                .map(item -> Attributes.require(item, "PK").s())
                .collect(java.util.stream.Collectors.toSet())
                .size();
    }

    private int openCount() {
        return Integer.parseInt(Attributes.require(
                        tables.getItem(get -> get.tableName(records)
                                        .key(Map.of(
                                                "PK",
                                                        AttributeValue.fromS("C#"
                                                                + filled.clinic()
                                                                        .id()),
                                                "SK", AttributeValue.fromS("CAPACITY"))))
                                .item(),
                        "openCount")
                .n());
    }

    private void push() {
        Instant flagged = cloud.clock().instant();
        advanceUntil(Duration.ofDays(1), () -> pushToRosa() != null, "no push reached Rosa");
        Inbox.Message message = java.util.Objects.requireNonNull(pushToRosa());
        line(
                "SNS",
                "push to Rosa's phone, %s after the flag, once it was daytime for her: \"%s\""
                        .formatted(words(Duration.between(flagged, message.at())), text(message)));
        JsonNode escalation = escalation();
        line(
                "DynamoDB Records",
                "ESCALATION#OPEN is %s until %s"
                        .formatted(
                                escalation.path("phase").asText(),
                                local(Instant.parse(escalation.path("deadline").asText()))));
    }

    private void silence() {
        Instant from = cloud.clock().instant();
        cloud.clock().advanceTo(Instant.parse(escalation().path("deadline").asText()));
        cloud.waitUntilQuiet();
        line(
                "Rosa",
                "%s of silence"
                        .formatted(words(Duration.between(from, cloud.clock().instant()))));
        JsonNode task = task(filled.frontDesk(), "CALL");
        line(
                "Step Functions",
                "AwaitEngagement timed out -> CreateCallTask: call %s, due %s"
                        .formatted(
                                task.path("phone").asText(),
                                local(Instant.parse(task.path("dueAt").asText()))));
    }

    private void call() {
        cloud.clock().advance(Duration.ofHours(2));
        JsonNode task = task(filled.frontDesk(), "CALL");
        String path = "/v1/tasks/" + task.path("taskId").asText();
        filled.frontDesk().api().post(path + "/claim", "").ok();
        filled.frontDesk()
                .api()
                .post(path + "/outcome", Map.of("outcome", "BARRIER_PAIN", "note", "The heel slides hurt her."))
                .ok();
        cloud.waitUntilQuiet();
        line("POST .../claim", filled.frontDesk().name() + " of the front desk takes the task and calls");
        line("POST .../outcome", "reached, with a barrier: pain. The token goes back to the state machine");
        JsonNode review = task(therapist, "REVIEW");
        line(
                "Step Functions",
                "CreateReview: %s, due %s: %s"
                        .formatted(
                                therapist.name(),
                                local(Instant.parse(review.path("dueAt").asText())),
                                review.path("reasons").path(0).asText()));
    }

    private void review() {
        cloud.clock().advance(Duration.ofHours(3));
        JsonNode task = task(therapist, "REVIEW");
        String path = "/v1/tasks/" + task.path("taskId").asText();
        therapist.api().post(path + "/claim", "").ok();
        Map<String, Object> program = Map.of(
                "days",
                List.of("MONDAY", "WEDNESDAY", "FRIDAY"),
                "sessionsPerDay",
                1,
                "exercises",
                List.of(
                        Map.of("code", "squat", "sets", 2, "repetitions", 8, "rangeCeilingDegrees", 60),
                        Map.of("code", "knee_extension", "sets", 2, "repetitions", 10)),
                "note",
                "Shorter for two weeks, without the heel slides.");
        therapist
                .api()
                .post(path + "/outcome", Map.of("outcome", "MODIFY", "program", program))
                .ok();
        cloud.waitUntilQuiet();
        JsonNode mine = rosa.api().get("/v1/me/program").ok();
        line("POST .../outcome", therapist.name() + " reviews the prescription and changes it, in one transaction");
        line(
                "GET /v1/me/program",
                "Rosa's phone has version %s: %d exercises on %d days a week, \"%s\""
                        .formatted(
                                mine.path("version"),
                                mine.path("exercises").size(),
                                mine.path("days").size(),
                                mine.path("note").asText()));
    }

    private void end(String execution) {
        var described = stepFunctions.describeExecution(describe -> describe.executionArn(execution));
        List<HistoryEvent> history = new ArrayList<>();
        stepFunctions
                .getExecutionHistoryPaginator(get -> get.executionArn(execution))
                .events()
                .forEach(history::add);
        line(
                "Step Functions",
                "%s %s after %s, %d events of history, identifiers only"
                        .formatted(
                                described.name(),
                                described.statusAsString(),
                                words(Duration.between(described.startDate(), described.stopDate())),
                                history.size()));
        String audit = cloud.environment("ClinicApiFunction").variable("AUDIT_TABLE");
        int audited = tables.query(query -> query.tableName(audit)
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(Map.of(
                                ":pk",
                                AttributeValue.fromS("C#" + filled.clinic().id() + "#P#" + rosa.id()))))
                .count();
        line("DynamoDB Audit", audited + " entries about Rosa's record: who, what, when, with which outcome");
        if (!described.statusAsString().equals("SUCCEEDED"))
            throw new IllegalStateException("the escalation ended as " + described.statusAsString());
    }

    // --- what the cloud says ------------------------------------------------------------------------

    private JsonNode escalation() {
        return therapist
                .api()
                .get("/v1/patients/" + rosa.id() + "/escalations")
                .ok()
                .path("escalations")
                .path(0);
    }

    private JsonNode task(Clinic.Person person, String work) {
        for (JsonNode task : person.api().get("/v1/tasks").ok().path("tasks"))
            if (task.path("patientId").asText().equals(rosa.id())
                    && task.path("work").asText().equals(work)) return task;
        throw new IllegalStateException(person.name() + " sees no " + work + " task about Rosa");
    }

    private Inbox.@org.jspecify.annotations.Nullable Message pushToRosa() {
        return cloud.inbox().messages().stream()
                .filter(message -> message.to().endsWith(rosa.phone()))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static String text(Inbox.Message message) {
        try {
            JsonNode body = Json.MAPPER.readTree(message.body());
            return body.path("default").asText(message.body());
        } catch (IOException e) {
            return message.body();
        }
    }

    private software.amazon.awssdk.services.sfn.model.StateMachineListItem machine(String suffix) {
        return stepFunctions.listStateMachines().stateMachines().stream()
                .filter(machine -> machine.name().endsWith(suffix))
                .findFirst()
                .orElseThrow();
    }

    private List<ExecutionListItem> executions(String suffix) {
        return stepFunctions
                .listExecutions(list -> list.stateMachineArn(machine(suffix).stateMachineArn()))
                .executions();
    }

    private void advanceUntil(Duration most, java.util.function.BooleanSupplier reached, String otherwise) {
        Instant end = cloud.clock().instant().plus(most);
        while (!reached.getAsBoolean()) {
            if (cloud.clock().instant().isAfter(end)) throw new IllegalStateException(otherwise);
            cloud.clock().advance(Duration.ofMinutes(30));
        }
    }

    // --- telling ------------------------------------------------------------------------------------

    private void chapter(String title) {
        out.accept("");
        out.accept("  " + title);
    }

    private void line(String where, String what) {
        out.accept("    %-16s  %-20s %s"
                .formatted(where.isEmpty() ? "" : local(cloud.clock().instant()), where, what));
    }

    private static String local(Instant at) {
        return LOCAL.format(at.atZone(ZONE));
    }

    private static String words(Duration duration) {
        long hours = duration.toHours();
        return hours >= 72
                ? duration.toDays() + " days"
                : hours > 0 ? hours + " h " + duration.toMinutesPart() + " min" : duration.toMinutes() + " min";
    }

    private static byte[] landmarks(Recording recording) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LandmarksHeader header = new LandmarksHeader("pose-landmarker", "full", recording.fps(), recording.size());
        try (LandmarksEncoder encoder = new LandmarksEncoder(bytes, header)) {
            for (Frame frame : recording.frames()) encoder.add(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The day on which the demonstration begins: daylight saving begins during the outreach. */
    public static Instant beginning() {
        return LocalDate.of(2026, 3, 6).atTime(20, 0).atZone(ZONE).toInstant();
    }
}
