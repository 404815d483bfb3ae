package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** SAM's Globals: maps merge, lists are put end to end, anything else is replaced by the resource's own value. */
final class Globals {
    private static final Map<String, String> SECTIONS = Map.of(
            "Function", "AWS::Serverless::Function",
            "Api", "AWS::Serverless::Api",
            "StateMachine", "AWS::Serverless::StateMachine",
            "LayerVersion", "AWS::Serverless::LayerVersion");

    private Globals() {}

    static ObjectNode merge(JsonNode globals, String type, JsonNode own, List<String> problems) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> section : globals.properties()) {
            String meant = SECTIONS.get(section.getKey());
            if (meant == null) problems.add("Globals." + section.getKey() + ": is not understood");
            else if (meant.equals(type)) merged = (ObjectNode) merged(merged, section.getValue());
        }
        return own.isObject() ? (ObjectNode) merged(merged, own) : merged;
    }

    private static JsonNode merged(JsonNode global, JsonNode own) {
        if (global.isObject() && own.isObject() && !intrinsic(global) && !intrinsic(own)) {
            ObjectNode both = ((ObjectNode) global).deepCopy();
            for (Map.Entry<String, JsonNode> entry : own.properties()) {
                JsonNode before = both.get(entry.getKey());
                both.set(entry.getKey(), before == null ? entry.getValue() : merged(before, entry.getValue()));
            }
            return both;
        }
        if (global.isArray() && own.isArray()) {
            ArrayNode both = ((ArrayNode) global).deepCopy();
            for (JsonNode item : own) both.add(item);
            return both;
        }
        return own;
    }

    private static boolean intrinsic(JsonNode node) {
        if (node.size() != 1) return false;
        String key = node.fieldNames().next();
        return key.equals("Ref") || key.startsWith("Fn::");
    }
}
