package health.carryover.local.loop;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.template.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The raw items of the template's tables, as somebody with the tables but without keys would read them. */
final class Tables {
    private final LocalCloud cloud;
    private final DynamoDbClient client;

    Tables(LocalCloud cloud) {
        this.cloud = cloud;
        client = cloud.client(DynamoDbClient.builder());
    }

    DynamoDbClient client() {
        return client;
    }

    /** The physical name of a table. */
    String name(String logicalId) {
        Resource table = cloud.template().resource(logicalId);
        if (table == null) throw new IllegalArgumentException("there is no table " + logicalId);
        return table.ref();
    }

    List<String> all() {
        return cloud.template().ofType("AWS::DynamoDB::Table").stream()
                .map(Resource::id)
                .toList();
    }

    List<Map<String, AttributeValue>> items(String logicalId) {
        return client.scanPaginator(scan -> scan.tableName(name(logicalId)).consistentRead(true)).items().stream()
                .toList();
    }

    /** The items of one partition whose sort key begins so, in key order. */
    List<Map<String, AttributeValue>> items(String logicalId, String pk, String prefix) {
        return client
                .queryPaginator(query -> query.tableName(name(logicalId))
                        .consistentRead(true)
                        .keyConditionExpression("PK = :pk AND begins_with(SK, :prefix)")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(pk), ":prefix", AttributeValue.fromS(prefix))))
                .items()
                .stream()
                .toList();
    }

    /** How many items each table has; refusals, which are audited, left out. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : all())
            counts.put(
                    table,
                    items(table).stream()
                            .filter(item -> !item.getOrDefault("outcome", AttributeValue.fromS(""))
                                    .s()
                                    .equals("REFUSED"))
                            .count());
        return counts;
    }

    /** Operations of the audit events about a patient, with their outcome: {@code "UploadSession ALLOWED"}. */
    List<String> audit(String pk) {
        return items("Audit", pk, "2").stream()
                .map(item ->
                        item.get("operation").s() + " " + item.get("outcome").s())
                .toList();
    }
}
