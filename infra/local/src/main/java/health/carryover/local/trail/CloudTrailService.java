package health.carryover.local.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.JsonService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * CloudTrail's LookupEvents. It finds data events too, which AWS keeps out of the event history: there they are read from
 * the bucket by Athena.
 */
public final class CloudTrailService implements JsonService {
    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int MOST = 50;

    private final TrailReader reader;
    private final InstantSource time;

    public CloudTrailService(TrailReader reader, InstantSource time) {
        this.reader = reader;
        this.time = time;
    }

    @Override
    public JsonNode call(String operation, JsonNode input) {
        if (!operation.equals("LookupEvents"))
            throw new AwsError(501, "UnknownOperationException", "the local cloud's cloudtrail has no " + operation);
        JsonNode attributes = input.path("LookupAttributes");
        if (attributes.size() > 1)
            throw new AwsError("InvalidLookupAttributesException", "only one lookup attribute is allowed");
        int most = input.path("MaxResults").asInt(MOST);
        if (most < 1 || most > MOST)
            throw new AwsError("InvalidMaxResultsException", "MaxResults is from 1 to " + MOST);
        int skip = skip(input.path("NextToken").textValue());
        Instant now = time.instant();
        Instant from = instant(input.get("StartTime"), now.minus(HISTORY));
        Instant to = instant(input.get("EndTime"), now);
        if (to.isBefore(from)) throw new AwsError("InvalidTimeRangeException", "EndTime is before StartTime");
        Predicate<JsonNode> matches = attributes.isEmpty()
                ? _ -> true
                : attribute(
                        attributes.path(0).path("AttributeKey").asText(),
                        attributes.path(0).path("AttributeValue").asText());
        List<JsonNode> found = reader.read(from, to, matches, skip, most + 1);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode events = answer.putArray("Events");
        found.stream().limit(most).forEach(record -> events.add(event(record)));
        if (found.size() > most) answer.put("NextToken", Integer.toString(skip + most));
        return answer;
    }

    private static int skip(@Nullable String token) {
        try {
            return token == null ? 0 : Math.max(0, Integer.parseInt(token));
        } catch (NumberFormatException e) {
            throw new AwsError("InvalidNextTokenException", "NextToken is not one of ours");
        }
    }

    private static Instant instant(@Nullable JsonNode epochSeconds, Instant otherwise) {
        return epochSeconds == null ? otherwise : Instant.ofEpochSecond(epochSeconds.asLong());
    }

    private static Predicate<JsonNode> attribute(String key, String wanted) {
        return switch (key) {
            case "EventId" -> record -> record.path("eventID").asText().equals(wanted);
            case "EventName" -> record -> record.path("eventName").asText().equals(wanted);
            case "EventSource" -> record -> record.path("eventSource").asText().equals(wanted);
            case "ReadOnly" -> record -> record.path("readOnly").asText().equals(wanted);
            case "AccessKeyId" ->
                record ->
                        record.path("userIdentity").path("accessKeyId").asText().equals(wanted);
            case "Username" -> record -> username(record).equals(wanted);
            case "ResourceType" -> record -> resource(record, "type", wanted);
            case "ResourceName" -> record -> resource(record, "ARN", wanted);
            default -> throw new AwsError("InvalidLookupAttributesException", "there is no attribute " + key);
        };
    }

    /** By the ARN or its last part. */
    private static boolean resource(JsonNode record, String member, String wanted) {
        for (JsonNode resource : record.path("resources")) {
            String value = resource.path(member).asText();
            if (value.equals(wanted) || value.endsWith(":" + wanted) || value.endsWith("/" + wanted)) return true;
        }
        return false;
    }

    static String username(JsonNode record) {
        JsonNode identity = record.path("userIdentity");
        String arn = identity.path("arn").asText();
        return arn.isEmpty() ? identity.path("invokedBy").asText() : arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static ObjectNode event(JsonNode record) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("EventId", record.path("eventID").asText())
                .put("EventName", record.path("eventName").asText())
                .put("ReadOnly", record.path("readOnly").asText())
                .put(
                        "EventTime",
                        Instant.parse(record.path("eventTime").asText()).getEpochSecond())
                .put("EventSource", record.path("eventSource").asText())
                .put("Username", username(record));
        String key = record.path("userIdentity").path("accessKeyId").asText("");
        if (!key.isEmpty()) event.put("AccessKeyId", key);
        ArrayNode resources = event.putArray("Resources");
        for (JsonNode resource : record.path("resources"))
            resources
                    .addObject()
                    .put("ResourceType", resource.path("type").asText())
                    .put("ResourceName", resource.path("ARN").asText());
        return event.put("CloudTrailEvent", record.toString());
    }
}
