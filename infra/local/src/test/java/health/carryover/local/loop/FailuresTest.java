package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a function could not do after all tries lies in the queue of failures, which is encrypted and theirs to reach. */
class FailuresTest extends RecordedCloud {
    private static final SqsClient SQS = CLOUD.client(SqsClient.builder());

    /** Messages that tell of this function, taken out of the queue. */
    private static List<String> failures(String function) {
        CLOUD.waitUntilQuiet();
        String queue = ref("Failures");
        List<Message> all = SQS.receiveMessage(
                        receive -> receive.queueUrl(queue).maxNumberOfMessages(10))
                .messages();
        all.forEach(
                message -> SQS.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle())));
        return all.stream()
                .map(Message::body)
                .filter(body -> Json.MAPPER
                        .convertValue(parsed(body), JsonNode.class)
                        .at("/requestContext/functionArn")
                        .asText()
                        .contains(ref(function)))
                .toList();
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("a message is not JSON", e);
        }
    }

    private static String ref(String id) {
        return Objects.requireNonNull(CLOUD.template().resource(id)).ref();
    }

    private static void invoke(String function, Object payload) {
        try (LambdaClient lambda = CLOUD.client(LambdaClient.builder())) {
            lambda.invoke(invoke -> invoke.functionName(ref(function))
                    .qualifier("live")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(
                            Json.MAPPER.valueToTree(payload).toString())));
        }
        advance(Duration.ofMinutes(10));
    }

    @Test
    void an_ended_execution_that_cannot_be_compensated() {
        failures("CompensateEscalationFunction");
        invoke("CompensateEscalationFunction", Map.of("detail", Map.of("name", "e-broken", "input", "not JSON")));
        assertThat(failures("CompensateEscalationFunction")).hasSize(1);
    }

    @Test
    void an_arrived_recording_that_cannot_be_read() {
        Small small = small();
        JsonNode address = announced(small, squats(1));
        failures("RecordingArrivalFunction");
        // Announced, and said to have arrived, but S3 has no such version.
        invoke(
                "RecordingArrivalFunction",
                Map.of("detail", Map.of("object", Map.of("key", key(small, address), "version-id", "gone"))));
        assertThat(failures("RecordingArrivalFunction")).hasSize(1);
    }

    @Test
    void a_stored_session_that_cannot_be_opened() {
        Small small = small();
        failures("SessionEventsFunction");
        Tables tables = new Tables(CLOUD);
        String pk = Key.patientPk(small.ref());
        String sk = "SESSION#damaged#" + UUID.randomUUID();
        tables.client()
                .putItem(put -> put.tableName(tables.name("Records"))
                        .item(Map.of(
                                "PK", AttributeValue.fromS(pk),
                                "SK", AttributeValue.fromS(sk),
                                "type", AttributeValue.fromS("session"),
                                "version", AttributeValue.fromN("1"),
                                "sealed", AttributeValue.fromB(SdkBytes.fromUtf8String("damaged")))));
        CLOUD.waitUntilQuiet();
        advance(Duration.ofMinutes(30));
        assertThat(failures("SessionEventsFunction")).isNotEmpty();
        // Other tests go on in this cloud, and their nights read every patient.
        tables.client()
                .deleteItem(delete -> delete.tableName(tables.name("Records"))
                        .key(Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS(sk))));
    }
}
