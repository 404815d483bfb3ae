package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One resource with every intrinsic resolved.
 *
 * @param id its logical id
 * @param properties Globals of SAM merged in
 * @param name the last part of its ARN: what AWS shows as its name
 * @param ref what {@code Ref} gives: a name, an id, a URL or an ARN, by type as on AWS
 * @param attributes what {@code Fn::GetAtt} gives
 */
public record Resource(
        String id,
        String type,
        ObjectNode properties,
        ObjectNode metadata,
        String name,
        String ref,
        Map<String, String> attributes) {
    /** A property by its path of names, or a missing node. */
    public JsonNode at(String... names) {
        JsonNode node = properties;
        for (String name : names) node = node.path(name);
        return node;
    }

    public String text(String property, String otherwise) {
        JsonNode node = properties.get(property);
        return node == null || node.isNull() ? otherwise : node.asText();
    }

    public @Nullable String text(String property) {
        JsonNode node = properties.get(property);
        return node == null || node.isNull() ? null : node.asText();
    }

    /** Its ARN. */
    public String arn() {
        String arn = attributes.get("Arn");
        return arn == null ? ref : arn;
    }

    /** The members of a map property such as {@code Events}. */
    public List<Map.Entry<String, JsonNode>> entries(String property) {
        return new ArrayList<>(at(property).properties());
    }
}
