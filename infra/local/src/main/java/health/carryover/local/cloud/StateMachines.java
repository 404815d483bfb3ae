package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.stepfunctions.CloudService;
import health.carryover.local.stepfunctions.StatusChange;
import health.carryover.local.stepfunctions.StepFunctionsService;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The template's state machines, from their definition files, and what they may call. */
final class StateMachines {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");

    /** Of names, tokens and jitter: the same run gives the same history. */
    private static final long SEED = 1;

    private StateMachines() {}

    static StepFunctionsService start(
            Path home,
            Template template,
            VirtualClock clock,
            Invocation.Lambda lambda,
            Map<String, JsonService> services,
            Function<String, S3Client> s3,
            Checkpoint checkpoint,
            EventBus events) {
        CloudService.Directory directory = name -> {
            if (name.equals("s3"))
                return (operation, parameters) -> s3(s3.apply(Caller.current().accessKey()), operation, parameters);
            JsonService service = services.get(name);
            return service == null
                    ? null
                    : (operation, parameters) -> checkpoint.pass(
                            Caller.current(),
                            checkpoint.call(name, operation, parameters),
                            () -> service.call(operation, parameters));
        };
        Invocation.Lambda invoke = (function, payload) -> checkpoint.pass(
                Caller.current(),
                checkpoint.call("lambda", "Invoke", Json.object().put("FunctionName", function)),
                () -> lambda.invoke(function, payload));
        StepFunctionsService service = new StepFunctionsService(
                clock, Arn.REGION, Arn.ACCOUNT, invoke, directory, new RoleAuthority(template, checkpoint), SEED);
        for (Resource machine : template.ofType("AWS::Serverless::StateMachine"))
            service.call(
                    "CreateStateMachine",
                    Json.object()
                            .put("name", machine.name())
                            .put("definition", definition(home, machine))
                            .put(
                                    "roleArn",
                                    checkpoint
                                            .callers()
                                            .identities()
                                            .role(machine.id())
                                            .orElseThrow())
                            .put("type", machine.text("Type", "STANDARD")));
        service.onStatusChange(change -> events.publish(
                StatusChange.SOURCE,
                StatusChange.DETAIL_TYPE,
                change.detail(),
                Json.array().add(change.resource())));
        return service;
    }

    private static String definition(Path home, Resource machine) {
        Path file = home.resolve(machine.text("DefinitionUri", ""));
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the definition of " + machine.id() + " cannot be read: " + file, e);
        }
        JsonNode given = machine.at("DefinitionSubstitutions");
        Set<String> missing = new LinkedHashSet<>();
        String definition = SUBSTITUTION.matcher(text).replaceAll(match -> {
            JsonNode value = given.get(match.group(1));
            if (value == null) missing.add(match.group(1));
            return Matcher.quoteReplacement(value == null ? "" : value.asText());
        });
        if (!missing.isEmpty())
            throw new IllegalStateException("the definition of " + machine.id()
                    + " wants substitutions that the template does not give: " + missing);
        return definition;
    }

    /** What Distributed Maps need of S3. */
    private static JsonNode s3(S3Client s3, String operation, JsonNode parameters) {
        String bucket = parameters.path("Bucket").asText();
        try {
            return switch (operation) {
                case "GetObject" -> {
                    ObjectNode answer = Json.object();
                    answer.put(
                            "Body",
                            s3.getObjectAsBytes(get -> get.bucket(bucket)
                                            .key(parameters.path("Key").asText()))
                                    .asUtf8String());
                    yield answer;
                }
                case "PutObject" -> {
                    JsonNode body = parameters.path("Body");
                    String text = body.isTextual() ? body.asText() : body.toString();
                    yield Json.object()
                            .put(
                                    "ETag",
                                    s3.putObject(
                                                    put -> put.bucket(bucket)
                                                            .key(parameters
                                                                    .path("Key")
                                                                    .asText()),
                                                    RequestBody.fromString(text))
                                            .eTag());
                }
                default -> throw Unknown.operation("s3", operation);
            };
        } catch (NoSuchKeyException e) {
            throw new AwsError(404, "NoSuchKeyException", "The specified key does not exist.");
        } catch (S3Exception e) {
            throw new AwsError(e.statusCode(), "S3Exception", String.valueOf(e.getMessage()));
        }
    }
}
