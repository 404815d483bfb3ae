package health.carryover.platform.records;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes of items that have no sealed content. */
public final class Attributes {
    private Attributes() {}

    /** @throws IllegalStateException naming the attribute that the item lacks */
    public static AttributeValue require(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) throw new IllegalStateException("item lacks its attribute " + name);
        return value;
    }
}
