package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.local.cloud.Inbox;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Attributes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** One patient's way through the whole loop, told line by line: what happened, when, and in which AWS resource. */
public final class Story {
    /** @param source where the recording comes from, in words */
    public record Filmed(String exercise, Recording recording, String source) {}

    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final LocalCloud cloud;
    private final DemoClinic.Filled filled;
    private final Clinic.Person rosa;
    private final Clinic.Person therapist;
    private final Teller teller;
    private final DynamoDbClient tables;
    private final SfnClient stepFunctions;
    private final String records;

    public Story(LocalCloud cloud, DemoClinic.Filled filled, Consumer<String> out) {
        this.cloud = cloud;
        this.filled = filled;
        teller = new Teller(cloud.clock(), out);
        rosa = filled.patients().getFirst();
        therapist = filled.therapists().getFirst();
        tables = cloud.client(DynamoDbClient.builder());
        stepFunctions = cloud.client(SfnClient.builder());
        records = cloud.environment("ClinicApiFunction").variable("RECORDS_TABLE");
    }

    /** @throws IllegalStateException naming the step that did not come out as the loop promises */
    public void tell(Filmed filmed) {
        teller.chapter("What arrives");
        new Arrival(cloud, filled, teller).tell(filmed);
        teller.chapter("What is stored");
        sealed();
        teller.chapter("What she sees");
        new HomeScreen(therapist, rosa, teller).tell();
        teller.chapter("The night");
        String execution = night();
        teller.chapter("The outreach");
        push();
        silence();
        call();
        review();
        teller.chapter("The end");
        end(execution);
        teller.chapter("A video, from consent to day 90");
        new Film(cloud, filled, teller).tell();
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
        teller.line(
                "DynamoDB Records",
                "PK        " + Attributes.require(item, "PK").s());
        teller.line("", "SK        " + Attributes.require(item, "SK").s());
        teller.line(
                "",
                "completed " + Attributes.require(item, "completed").s() + ", version "
                        + Attributes.require(item, "version").n());
        byte[] sealed = Attributes.require(item, "sealed").b().asByteArray();
        teller.line(
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
        teller.line(
                "GET .../sessions",
                "%s, her therapist, reads: pain %s -> %s, \"%s\""
                        .formatted(
                                therapist.name(),
                                seen.at("/pain/before"),
                                seen.at("/pain/after"),
                                seen.path("notes").asText()));
        JsonNode adherence =
                therapist.api().get("/v1/patients/" + rosa.id()).ok().path("adherence");
        teller.line("GET .../patients", "compliance " + adherence.path("line").asText());
    }

    private String night() {
        advanceUntil(
                Duration.ofDays(2),
                () -> !executions("escalation").isEmpty(),
                "no night run flagged anybody within two days");
        List<ExecutionListItem> started = executions("escalation");
        teller.line(
                "Scheduler",
                "starts %s: 1 clinic read from S3, %d patients scored by DJL on TensorFlow"
                        .formatted(machine("nightly-scoring").name(), scored()));
        JsonNode risk =
                therapist.api().get("/v1/patients/" + rosa.id() + "/risk").ok();
        teller.line(
                "Lambda RiskScoring",
                "Rosa: %s by the plain rule%s".formatted(risk.path("band").asText(), percentage(risk)));
        for (JsonNode reason : risk.path("reasons")) teller.line("", "  because: " + reason.asText());
        teller.line(
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
        teller.line("", "hers: " + hers.name());
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
        teller.line(
                "SNS",
                "push to Rosa's phone, %s after the flag, once it was daytime for her: \"%s\""
                        .formatted(Teller.words(Duration.between(flagged, message.at())), text(message)));
        JsonNode escalation = escalation();
        teller.line(
                "DynamoDB Records",
                "ESCALATION#OPEN is %s until %s"
                        .formatted(
                                escalation.path("phase").asText(),
                                Teller.local(Instant.parse(
                                        escalation.path("deadline").asText()))));
    }

    private void silence() {
        Instant from = cloud.clock().instant();
        cloud.clock().advanceTo(Instant.parse(escalation().path("deadline").asText()));
        cloud.waitUntilQuiet();
        teller.line(
                "Rosa",
                "%s of silence"
                        .formatted(Teller.words(
                                Duration.between(from, cloud.clock().instant()))));
        JsonNode task = task(filled.frontDesk(), "CALL");
        teller.line(
                "Step Functions",
                "AwaitEngagement timed out -> CreateCallTask: call %s, due %s"
                        .formatted(
                                task.path("phone").asText(),
                                Teller.local(Instant.parse(task.path("dueAt").asText()))));
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
        teller.line("POST .../claim", filled.frontDesk().name() + " of the front desk takes the task and calls");
        teller.line("POST .../outcome", "reached, with a barrier: pain. The token goes back to the state machine");
        JsonNode review = task(therapist, "REVIEW");
        teller.line(
                "Step Functions",
                "CreateReview: %s, due %s: %s"
                        .formatted(
                                therapist.name(),
                                Teller.local(Instant.parse(review.path("dueAt").asText())),
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
        teller.line(
                "POST .../outcome", therapist.name() + " reviews the prescription and changes it, in one transaction");
        teller.line(
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
        teller.line(
                "Step Functions",
                "%s %s after %s, %d events of history, identifiers only"
                        .formatted(
                                described.name(),
                                described.statusAsString(),
                                Teller.words(Duration.between(described.startDate(), described.stopDate())),
                                history.size()));
        String audit = cloud.environment("ClinicApiFunction").variable("AUDIT_TABLE");
        int audited = tables.query(query -> query.tableName(audit)
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(Map.of(
                                ":pk",
                                AttributeValue.fromS("C#" + filled.clinic().id() + "#P#" + rosa.id()))))
                .count();
        teller.line("DynamoDB Audit", audited + " entries about Rosa's record: who, what, when, with which outcome");
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

    /** The day on which the demonstration begins: daylight saving begins during the outreach. */
    public static Instant beginning() {
        return LocalDate.of(2026, 3, 6).atTime(20, 0).atZone(ZONE).toInstant();
    }
}
