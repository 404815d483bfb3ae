package health.carryover.platform.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item as a table's export to S3 has it, in DynamoDB JSON: {@code {"PK":{"S":"..."},"sealed":{"B":"base64"}}}. */
public record Exported(JsonNode item) {
    /** @throws IllegalArgumentException naming an attribute of a type that no item of ours has */
    Map<String, AttributeValue> attributes() {
        Map<String, AttributeValue> attributes = new HashMap<>();
        item.properties().forEach(attribute -> {
            JsonNode value = attribute.getValue();
            if (value.has("S"))
                attributes.put(
                        attribute.getKey(), AttributeValue.fromS(value.path("S").asText()));
            else if (value.has("N"))
                attributes.put(
                        attribute.getKey(), AttributeValue.fromN(value.path("N").asText()));
            else if (value.has("B")) attributes.put(attribute.getKey(), bytes(attribute.getKey(), value.path("B")));
            else throw new IllegalArgumentException("attribute " + attribute.getKey() + " is of no type S, N or B");
        });
        return attributes;
    }

    private static AttributeValue bytes(String attribute, JsonNode base64) {
        try {
            return AttributeValue.fromB(SdkBytes.fromByteArray(base64.binaryValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("attribute " + attribute + " is not base 64"));
        }
    }
}
