package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.local.clock.VirtualClock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

class GateTest {
    @Test
    void tables_are_shared_by_all_callers_and_an_unknown_service_is_named() {
        AtomicInteger writes = new AtomicInteger();
        try (VirtualClock clock = new VirtualClock(Instant.parse("2026-03-02T15:00:00Z"));
                DynamoDb dynamo = new DynamoDb(clock, writes::incrementAndGet);
                Gate gate = new Gate(clock, key -> new Caller(key, key, Map.of()), 0)) {
            gate.mountHandler("dynamodb", dynamo);
            gate.open();
            try (DynamoDbClient one = client(gate, "FunctionOne", DynamoDbClient.builder());
                    DynamoDbClient two = client(gate, "FunctionTwo", DynamoDbClient.builder());
                    SfnClient steps = client(gate, "local", SfnClient.builder())) {
                one.createTable(t -> t.tableName("Records")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(a -> a.attributeName("PK").attributeType(ScalarAttributeType.S))
                        .keySchema(k -> k.attributeName("PK").keyType(KeyType.HASH)));
                one.putItem(p -> p.tableName("Records").item(Map.of("PK", AttributeValue.fromS("C#1"))));
                assertThat(two.getItem(g -> g.tableName("Records").key(Map.of("PK", AttributeValue.fromS("C#1"))))
                                .hasItem())
                        .isTrue();
                clock.awaitQuiet();
                assertThat(writes).hasValue(1);
                assertThatThrownBy(steps::listStateMachines)
                        .isInstanceOf(SfnException.class)
                        .hasMessageContaining("no service 'states'");
            }
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(Gate gate, String key, B builder) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(gate.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "carryover")))
                .build();
    }
}
