package health.carryover.local.cloud.handlers;

import health.carryover.platform.environment.Environment;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes down what a function saw, in the order of seeing. */
final class Seen {
    private final DynamoDbClient dynamo;
    private final String table;
    private final Environment environment;
    private int count;

    Seen(Environment environment) {
        this.environment = environment;
        dynamo = environment.client(DynamoDbClient.builder());
        table = environment.variable("SEEN_TABLE");
    }

    synchronized void add(String subject, String note) {
        count++;
        dynamo.putItem(put -> put.tableName(table)
                .item(Map.of(
                        "PK", AttributeValue.fromS(subject),
                        "SK", AttributeValue.fromS(String.format("%05d", count)),
                        "at", AttributeValue.fromS(environment.time().instant().toString()),
                        "note", AttributeValue.fromS(note))));
    }
}
