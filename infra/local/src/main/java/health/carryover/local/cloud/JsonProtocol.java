package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The JSON protocol of AWS ({@code X-Amz-Target: Prefix.Operation}) around one service. */
record JsonProtocol(JsonService service) implements Service {
    @Override
    public Reply answer(Ask ask) {
        String target = ask.header("X-Amz-Target");
        if (target == null) throw new AwsError("MissingAction", "the request has no X-Amz-Target");
        try {
            JsonNode input = Json.read(ask.body());
            JsonNode output = service.call(target.substring(target.lastIndexOf('.') + 1), input);
            return Reply.of(200, "application/x-amz-json-1.1", Json.bytes(output));
        } catch (IOException e) {
            throw new AwsError("SerializationException", "the request body is not JSON");
        }
    }

    static Reply error(AwsError error) {
        ObjectNode body = Json.object().put("__type", error.code()).put("message", error.getMessage());
        return Reply.of(error.status(), "application/x-amz-json-1.1", Json.bytes(body))
                .with("x-amzn-ErrorType", error.code());
    }
}
