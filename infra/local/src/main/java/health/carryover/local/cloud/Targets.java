package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private final Checkpoint checkpoint;
    private final Supplier<@Nullable JsonService> stepFunctions;
    private @Nullable AsyncInvoker async;

    /** @param stepFunctions asked at each sending; null while there is none */
    Targets(
            Lambdas lambdas,
            Queues queues,
            Sns sns,
            Checkpoint checkpoint,
            Supplier<@Nullable JsonService> stepFunctions) {
        this.lambdas = lambdas;
        this.queues = queues;
        this.sns = sns;
        this.checkpoint = checkpoint;
        this.stepFunctions = stepFunctions;
    }

    /** The role under which an event of the template reaches its target: its own, or the one that SAM makes. */
    Optional<String> role(String event, JsonNode properties) {
        return properties.path("RoleArn").isTextual()
                ? Optional.of(properties.get("RoleArn").asText())
                : checkpoint.callers().identities().role(event);
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
     * @param sender in whose name
     * @param source the ARN of the rule, schedule or function that sends; empty when nothing of the kind does
     * @throws AwsError what the target's service answers instead
     */
    void send(Caller sender, String source, String arn, JsonNode payload) {
        if (arn.equals(START_EXECUTION)) {
            startExecution(sender, source, payload.deepCopy());
            return;
        }
        switch (Arn.service(arn)) {
            case "lambda" ->
                pass(
                        sender,
                        source,
                        "lambda",
                        "Invoke",
                        Json.object().put("FunctionName", arn),
                        () -> async().invoke(lambdas.function(arn), payload));
            case "states" ->
                startExecution(
                        sender,
                        source,
                        Json.object().put("stateMachineArn", arn).put("input", Json.text(payload)));
            case "sqs" ->
                pass(
                        sender,
                        source,
                        "sqs",
                        "SendMessage",
                        Json.object().put("QueueUrl", arn),
                        () -> queues.send(arn, payload));
            case "sns" ->
                pass(
                        sender,
                        source,
                        "sns",
                        "Publish",
                        Json.object().put("TopicArn", arn),
                        () -> sns.publish(arn, payload));
            default -> throw new AwsError("ValidationException", "the local cloud cannot send to " + arn);
        }
    }

    private void pass(Caller sender, String source, String service, String operation, ObjectNode input, Runnable work) {
        checkpoint.pass(sender, checkpoint.call(service, operation, input, source), () -> {
            work.run();
            return true;
        });
    }

    /** Sends in the name of a function, as its failure destinations are reached; a refusal is said aloud. */
    void deliver(Caller function, String source, String arn, JsonNode payload) {
        try {
            send(function, source, arn, payload);
        } catch (AwsError e) {
            refused(arn, e);
        }
    }

    /**
     * Sends; a refusal goes to the dead letter queue, or is said aloud.
     *
     * @param service that sends
     */
    void sendOrBury(String service, String source, JsonNode target, JsonNode payload) {
        String arn = target.path("Arn").asText();
        Caller sender =
                checkpoint.callers().service(service, target.path("RoleArn").asText(""));
        try {
            send(sender, source, arn, payload);
        } catch (AwsError e) {
            String deadLetters = target.path("DeadLetterConfig").path("Arn").textValue();
            if (deadLetters != null) deliver(Caller.service(service), source, deadLetters, payload);
            else refused(arn, e);
        }
    }

    private static void refused(String arn, AwsError e) {
        log.atError()
                .addKeyValue("target", arn)
                .addKeyValue("code", e.code())
                .log("a target refused: {}", e.getMessage());
    }

    /** Scheduler's universal target spells its members in upper camel case. */
    private void startExecution(Caller sender, String source, ObjectNode input) {
        for (String name : List.of("StateMachineArn", "Input", "Name")) {
            JsonNode value = input.remove(name);
            if (value != null) input.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), value);
        }
        JsonService service = stepFunctions.get();
        if (service == null) throw new AwsError(501, "UnknownService", "the local cloud has no service 'states'");
        pass(sender, source, "states", "StartExecution", input, () -> service.call("StartExecution", input));
    }
}
