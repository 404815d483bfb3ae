package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where rules, schedules and failure destinations can send something: functions, state machines, queues, topics. */
final class Targets {
    private static final Logger log = LoggerFactory.getLogger(Targets.class);
    private static final String START_EXECUTION = "arn:aws:scheduler:::aws-sdk:sfn:startExecution";

    private final Lambdas lambdas;
    private final Queues queues;
    private final Sns sns;
    private final Supplier<@Nullable JsonService> stepFunctions;
    private @Nullable AsyncInvoker async;

    /** @param stepFunctions asked at each sending; null while there is none */
    Targets(Lambdas lambdas, Queues queues, Sns sns, Supplier<@Nullable JsonService> stepFunctions) {
        this.lambdas = lambdas;
        this.queues = queues;
        this.sns = sns;
        this.stepFunctions = stepFunctions;
    }

    /** Targets and asynchronous invocations need each other; this closes the circle. */
    void invokeBy(AsyncInvoker invoker) {
        async = invoker;
    }

    private AsyncInvoker async() {
        return Objects.requireNonNull(async, "invokeBy has not been called");
    }

    /**
     * Sends and does not wait.
     *
     * @throws AwsError what the target's service answers instead
     */
    void send(String arn, JsonNode payload) {
        if (arn.equals(START_EXECUTION)) {
            startExecution(payload.deepCopy());
            return;
        }
        switch (Arn.service(arn)) {
            case "lambda" -> async().invoke(lambdas.function(arn), payload);
            case "states" ->
                startExecution(Json.object().put("stateMachineArn", arn).put("input", Json.text(payload)));
            case "sqs" -> queues.send(arn, payload);
            case "sns" -> sns.publish(arn, payload);
            default -> throw new AwsError("ValidationException", "the local cloud cannot send to " + arn);
        }
    }

    /** Sends; a refusal goes to the dead letter queue, or is said aloud. */
    void sendOrBury(JsonNode target, JsonNode payload) {
        String arn = target.path("Arn").asText();
        try {
            send(arn, payload);
        } catch (AwsError e) {
            String deadLetters = target.path("DeadLetterConfig").path("Arn").textValue();
            if (deadLetters != null) queues.send(deadLetters, payload);
            else
                log.atError()
                        .addKeyValue("target", arn)
                        .addKeyValue("code", e.code())
                        .log("a target refused: {}", e.getMessage());
        }
    }

    /** Scheduler's universal target spells its members in upper camel case. */
    private void startExecution(ObjectNode input) {
        for (String name : List.of("StateMachineArn", "Input", "Name")) {
            JsonNode value = input.remove(name);
            if (value != null) input.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), value);
        }
        JsonService service = stepFunctions.get();
        if (service == null) throw new AwsError(501, "UnknownService", "the local cloud has no service 'states'");
        service.call("StartExecution", input);
    }
}
