package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.stepfunctions.TaskResource.Kind;
import health.carryover.local.stepfunctions.TaskResource.Style;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out tasks on the local cloud: functions, child executions, and services by their API. */
final class CloudTasks implements Tasks {
    private static final Map<String, Set<String>> OPTIMISED = Map.of(
            "lambda", Set.of("invoke"),
            "states", Set.of("startExecution"),
            "dynamodb", Set.of("getItem", "putItem", "updateItem", "deleteItem"),
            "events", Set.of("putEvents"),
            "sqs", Set.of("sendMessage"),
            "sns", Set.of("publish"),
            "s3", Set.of("getObject", "listObjectsV2", "putObject"));
    private static final Set<String> INVOKE_FIELDS =
            Set.of("FunctionName", "Payload", "Qualifier", "InvocationType", "ClientContext", "LogType");

    private final Invocation.Lambda lambda;
    private final CloudService.Directory services;
    private final ChildExecutions children;
    private final Authority authority;

    CloudTasks(
            Invocation.Lambda lambda, CloudService.Directory services, ChildExecutions children, Authority authority) {
        this.lambda = lambda;
        this.services = services;
        this.children = children;
        this.authority = authority;
    }

    @Override
    public void permit(String executionArn, String operation, JsonNode input) {
        authority.as(Arns.machineOf(executionArn), () -> authority.require(operation, input));
    }

    @Override
    public @Nullable String refusal(TaskResource resource) {
        if (resource.kind() == Kind.FUNCTION) return null;
        if (resource.kind() == Kind.SDK) {
            if (resource.style() == Style.SYNC || resource.style() == Style.SYNC_2)
                return "an SDK integration has no '" + resource.style().suffix + "'";
            if (resource.service().equals("sfn")) {
                return resource.action().equals("startSyncExecution")
                        ? "would wait for the thread it runs on; use states:startExecution"
                        : null;
            }
            return service(resource) == null ? "names a service that the local cloud does not have" : null;
        }
        if (!OPTIMISED.getOrDefault(resource.service(), Set.of()).contains(resource.action()))
            return "is not a supported integration";
        boolean sync = resource.style() == Style.SYNC || resource.style() == Style.SYNC_2;
        if (sync && !resource.service().equals("states")) return "has no '" + resource.style().suffix + "'";
        boolean callback = Set.of("lambda", "states", "events", "sqs", "sns").contains(resource.service());
        if (resource.style() == Style.CALLBACK && !callback) return "has no '" + resource.style().suffix + "'";
        boolean own = resource.service().equals("lambda") || resource.service().equals("states");
        return own || service(resource) != null ? null : "names a service that the local cloud does not have";
    }

    private @Nullable CloudService service(TaskResource resource) {
        return resource.service().equals("sfn") ? children : services.find(resource.service());
    }

    @Override
    public Running start(Request request, Reply reply) {
        Running[] running = {Running.NOTHING};
        authority.as(Arns.machineOf(request.executionArn()), () -> running[0] = begin(request, reply));
        return running[0];
    }

    private Running begin(Request request, Reply reply) {
        TaskResource resource = request.resource();
        if (resource.service().equals("states")) return children.start(request, reply);
        try {
            JsonNode answer;
            if (resource.kind() == Kind.FUNCTION) answer = function(resource.arn(), request.arguments());
            else if (resource.kind() == Kind.OPTIMISED && resource.service().equals("lambda"))
                answer = invoke(request.arguments());
            else answer = call(resource, request.arguments());
            if (resource.style() == Style.CALLBACK) reply.submitted(answer);
            else reply.succeeded(answer);
        } catch (TaskError e) {
            reply.failed(e.error, e.getMessage());
        }
        return Running.NOTHING;
    }

    private JsonNode invoke(JsonNode arguments) throws TaskError {
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            if (!INVOKE_FIELDS.contains(argument.getKey())) {
                throw new TaskError(
                        Failure.RUNTIME, "The field '" + argument.getKey() + "' is not supported by lambda:invoke");
            }
        }
        String type = arguments.path("InvocationType").asText("RequestResponse");
        if (!type.equals("RequestResponse"))
            throw new TaskError(Failure.RUNTIME, "InvocationType '" + type + "' is not supported by the local cloud");
        String function = arguments.path("FunctionName").asText("");
        if (arguments.has("Qualifier"))
            function += ":" + arguments.get("Qualifier").asText();
        JsonNode payload = arguments.has("Payload") ? arguments.get("Payload") : Json.object();
        ObjectNode answer = Json.object().put("ExecutedVersion", "$LATEST");
        answer.set("Payload", function(function, payload));
        return answer.put("StatusCode", 200);
    }

    private JsonNode function(String function, JsonNode payload) throws TaskError {
        try {
            return switch (lambda.invoke(function, payload)) {
                case Invocation.Answered answered -> answered.payload();
                case Invocation.Failed failed -> throw new TaskError(failed.errorType(), Json.text(failed.document()));
            };
        } catch (AwsError e) {
            throw new TaskError(SdkErrors.modern("lambda", e), SdkErrors.modernCause("lambda", e));
        }
    }

    private JsonNode call(TaskResource resource, JsonNode arguments) throws TaskError {
        CloudService service = service(resource);
        if (service == null)
            throw new IllegalStateException("a definition was accepted that needs service " + resource.service());
        String operation = SdkErrors.capital(resource.action());
        try {
            JsonNode answer =
                    service.call(operation, resource.kind() == Kind.OPTIMISED ? texts(resource, arguments) : arguments);
            if (resource.service().equals("events")
                    && answer.path("FailedEntryCount").asInt() > 0) {
                throw new TaskError("EventBridge.FailedEntry", Json.text(answer));
            }
            return answer;
        } catch (AwsError e) {
            boolean sdk = resource.kind() == Kind.SDK;
            throw new TaskError(
                    sdk ? SdkErrors.modern(resource.service(), e) : SdkErrors.classic(resource.service(), e),
                    sdk ? SdkErrors.modernCause(resource.service(), e) : SdkErrors.classicCause(resource.service(), e));
        }
    }

    /** The optimised integrations take JSON where the API wants text. */
    private static JsonNode texts(TaskResource resource, JsonNode arguments) {
        return switch (resource.service()) {
            case "sqs" -> text(arguments, "MessageBody");
            case "sns" -> text(arguments, "Message");
            case "events" -> {
                ObjectNode copy = arguments.deepCopy();
                copy.path("Entries").forEach(entry -> {
                    if (entry instanceof ObjectNode object && object.has("Detail"))
                        object.setAll((ObjectNode) text(object, "Detail"));
                });
                yield copy;
            }
            default -> arguments;
        };
    }

    static JsonNode text(JsonNode arguments, String field) {
        if (!(arguments instanceof ObjectNode object)
                || !object.has(field)
                || object.get(field).isTextual()) return arguments;
        ObjectNode copy = object.deepCopy();
        copy.set(field, TextNode.valueOf(Json.text(object.get(field))));
        return copy;
    }

    /** A task failed: error and cause as the history shows them. */
    static final class TaskError extends Exception {
        private static final long serialVersionUID = 1;
        final String error;

        TaskError(String error, String cause) {
            super(cause);
            this.error = error;
        }
    }
}
