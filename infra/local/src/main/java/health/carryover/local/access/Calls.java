package health.carryover.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.iam.Authorization.ResourcePolicy;
import health.carryover.local.iam.Policy;
import health.carryover.local.iam.Request.Context;
import health.carryover.local.template.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests of all services but DynamoDB and S3 as IAM sees them, by the table {@code operations.yaml}. */
public final class Calls {
    /** How a service refuses. */
    public record RefusalForm(int status, String code) {}

    private record Operation(
            String action, String on, List<String> from, List<String> shows, boolean write, boolean data) {}

    private record ServiceTable(String source, String prefix, RefusalForm refusal, Map<String, Operation> operations) {}

    private final Map<String, ServiceTable> services = new HashMap<>();
    private final ResourcePolicies resources;
    private final Keyed keyed;
    private final Function<String, Optional<Policy>> trust;
    private final Function<String, String> keyOfCiphertext;

    /** @param keyOfCiphertext from a ciphertext of KMS, in Base64, to the id of the key that made it */
    public Calls(
            ResourcePolicies resources,
            Function<String, Optional<Policy>> trust,
            Function<String, String> keyOfCiphertext) {
        this.resources = resources;
        this.trust = trust;
        this.keyOfCiphertext = keyOfCiphertext;
        keyed = new Keyed(resources);
        for (Map.Entry<String, JsonNode> entry :
                Tables.read(Calls.class, "operations.yaml").properties()) {
            JsonNode table = entry.getValue();
            String prefix = table.path("prefix").asText();
            Map<String, Operation> operations = new HashMap<>();
            for (Map.Entry<String, JsonNode> row : table.path("operations").properties())
                operations.put(row.getKey(), operation(prefix, row.getKey(), row.getValue()));
            services.put(
                    entry.getKey(),
                    new ServiceTable(
                            table.path("source").asText(),
                            prefix,
                            new RefusalForm(
                                    table.path("refusal").path("status").asInt(),
                                    table.path("refusal").path("code").asText()),
                            operations));
        }
    }

    private static Operation operation(String prefix, String name, JsonNode row) {
        return new Operation(
                prefix + ":" + row.path("action").asText(name),
                row.path("on").asText(),
                texts(row.path("from")),
                texts(row.path("shows")),
                row.path("write").asBoolean(),
                row.path("data").asBoolean());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    public RefusalForm refusal(String service) {
        ServiceTable table = services.get(service);
        return table == null ? new RefusalForm(403, "AccessDenied") : table.refusal();
    }

    /** @param input the parameters with the names of the service's API */
    public Call read(String service, String name, JsonNode input) {
        return read(service, name, input, Context.EMPTY);
    }

    /** @param context more condition keys, such as {@code aws:SourceArn} */
    public Call read(String service, String name, JsonNode input, Context context) {
        ServiceTable table = services.get(service);
        if (table == null) table = new ServiceTable(service + ".amazonaws.com", service, refusal(service), Map.of());
        Operation operation = table.operations().get(name);
        if (operation == null)
            operation = new Operation(table.prefix() + ":" + name, "all", List.of(), List.of(), true, false);
        List<Access> accesses = new ArrayList<>();
        String resource = needs(operation, input, context, accesses);
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String parameter : operation.shows()) {
            JsonNode value = input.get(parameter);
            if (value != null) shown.set(small(parameter), value);
        }
        return new Call(
                service,
                table.source(),
                name,
                accesses,
                shown,
                resource.startsWith("arn:") ? List.of(resource) : List.of(),
                !operation.write(),
                operation.data());
    }

    /** CloudTrail writes parameters small: {@code keyId}. */
    private static String small(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private String needs(Operation operation, JsonNode input, Context context, List<Access> accesses) {
        String named = "";
        String parameter = "";
        for (String candidate : operation.from())
            if (named.isEmpty() && input.hasNonNull(candidate)) {
                named = input.get(candidate).asText();
                parameter = candidate;
            }
        String last = named.substring(named.lastIndexOf('/') + 1);
        String resource = switch (operation.on()) {
            case "nothing" -> "";
            case "arn" -> named.startsWith("arn:") ? named : "*";
            case "key" -> resources.key(parameter.equals("CiphertextBlob") ? keyOfCiphertext.apply(named) : named);
            case "queue" -> named.startsWith("arn:") ? named : Arns.of("sqs", last);
            case "pool" -> Arns.of("cognito-idp", "userpool/" + last);
            case "bus" -> Arns.of("events", "event-bus/default");
            case "rule" -> Arns.of("events", "rule/" + last);
            case "machine" -> Arns.of("states", "stateMachine:" + named);
            case "schedule" -> Arns.of("scheduler", "schedule/default/" + last);
            case "function" -> named.startsWith("arn:") ? named : Arns.of("lambda", "function:" + named);
            case "logs" -> Arns.of("logs", "log-group:" + named + ":log-stream:local");
            case "role" -> named;
            default -> "*";
        };
        switch (operation.on()) {
            case "nothing" -> {}
            case "key" ->
                accesses.add(keyed.onKey(
                        operation.action(), resource, encryption(input).or(context)));
            case "role" -> {
                accesses.add(assume("sts:AssumeRole", resource, tags(input).or(context)));
                if (input.has("Tags"))
                    accesses.add(assume("sts:TagSession", resource, tags(input).or(context)));
            }
            default -> {
                accesses.add(keyed.access(operation.action(), resource, context));
                if (operation.action().equals("sqs:SendMessage"))
                    keyed.throughService(
                            accesses, "sqs", resource, "aws:sqs:arn", "kms:GenerateDataKey", "kms:Decrypt");
                if (operation.action().equals("sqs:ReceiveMessage"))
                    keyed.throughService(accesses, "sqs", resource, "aws:sqs:arn", "kms:Decrypt");
                if (operation.action().equals("sns:Publish"))
                    keyed.throughService(
                            accesses, "sns", resource, "aws:sns:topicArn", "kms:GenerateDataKey", "kms:Decrypt");
            }
        }
        return resource;
    }

    private Access assume(String action, String role, Context context) {
        return new Access(action, role, context, trust.apply(role).orElse(Policy.NONE), ResourcePolicy.DECIDES);
    }

    private static Context encryption(JsonNode input) {
        JsonNode given = input.path("EncryptionContext");
        return key -> {
            if (key.equals("kms:calleraccount")) return List.of(Arns.ACCOUNT);
            if (key.equals("kms:encryptioncontextkeys"))
                return given.isEmpty()
                        ? null
                        : given.properties().stream().map(Map.Entry::getKey).toList();
            return key.startsWith("kms:encryptioncontext:")
                    ? caseless(given, key.substring("kms:encryptioncontext:".length()))
                    : null;
        };
    }

    private static Context tags(JsonNode input) {
        return key -> key.startsWith("aws:requesttag/")
                ? caseless(input.path("Tags"), key.substring("aws:requesttag/".length()))
                : null;
    }

    private static @Nullable List<String> caseless(JsonNode map, String name) {
        for (Map.Entry<String, JsonNode> entry : map.properties())
            if (entry.getKey().equalsIgnoreCase(name))
                return List.of(entry.getValue().asText());
        return null;
    }
}
