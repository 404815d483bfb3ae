package health.carryover.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LambdaSerializerTest {
    record Input(String clinic, Instant at, Optional<String> word) {}

    private final LambdaSerializer serializer = new LambdaSerializer();

    private static ByteArrayInputStream bytes(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private String written(Object value) {
        var output = new ByteArrayOutputStream();
        serializer.toJson(value, output, value.getClass());
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void lambda_finds_it_as_the_only_one() {
        assertThat(ServiceLoader.load(CustomPojoSerializer.class))
                .singleElement()
                .isInstanceOf(LambdaSerializer.class);
    }

    @Test
    void records_are_read_and_written_with_times_as_text() {
        Input input = new Input("c", Instant.parse("2026-01-05T15:00:00Z"), Optional.empty());
        String json = "{'clinic':'c','at':'2026-01-05T15:00:00Z'}";
        assertThat(this.<Input>read(json, Input.class)).isEqualTo(input);
        assertThat(written(input)).isEqualTo(json.replace('\'', '"'));
    }

    private <T> T read(String json, Class<T> type) {
        T fromStream = serializer.fromJson(bytes(json), type);
        T fromText = serializer.fromJson(json.replace('\'', '"'), type);
        if (type.isRecord()) assertThat(fromText).isEqualTo(fromStream);
        return fromStream;
    }

    @Test
    void a_member_that_the_record_does_not_know_is_refused() {
        assertThatThrownBy(() -> read("{'clinic':'c','at':'2026-01-05T15:00:00Z','more':1}", Input.class))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void an_event_of_the_gateway_is_read_with_members_that_we_do_not_use() {
        APIGatewayProxyRequestEvent event = read(
                "{'resource':'/v1/me','httpMethod':'GET','headers':{'a':'b'},'unknown':{'x':1},'isBase64Encoded':false,"
                        + "'requestContext':{'requestId':'r','authorizer':{'claims':{'sub':'s'}}}}",
                APIGatewayProxyRequestEvent.class);
        assertThat(event.getResource()).isEqualTo("/v1/me");
        assertThat(event.getRequestContext().getRequestId()).isEqualTo("r");
        assertThat(event.getRequestContext().getAuthorizer().get("claims")).isEqualTo(Map.of("sub", "s"));
    }

    @Test
    void an_event_of_a_stream_is_read_with_its_capital_letters() {
        DynamodbEvent event = read(
                "{'Records':[{'eventName':'INSERT','dynamodb':{'ApproximateCreationDateTime':1767625200,"
                        + "'Keys':{'PK':{'S':'C#c#P#p'}},'NewImage':{'sealed':{'B':'AQ=='},'version':{'N':'1'}},"
                        + "'SequenceNumber':'7'}}]}",
                DynamodbEvent.class);
        var record = event.getRecords().getFirst().getDynamodb();
        assertThat(record.getKeys().get("PK").getS()).isEqualTo("C#c#P#p");
        assertThat(record.getNewImage().get("sealed").getB().get(0)).isEqualTo((byte) 1);
        assertThat(record.getSequenceNumber()).isEqualTo("7");
    }

    @Test
    void an_answer_to_a_stream_is_written_as_lambda_reads_it() {
        assertThat(written(new StreamsEventResponse(List.of(new StreamsEventResponse.BatchItemFailure("7")))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}");
    }

    @Test
    void an_answer_to_the_gateway_is_written_as_it_reads_it() {
        assertThat(written(new APIGatewayProxyResponseEvent()
                        .withStatusCode(200)
                        .withHeaders(Map.of("a", "b"))
                        .withBody("{}")
                        .withIsBase64Encoded(false)))
                .contains(
                        "\"statusCode\":200",
                        "\"headers\":{\"a\":\"b\"}",
                        "\"body\":\"{}\"",
                        "\"isBase64Encoded\":false");
    }
}
