package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class StreamTest extends TestCloud {
    @Test
    void a_reported_record_is_read_again_after_a_pause_and_those_before_it_are_not() {
        int before = notes("stream").size();
        Instant start = CLOUD.clock().instant();
        DYNAMO.transactWriteItems(write -> write.transactItems(
                put("a1", Map.of()), put("a2", Map.of("fails", AttributeValue.fromN("2"))), put("a3", Map.of())));
        CLOUD.waitUntilQuiet();
        assertThat(visited(before, "a")).startsWith("a1", "a2").doesNotContain("a3");
        CLOUD.clock().advance(Duration.ofMinutes(5));
        List<String> visits = visited(before, "a");
        assertThat(visits).containsExactly("a1", "a2", "a2", "a2", "a3");
        Instant last = Instant.parse(text(seen("stream").getLast(), "at"));
        assertThat(last).isEqualTo(start.plusSeconds(2 + 4));
    }

    @Test
    void only_what_the_filter_lets_through_arrives() {
        int before = notes("stream").size();
        visit("b1", Map.of("kind", AttributeValue.fromS("other")));
        visit("b2", Map.of());
        visit("b2", Map.of("again", AttributeValue.fromBool(true)));
        CLOUD.clock().advance(Duration.ofMinutes(5));
        assertThat(visited(before, "b")).containsExactly("b2");
    }

    @Test
    void a_record_that_always_throws_is_cut_out_of_its_batch_and_given_up_to_the_queue() {
        int before = notes("stream").size();
        DYNAMO.transactWriteItems(write -> write.transactItems(
                put("c1", Map.of()), put("c2", Map.of("throws", AttributeValue.fromBool(true))), put("c3", Map.of())));
        CLOUD.clock().advance(Duration.ofMinutes(10));
        assertThat(visited(before, "c")).contains("c1", "c3").doesNotContain("c2");
        try (SqsClient sqs = CLOUD.client(SqsClient.builder())) {
            Message given = sqs.receiveMessage(receive -> receive.queueUrl(ref("Failures")))
                    .messages()
                    .getFirst();
            JsonNode record = Json.parse(given.body());
            assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
            assertThat(record.at("/requestContext/approximateInvokeCount").asInt())
                    .isEqualTo(3);
            assertThat(record.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
            sqs.deleteMessage(delete -> delete.queueUrl(ref("Failures")).receiptHandle(given.receiptHandle()));
        }
    }

    private static List<String> visited(int before, String prefix) {
        return notes("stream").stream()
                .skip(before)
                .filter(note -> note.startsWith(prefix))
                .toList();
    }

    private static void visit(String id, Map<String, AttributeValue> more) {
        DYNAMO.putItem(put -> put.tableName(ref("Visits")).item(item(id, more)));
    }

    private static TransactWriteItem put(String id, Map<String, AttributeValue> more) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(ref("Visits")).item(item(id, more)))
                .build();
    }

    private static Map<String, AttributeValue> item(String id, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item =
                new HashMap<>(Map.of("PK", AttributeValue.fromS(id), "kind", AttributeValue.fromS("visit")));
        item.putAll(more);
        return item;
    }
}
