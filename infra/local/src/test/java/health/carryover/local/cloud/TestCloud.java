package health.carryover.local.cloud;

import health.carryover.local.template.Resource;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One small cloud that the tests of this package share; none of them may rely on its clock standing anywhere. */
abstract class TestCloud {
    static final LocalCloud CLOUD = LocalCloud.start(
            home(), Options.at(Instant.parse("2026-03-06T15:00:00Z")).withPort(0));
    static final DynamoDbClient DYNAMO = CLOUD.client(DynamoDbClient.builder());

    static Path home() {
        URL template = TestCloud.class.getResource("/cloud/template.yaml");
        if (template == null) throw new IllegalStateException("the test template is missing");
        return Objects.requireNonNull(Path.of(template.getPath()).getParent());
    }

    @BeforeEach
    void quiet() {
        CLOUD.waitUntilQuiet();
    }

    /** What a function wrote down under a subject, in order. */
    static List<Map<String, AttributeValue>> seen(String subject) {
        CLOUD.waitUntilQuiet();
        return DYNAMO.query(query -> query.tableName(ref("Seen"))
                        .keyConditionExpression("PK = :subject")
                        .expressionAttributeValues(Map.of(":subject", AttributeValue.fromS(subject))))
                .items();
    }

    static List<String> notes(String subject) {
        return seen(subject).stream().map(item -> text(item, "note")).toList();
    }

    static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null) throw new AssertionError("the item has no " + attribute);
        return value.s();
    }

    static String ref(String id) {
        Resource resource = CLOUD.template().resource(id);
        if (resource == null) throw new IllegalArgumentException("there is no resource " + id);
        return resource.ref();
    }
}
