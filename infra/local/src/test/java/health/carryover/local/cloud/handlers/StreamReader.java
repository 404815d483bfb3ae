package health.carryover.local.cloud.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.platform.environment.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads visits; a visit says how often it is reported as failed, or that reading it throws. */
public final class StreamReader implements RequestStreamHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Seen seen;
    private final Map<String, Integer> failures = new HashMap<>();

    StreamReader(Environment environment) {
        seen = new Seen(environment);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode failed = answer.putArray("batchItemFailures");
        for (JsonNode record : JSON.readTree(input).path("Records")) {
            JsonNode image = record.path("dynamodb").path("NewImage");
            String visit = image.path("PK").path("S").asText();
            if (image.has("throws")) throw new IllegalStateException("a visit that cannot be read");
            seen.add("stream", visit);
            int wanted = image.path("fails").path("N").asInt(0);
            if (failures.merge(visit, 1, Integer::sum) <= wanted) {
                failed.addObject()
                        .put(
                                "itemIdentifier",
                                record.path("dynamodb").path("SequenceNumber").asText());
                break;
            }
        }
        JSON.writeValue(output, answer);
    }
}
