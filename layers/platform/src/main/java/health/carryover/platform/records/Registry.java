package health.carryover.platform.records;

import health.carryover.platform.environment.Environment;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Which clinics a deployment serves. Nothing clinical, so nothing sealed; read by the night run alone. */
public final class Registry {
    /** @param zone decides when the clinic's night is */
    public record Listed(String clinic, ZoneId zone, int cap) {}

    private final DynamoDbClient tables;
    private final String table;

    public Registry(Environment environment) {
        tables = environment.client(DynamoDbClient.builder());
        table = environment.variable("RECORDS_TABLE");
    }

    public TransactWriteItem entry(Listed listed) {
        Key key = Key.registry(listed.clinic());
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(Map.of(
                                "PK", AttributeValue.fromS(key.pk()),
                                "SK", AttributeValue.fromS(key.sk()),
                                "type", AttributeValue.fromS("clinicEntry"),
                                "zone", AttributeValue.fromS(listed.zone().getId()),
                                "cap", AttributeValue.fromN(Integer.toString(listed.cap())))))
                .build();
    }

    /** All clinics, cell by cell. */
    public List<Listed> clinics() {
        List<Listed> clinics = new ArrayList<>();
        for (int cell = 0; cell < Key.CELLS; cell++) {
            String pk = Key.cellPk(cell);
            tables.queryPaginator(query -> query.tableName(table)
                            .keyConditionExpression("PK = :pk")
                            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
                    .items()
                    .forEach(item -> clinics.add(new Listed(
                            Attributes.require(item, "SK").s().substring("CLINIC#".length()),
                            ZoneId.of(Attributes.require(item, "zone").s()),
                            Integer.parseInt(Attributes.require(item, "cap").n()))));
        }
        return clinics;
    }
}
