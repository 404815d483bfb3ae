package health.carryover.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.iam.Request.Context;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB's requests as IAM sees them. Transactions need the permission of each of their items; a query needs that of
 * the index it reads. Data under a customer managed key needs {@code kms:Decrypt} through DynamoDB too, in the caller's
 * name, for writing as for reading.
 */
public final class DynamoDbCalls {
    private static final Set<String> OF_ITEM =
            Set.of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan");
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems");
    private static final Set<String> PARTIQL =
            Set.of("ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement");
    private static final Map<String, String> IN_TRANSACTION = Map.of(
            "Get", "GetItem",
            "Put", "PutItem",
            "Update", "UpdateItem",
            "Delete", "DeleteItem",
            "ConditionCheck", "ConditionCheckItem");
    private static final Pattern TYPED = Pattern.compile("#P#(?![0-9a-f-]{36}(?:#|$))[^#]*");
    private static final Pattern TOKEN = Pattern.compile("[#:]?[A-Za-z0-9_.-]+|=");

    private record Table(String arn, String partitionKey, Map<String, String> indexes) {}

    private final Map<String, Table> tables = new HashMap<>();
    private final Keyed keyed;

    public DynamoDbCalls(Template template, ResourcePolicies resources) {
        keyed = new Keyed(resources);
        for (Resource table : template.ofType("AWS::DynamoDB::Table")) {
            Map<String, String> indexes = new HashMap<>();
            for (String kind : List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes"))
                for (JsonNode index : table.at(kind))
                    indexes.put(index.path("IndexName").asText(), partitionKey(index.path("KeySchema")));
            tables.put(table.ref(), new Table(table.arn(), partitionKey(table.at("KeySchema")), indexes));
        }
    }

    private static String partitionKey(JsonNode schema) {
        for (JsonNode key : schema)
            if (key.path("KeyType").asText().equals("HASH"))
                return key.path("AttributeName").asText();
        return "";
    }

    /** Empty for PartiQL, whose statements are not looked into and so are refused. */
    public Optional<Call> read(String target, JsonNode input) {
        String operation = target.substring(target.indexOf('.') + 1);
        if (PARTIQL.contains(operation)) return Optional.empty();
        Reading reading = new Reading(operation);
        boolean data = true;
        if (OF_ITEM.contains(operation)) reading.item("dynamodb:" + operation, input, input.path("Item"), "");
        else
            switch (operation) {
                case "TransactWriteItems", "TransactGetItems" -> reading.transaction(input.path("TransactItems"));
                case "BatchGetItem" -> reading.batch(input.path("RequestItems"), "Keys");
                case "BatchWriteItem" -> reading.batch(input.path("RequestItems"), "");
                default -> {
                    data = false;
                    reading.whole(input, target.startsWith("DynamoDBStreams"));
                }
            }
        boolean readOnly = READS.contains(operation)
                || operation.startsWith("Describe")
                || operation.startsWith("List")
                || operation.startsWith("Get");
        return Optional.of(new Call(
                "dynamodb",
                "dynamodb.amazonaws.com",
                operation,
                reading.accesses,
                reading.shown,
                List.copyOf(reading.resources),
                readOnly,
                data));
    }

    /** A function's event source reads a stream in the name of the function's role. */
    public Call stream(String streamArn) {
        Reading reading = new Reading("GetRecords");
        for (String action : List.of("DescribeStream", "GetShardIterator", "GetRecords"))
            reading.accesses.add(keyed.access("dynamodb:" + action, streamArn, Context.EMPTY));
        int end = streamArn.indexOf("/stream/");
        keyed.throughService(
                reading.accesses,
                "dynamodb",
                end < 0 ? streamArn : streamArn.substring(0, end),
                "aws:dynamodb:tableName",
                "kms:Decrypt");
        return new Call(
                "dynamodb",
                "dynamodb.amazonaws.com",
                "GetRecords",
                reading.accesses,
                reading.shown.put("streamArn", streamArn),
                List.of(streamArn),
                true,
                true);
    }

    private final class Reading {
        final List<Access> accesses = new ArrayList<>();
        final Set<String> resources = new LinkedHashSet<>();
        final ObjectNode shown = JsonNodeFactory.instance.objectNode();
        private final Set<String> throughKey = new LinkedHashSet<>();
        private final String operation;
        private final String enclosing;

        Reading(String operation) {
            this.operation = operation;
            enclosing = operation.startsWith("Transact") ? operation : "";
        }

        private Table table(JsonNode request) {
            String name = request.path("TableName").asText();
            String plain = name.substring(name.lastIndexOf('/') + 1);
            Table known = tables.get(plain);
            return known != null ? known : new Table(Arns.of("dynamodb", "table/" + plain), "", Map.of());
        }

        /** @param item what is written as a whole; a missing node for what goes by its Key */
        void item(String action, JsonNode request, JsonNode item, String batched) {
            Table table = table(request);
            String index = request.path("IndexName").asText("");
            String resource = index.isEmpty() ? table.arn() : table.arn() + "/index/" + index;
            String attribute =
                    index.isEmpty() ? table.partitionKey() : table.indexes().getOrDefault(index, "");
            JsonNode holder = item.isMissingNode() ? request.path("Key") : item;
            Context context = key -> switch (key) {
                case "dynamodb:leadingkeys" -> leadingKeys(attribute, request, holder);
                case "dynamodb:enclosingoperation" -> enclosing.isEmpty() ? null : List.of(enclosing);
                case "dynamodb:select" -> texts(request, "Select");
                case "dynamodb:returnvalues" -> texts(request, "ReturnValues");
                case "dynamodb:returnconsumedcapacity" -> texts(request, "ReturnConsumedCapacity");
                default -> null;
            };
            add(action, table.arn(), resource, context);
            ObjectNode into = batched.isEmpty()
                    ? shown
                    : shown.withArray(batched).addObject().put("action", action.substring(9));
            into.put("tableName", table.arn().substring(table.arn().lastIndexOf('/') + 1));
            if (!index.isEmpty()) into.put("indexName", index);
            List<String> leading = leadingKeys(attribute, request, holder);
            if (leading != null && !attribute.isEmpty())
                into.putObject("key").put(attribute, shown(String.join(" ", leading)));
        }

        private void add(String action, String table, String resource, Context context) {
            accesses.add(keyed.access(action, resource, table, context));
            resources.add(resource);
            if (throughKey.add(table))
                keyed.throughService(accesses, "dynamodb", table, "aws:dynamodb:tableName", "kms:Decrypt");
        }

        void transaction(JsonNode items) {
            for (JsonNode item : items)
                for (Map.Entry<String, JsonNode> one : item.properties()) {
                    String action = IN_TRANSACTION.getOrDefault(one.getKey(), one.getKey());
                    item("dynamodb:" + action, one.getValue(), one.getValue().path("Item"), "items");
                }
        }

        /** The batches have permissions of their own, one for each table. */
        void batch(JsonNode requests, String keys) {
            for (Map.Entry<String, JsonNode> entry : requests.properties()) {
                ObjectNode named = JsonNodeFactory.instance.objectNode().put("TableName", entry.getKey());
                Table table = table(named);
                List<String> leading = new ArrayList<>();
                JsonNode list =
                        keys.isEmpty() ? entry.getValue() : entry.getValue().path(keys);
                for (JsonNode one : list) {
                    JsonNode holder = keys.isEmpty()
                            ? one.path("PutRequest").path("Item").isMissingNode()
                                    ? one.path("DeleteRequest").path("Key")
                                    : one.path("PutRequest").path("Item")
                            : one;
                    String value = value(holder.path(table.partitionKey()));
                    if (value != null && !leading.contains(value)) leading.add(value);
                }
                Context context = key -> key.equals("dynamodb:leadingkeys") ? leading : null;
                add(
                        "dynamodb:" + (keys.isEmpty() ? "BatchWriteItem" : "BatchGetItem"),
                        table.arn(),
                        table.arn(),
                        context);
                ArrayNode into = shown.withArray("items");
                leading.forEach(key -> into.addObject()
                        .put("tableName", entry.getKey())
                        .putObject("key")
                        .put(table.partitionKey(), shown(key)));
            }
        }

        /** Tables and streams as such. */
        void whole(JsonNode input, boolean stream) {
            String arn = stream
                    ? input.path("StreamArn").asText(Arns.of("dynamodb", "table/*/stream/*"))
                    : input.has("TableName") ? table(input).arn() : "*";
            accesses.add(keyed.access("dynamodb:" + operation, arn, Context.EMPTY));
            resources.add(arn);
            if (input.has("TableName")) shown.set("tableName", input.get("TableName"));
        }
    }

    /** What somebody typed in place of a patient's id could be anything, even a name. */
    private static String shown(String key) {
        return TYPED.matcher(key).replaceAll("#P#[no id]");
    }

    private static @Nullable List<String> texts(JsonNode request, String name) {
        JsonNode value = request.get(name);
        return value == null ? null : List.of(value.asText());
    }

    private static @Nullable List<String> leadingKeys(String attribute, JsonNode request, JsonNode holder) {
        String value = value(holder.path(attribute));
        if (value == null) value = queried(attribute, request);
        return value == null ? null : List.of(value);
    }

    private static @Nullable String value(JsonNode typed) {
        for (String type : List.of("S", "N", "B"))
            if (typed.has(type)) return typed.get(type).asText();
        return null;
    }

    /** The value that a query's condition wants the partition key to equal. */
    private static @Nullable String queried(String attribute, JsonNode request) {
        JsonNode old = request.path("KeyConditions").path(attribute);
        if (old.path("ComparisonOperator").asText().equals("EQ"))
            return value(old.path("AttributeValueList").path(0));
        JsonNode names = request.path("ExpressionAttributeNames");
        JsonNode values = request.path("ExpressionAttributeValues");
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(request.path("KeyConditionExpression").asText());
        while (matcher.find()) tokens.add(matcher.group());
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (!tokens.get(i).equals("=")) continue;
            String left = tokens.get(i - 1);
            String right = tokens.get(i + 1);
            String name = left.startsWith(":") ? right : left;
            String wanted = left.startsWith(":") ? left : right;
            if (name.startsWith("#")) name = names.path(name).asText();
            if (name.equals(attribute)) return value(values.path(wanted));
        }
        return null;
    }
}
