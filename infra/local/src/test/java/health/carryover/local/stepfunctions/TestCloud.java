package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.Invocation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cloud of Step Functions, functions written in the test, and a bucket. */
final class TestCloud implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    final VirtualClock clock = new VirtualClock(START);
    final Map<String, Function<JsonNode, Invocation>> functions = new HashMap<>();
    final Map<String, CloudService> services = new HashMap<>();
    final Map<String, String> bucket = new TreeMap<>();
    final StepFunctionsService states =
            new StepFunctionsService(clock, "us-east-1", "000000000000", this::invoke, services::get, 7);
    private int machines;

    TestCloud() {
        services.put("s3", this::s3);
    }

    // --- functions and services -------------------------------------------------------------------

    private Invocation invoke(String function, JsonNode payload) {
        Function<JsonNode, Invocation> body = functions.get(function.substring(function.lastIndexOf(':') + 1));
        if (body == null) throw new AwsError(404, "ResourceNotFoundException", "Function not found: " + function);
        return body.apply(payload);
    }

    /** A function that fails so many times with this error, then answers {@code "done"}. */
    void failing(String name, String error, int times) {
        int[] calls = {0};
        functions.put(
                name,
                payload -> ++calls[0] <= times ? failed(error) : new Invocation.Answered(TextNode.valueOf("done")));
    }

    static Invocation failed(String error) {
        return new Invocation.Failed(
                error, "as told", Json.object().put("errorType", error).put("errorMessage", "as told"));
    }

    private JsonNode s3(String operation, JsonNode parameters) {
        String key = parameters.path("Key").asText();
        return switch (operation) {
            case "GetObject" -> {
                if (!bucket.containsKey(key)) throw new AwsError(404, "NoSuchKey", "The specified key does not exist.");
                yield Json.object().put("Body", bucket.get(key));
            }
            case "PutObject" -> {
                bucket.put(key, parameters.path("Body").asText());
                yield Json.object().put("ETag", "\"etag\"");
            }
            case "ListObjectsV2" -> {
                ObjectNode answer = Json.object();
                ArrayNode contents = answer.putArray("Contents");
                bucket.forEach(
                        (name, body) -> contents.addObject().put("Key", name).put("Size", body.length()));
                yield answer;
            }
            default -> throw new AwsError("NotImplemented", operation);
        };
    }

    // --- machines ---------------------------------------------------------------------------------

    /** A machine whose states are these members of "States"; it starts at the one called Start. */
    String machine(String states) {
        return create("{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"Start\",\"States\":{" + states + "}}", "STANDARD");
    }

    String create(String definition, String type) {
        return call(
                        "CreateStateMachine",
                        Json.object()
                                .put("name", "machine-" + ++machines)
                                .put("definition", definition)
                                .put("type", type)
                                .put("roleArn", "arn:aws:iam::000000000000:role/test"))
                .get("stateMachineArn")
                .asText();
    }

    /** Starts it and waits until it can go no further without time. */
    String start(String machine, String input) {
        String arn = call(
                        "StartExecution",
                        Json.object().put("stateMachineArn", machine).put("input", input))
                .get("executionArn")
                .asText();
        clock.awaitQuiet();
        return arn;
    }

    /** Runs the states to their end, however long that takes. */
    JsonNode run(String states, String input) {
        String arn = start(machine(states), input);
        clock.advance(Duration.ofDays(300));
        return describe(arn);
    }

    JsonNode describe(String execution) {
        return call("DescribeExecution", Json.object().put("executionArn", execution));
    }

    JsonNode output(String states, String input) {
        JsonNode description = run(states, input);
        if (!description.path("status").asText().equals("SUCCEEDED")) throw new AssertionError(description.toString());
        return json(description.path("output").asText());
    }

    JsonNode call(String operation, ObjectNode input) {
        return states.call(operation, input);
    }

    // --- history ----------------------------------------------------------------------------------

    JsonNode events(String execution) {
        return call(
                        "GetExecutionHistory",
                        Json.object().put("executionArn", execution).put("maxResults", 1000))
                .get("events");
    }

    /** Seconds from the start at which events of this type happened. */
    List<Double> times(String execution, String type) {
        List<Double> times = new ArrayList<>();
        for (JsonNode event : events(execution)) {
            if (event.path("type").asText().equals(type)) times.add(seconds(event.get("timestamp")));
        }
        return times;
    }

    List<String> types(String execution) {
        List<String> types = new ArrayList<>();
        events(execution).forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    static double seconds(JsonNode timestamp) {
        return timestamp
                .decimalValue()
                .subtract(BigDecimal.valueOf(START.getEpochSecond()))
                .doubleValue();
    }

    /** The token in the parameters of the last task that waits for its callback. */
    String token(String execution) {
        String token = null;
        for (JsonNode event : events(execution)) {
            JsonNode parameters = event.path("taskScheduledEventDetails").path("parameters");
            @Nullable
            JsonNode found = parameters.isTextual() ? json(parameters.asText()).findValue("token") : null;
            if (found != null) token = found.asText();
        }
        if (token == null) throw new AssertionError("no task waits for a callback");
        return token;
    }

    static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        clock.close();
    }
}
