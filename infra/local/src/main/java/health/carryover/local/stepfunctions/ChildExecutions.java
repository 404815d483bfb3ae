package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.JsonService;
import health.carryover.local.stepfunctions.Execution.Status;
import health.carryover.local.stepfunctions.TaskResource.Style;
import health.carryover.local.stepfunctions.Tasks.Reply;
import health.carryover.local.stepfunctions.Tasks.Request;
import health.carryover.local.stepfunctions.Tasks.Running;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Step Functions as a state machine calls it: {@code states:startExecution} with its variants, and {@code aws-sdk:sfn}. */
final class ChildExecutions implements CloudService {
    private static final Set<String> FIELDS = Set.of("StateMachineArn", "Name", "Input", "TraceHeader");

    private final JsonService service;
    private final VirtualClock clock;
    private final Function<String, @Nullable Execution> find;

    /**
     * @param own Step Functions itself, by its wire protocol
     * @param authority asked before each call
     */
    ChildExecutions(
            JsonService own, VirtualClock clock, Function<String, @Nullable Execution> find, Authority authority) {
        service = (operation, input) -> {
            authority.require(operation, input);
            return own.call(operation, input);
        };
        this.clock = clock;
        this.find = find;
    }

    /** The wire protocol writes names small and times as numbers; the SDK integration writes names large and times as text. */
    @Override
    public JsonNode call(String operation, JsonNode parameters) {
        JsonNode texts = CloudTasks.text(CloudTasks.text(parameters, "Input"), "Output");
        return large(service.call(operation, small(texts)), "");
    }

    private static JsonNode small(JsonNode node) {
        return renamed(node, SdkErrors::small);
    }

    private static JsonNode renamed(JsonNode node, java.util.function.UnaryOperator<String> name) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties()
                    .forEach(member -> copy.set(name.apply(member.getKey()), renamed(member.getValue(), name)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(item -> copy.add(renamed(item, name)));
            return copy;
        }
        return node;
    }

    private static JsonNode large(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties()
                    .forEach(member ->
                            copy.set(SdkErrors.capital(member.getKey()), large(member.getValue(), member.getKey())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(item -> copy.add(large(item, name)));
            return copy;
        }
        boolean time = node.isNumber() && (name.endsWith("Date") || name.equals("timestamp"));
        return time ? TextNode.valueOf(Json.time(instant(node))) : node;
    }

    private static Instant instant(JsonNode epochSeconds) {
        return Instant.ofEpochMilli(
                epochSeconds.decimalValue().multiply(BigDecimal.valueOf(1000)).longValue());
    }

    Running start(Request request, Reply reply) {
        Style style = request.resource().style();
        JsonNode started;
        try {
            for (String field : request.arguments().properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    .toList()) {
                if (!FIELDS.contains(field))
                    throw new AwsError(
                            "ValidationException",
                            "The field '" + field + "' is not supported by states:startExecution");
            }
            started = service.call("StartExecution", small(CloudTasks.text(request.arguments(), "Input")));
        } catch (AwsError e) {
            reply.failed(SdkErrors.classic("states", e), SdkErrors.classicCause("states", e));
            return Running.NOTHING;
        }
        String arn = started.get("executionArn").asText();
        ObjectNode answer = Json.object()
                .put("ExecutionArn", arn)
                .put("StartDate", instant(started.get("startDate")).toEpochMilli());
        if (style == Style.REQUEST_RESPONSE) reply.succeeded(answer);
        else reply.submitted(answer);
        return style == Style.SYNC || style == Style.SYNC_2 ? await(arn, style, reply) : Running.NOTHING;
    }

    private Running await(String arn, Style style, Reply reply) {
        Execution child = find.apply(arn);
        if (child == null) {
            reply.failed(
                    "StepFunctions.StateMachineTypeNotSupportedException",
                    "an EXPRESS execution cannot be waited for: " + arn);
            return Running.NOTHING;
        }
        child.whenOver(over -> clock.execute(() -> ended(over, style, reply)));
        return () -> child.close(new Execution.End(Status.ABORTED, clock.instant(), null, null, null), 0);
    }

    private static void ended(Execution child, Style style, Reply reply) {
        ObjectNode description = MapResults.describe(child);
        description.put("StartDate", child.start.toEpochMilli());
        Execution.End end = child.end();
        if (end != null) description.put("StopDate", end.time().toEpochMilli());
        description.remove("RedriveCount");
        if (child.status() != Status.SUCCEEDED) {
            reply.failed("States.TaskFailed", Json.text(description));
            return;
        }
        if (style == Style.SYNC_2) {
            unfold(description, "Input");
            unfold(description, "Output");
        }
        reply.succeeded(description);
    }

    private static void unfold(ObjectNode description, String field) {
        JsonNode text = description.get(field);
        if (text == null) return;
        try {
            description.set(field, Json.parse(text.asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own JSON does not parse", e);
        }
    }
}
