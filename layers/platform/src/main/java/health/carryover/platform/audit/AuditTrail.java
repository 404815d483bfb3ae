package health.carryover.platform.audit;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Table Audit, append only. A change is audited in its own transaction, a read before its answer leaves. */
public final class AuditTrail {
    private final DynamoDbClient tables;
    private final String table;

    public AuditTrail(Environment environment) {
        tables = environment.client(DynamoDbClient.builder());
        table = environment.variable("AUDIT_TABLE");
    }

    /** To be part of the transaction that makes the change. */
    public TransactWriteItem item(AuditEvent event) {
        return TransactWriteItem.builder()
                .put(put ->
                        put.tableName(table).item(attributes(event)).conditionExpression("attribute_not_exists(PK)"))
                .build();
    }

    public void write(AuditEvent event) {
        tables.putItem(
                put -> put.tableName(table).item(attributes(event)).conditionExpression("attribute_not_exists(PK)"));
    }

    private static Map<String, AttributeValue> attributes(AuditEvent event) {
        String clinic = Key.clinicPk(event.clinic());
        String sortKey = Key.instant(event.at()) + "#" + UUID.randomUUID();
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("PK", AttributeValue.fromS(event.patient() == null ? clinic : clinic + "#P#" + event.patient()));
        item.put("SK", AttributeValue.fromS(sortKey));
        item.put("GSI1PK", AttributeValue.fromS(clinic + "#U#" + event.actor()));
        item.put("GSI1SK", AttributeValue.fromS(sortKey));
        item.put("actor", AttributeValue.fromS(event.actor()));
        item.put("roles", AttributeValue.fromS(event.roles()));
        item.put("operation", AttributeValue.fromS(event.operation()));
        item.put("outcome", AttributeValue.fromS(event.outcome()));
        item.put("requestId", AttributeValue.fromS(event.requestId()));
        return item;
    }
}
