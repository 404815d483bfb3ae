package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Stream records as a Lambda function receives them. */
final class StreamRecords {
    private StreamRecords() {}

    static ObjectNode json(Record record, String streamArn, Instant at) {
        StreamRecord change = record.dynamodb();
        ObjectNode json = Json.object()
                .put("eventID", record.eventID())
                .put("eventName", record.eventNameAsString())
                .put("eventVersion", "1.1")
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", Arn.REGION);
        ObjectNode dynamodb = json.putObject("dynamodb")
                .put("ApproximateCreationDateTime", at.getEpochSecond())
                .put("SequenceNumber", change.sequenceNumber())
                .put("SizeBytes", change.sizeBytes())
                .put("StreamViewType", change.streamViewTypeAsString());
        dynamodb.set("Keys", map(change.keys()));
        if (change.hasNewImage()) dynamodb.set("NewImage", map(change.newImage()));
        if (change.hasOldImage()) dynamodb.set("OldImage", map(change.oldImage()));
        return json.put("eventSourceARN", streamArn);
    }

    private static ObjectNode map(Map<String, AttributeValue> attributes) {
        ObjectNode map = Json.object();
        attributes.forEach((name, value) -> map.set(name, typed(value)));
        return map;
    }

    private static JsonNode typed(AttributeValue value) {
        ObjectNode typed = Json.object();
        switch (value.type()) {
            case S -> typed.put("S", value.s());
            case N -> typed.put("N", value.n());
            case B -> typed.put("B", base64(value.b()));
            case BOOL -> typed.put("BOOL", value.bool());
            case NUL -> typed.put("NULL", true);
            case SS -> value.ss().forEach(typed.putArray("SS")::add);
            case NS -> value.ns().forEach(typed.putArray("NS")::add);
            case BS -> {
                ArrayNode set = typed.putArray("BS");
                value.bs().forEach(bytes -> set.add(base64(bytes)));
            }
            case L -> {
                ArrayNode list = typed.putArray("L");
                value.l().forEach(item -> list.add(typed(item)));
            }
            case M -> typed.set("M", map(value.m()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("an attribute of unknown type in a stream");
        }
        return typed;
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }
}
