package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a Map state and what becomes of them before a child sees them. */
final class MapItems {
    /** Input of one child execution of a Distributed Map, and how many items it holds. */
    record Batch(JsonNode input, int items) {}

    private MapItems() {}

    /** Items as given, or the input; anything but an array is refused. */
    static ArrayNode inline(State.MapState map, JsonNode input, Template template) {
        if (map.items() != null) return (ArrayNode) template.fill(map.items(), "Items", "array");
        if (input instanceof ArrayNode array) return array;
        throw new Template.QueryFailure(null, "Map state input must be an array but was: " + Json.text(input));
    }

    /** As {@link #inline}, but the members of an object are items too, as the documentation says of Distributed Maps. */
    static ArrayNode distributed(State.MapState map, JsonNode input, Template template) {
        JsonNode items = map.items() == null ? input : template.fill(map.items(), "Items");
        if (!items.isObject()) return inline(map, input, template);
        ArrayNode members = Json.array();
        items.properties().forEach(member -> {
            ObjectNode item = members.addObject().put("Key", member.getKey());
            item.set("Value", member.getValue());
        });
        return members;
    }

    /** Cuts the items into batches: at most so many items, at most so many bytes of input, and at least one item. */
    static List<Batch> batches(List<JsonNode> items, @Nullable JsonNode batcher, Template template) {
        List<Batch> batches = new ArrayList<>();
        if (batcher == null) {
            items.forEach(item -> batches.add(new Batch(item, 1)));
            return batches;
        }
        int most = limit(batcher, "MaxItemsPerBatch", Integer.MAX_VALUE, template);
        int bytes = limit(batcher, "MaxInputBytesPerBatch", Json.LIMIT_BYTES, template);
        JsonNode shared =
                batcher.has("BatchInput") ? template.fill(batcher.get("BatchInput"), "ItemBatcher/BatchInput") : null;
        ArrayNode open = Json.array();
        int size = Json.bytes(batch(open, shared));
        int openSize = size;
        for (JsonNode item : items) {
            int more = Json.bytes(item) + 1;
            if (!open.isEmpty() && (open.size() == most || openSize + more > bytes)) {
                batches.add(new Batch(batch(open, shared), open.size()));
                open = Json.array();
                openSize = size;
            }
            open.add(item);
            openSize += more;
        }
        if (!open.isEmpty()) batches.add(new Batch(batch(open, shared), open.size()));
        return batches;
    }

    private static int limit(JsonNode batcher, String field, int fallback, Template template) {
        return batcher.has(field)
                ? template.integer(batcher.get(field), "ItemBatcher/" + field, 1, fallback)
                : fallback;
    }

    private static ObjectNode batch(ArrayNode items, @Nullable JsonNode shared) {
        ObjectNode batch = Json.object();
        batch.set("Items", items);
        if (shared != null) batch.set("BatchInput", shared);
        return batch;
    }
}
