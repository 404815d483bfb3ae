package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's queue of events: on failure two more attempts, after one and two minutes of virtual time, then the failure
 * destination and the dead letter queue.
 */
final class AsyncInvoker {
    /** Puts a payload at an ARN in the name of a function. */
    @FunctionalInterface
    interface Delivery {
        void deliver(Resource function, String arn, JsonNode payload);
    }

    private static final Logger log = LoggerFactory.getLogger(AsyncInvoker.class);

    private final VirtualClock clock;
    private final Lambdas lambdas;
    private final Ids ids;
    private final Delivery deliver;
    private final Map<String, Resource> settings;

    AsyncInvoker(VirtualClock clock, Lambdas lambdas, Template template, Ids ids, Delivery deliver) {
        this.clock = clock;
        this.lambdas = lambdas;
        this.ids = ids;
        this.deliver = deliver;
        settings = template.ofType("AWS::Lambda::EventInvokeConfig").stream()
                .collect(Collectors.toMap(one -> one.text("FunctionName", ""), one -> one, (first, _) -> first));
    }

    void invoke(Resource function, JsonNode payload) {
        String id = ids.uuid();
        clock.execute(() -> attempt(function, payload, id, 1));
    }

    private void attempt(Resource function, JsonNode payload, String id, int number) {
        if (!(lambdas.invoke(function.ref(), payload) instanceof Invocation.Failed failed)) return;
        log.atWarn()
                .addKeyValue("function", function.id())
                .addKeyValue("attempt", number)
                .addKeyValue("errorType", failed.errorType())
                .log("asynchronous invocation failed");
        JsonNode retries = setting(function, "MaximumRetryAttempts");
        if (number <= retries.asInt(2)) {
            clock.at(
                    clock.instant().plus(Duration.ofMinutes(number)), () -> attempt(function, payload, id, number + 1));
            return;
        }
        String destination = setting(function, "DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .textValue();
        if (destination != null) deliver.deliver(function, destination, record(function, payload, id, number, failed));
        String deadLetters = function.at("DeadLetterQueue", "TargetArn").textValue();
        if (deadLetters != null) deliver.deliver(function, deadLetters, payload);
    }

    private JsonNode setting(Resource function, String name) {
        JsonNode own = function.at("EventInvokeConfig", name);
        @Nullable Resource separate = settings.get(function.ref());
        return own.isMissingNode() && separate != null ? separate.at(name) : own;
    }

    /** The invocation record that Lambda sends to a destination. */
    private ObjectNode record(Resource function, JsonNode payload, String id, int attempts, Invocation.Failed failed) {
        ObjectNode record = Json.object()
                .put("version", "1.0")
                .put("timestamp", clock.instant().toString());
        record.putObject("requestContext")
                .put("requestId", id)
                .put("functionArn", function.arn())
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", attempts);
        record.set("requestPayload", payload);
        record.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "1")
                .put("functionError", "Unhandled");
        record.set("responsePayload", failed.document());
        return record;
    }
}
