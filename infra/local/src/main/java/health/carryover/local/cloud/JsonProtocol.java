package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** The JSON protocol of AWS ({@code X-Amz-Target: Prefix.Operation}) around one service. */
record JsonProtocol(JsonService service) implements Service {
    @Override
    public Optional<Asked> asked(Ask ask) {
        return Optional.of(read(ask));
    }

    @Override
    public Reply answer(Ask ask) {
        Asked asked = read(ask);
        JsonNode output = service.call(asked.operation(), asked.input());
        return Reply.of(200, "application/x-amz-json-1.1", Json.bytes(output));
    }

    private static Asked read(Ask ask) {
        String target = ask.header("X-Amz-Target");
        if (target == null) throw new AwsError("MissingAction", "the request has no X-Amz-Target");
        try {
            return new Asked(target.substring(target.lastIndexOf('.') + 1), Json.read(ask.body()));
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
