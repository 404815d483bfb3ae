package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The template's parameters: what is given, else the default. */
final class Parameters {
    private static final Set<String> KEYS = Set.of(
            "Type",
            "Default",
            "AllowedValues",
            "AllowedPattern",
            "Description",
            "ConstraintDescription",
            "NoEcho",
            "MinLength",
            "MaxLength",
            "MinValue",
            "MaxValue");

    private Parameters() {}

    static Map<String, JsonNode> values(JsonNode declared, Map<String, String> given, List<String> problems) {
        Map<String, JsonNode> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : declared.properties()) {
            String name = entry.getKey();
            JsonNode parameter = entry.getValue();
            parameter.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) problems.add("Parameters." + name + "." + key + ": is not understood");
            });
            String value = given.containsKey(name)
                    ? given.get(name)
                    : parameter.has("Default") ? parameter.get("Default").asText() : null;
            if (value == null) {
                problems.add("Parameters." + name + ": has no default and no value was given");
                continue;
            }
            check(name, parameter, value, problems);
            values.put(name, typed(name, parameter.path("Type").asText(), value, problems));
        }
        for (String name : given.keySet())
            if (!declared.has(name)) problems.add("Parameters." + name + ": was given but is not declared");
        return values;
    }

    private static void check(String name, JsonNode parameter, String value, List<String> problems) {
        JsonNode allowed = parameter.path("AllowedValues");
        boolean listed = allowed.isMissingNode();
        for (JsonNode one : allowed) listed |= one.asText().equals(value);
        if (!listed) problems.add("Parameters." + name + ": '" + value + "' is not among " + allowed);
        JsonNode pattern = parameter.path("AllowedPattern");
        if (!pattern.isMissingNode() && !Pattern.matches(pattern.asText(), value))
            problems.add("Parameters." + name + ": '" + value + "' does not match " + pattern.asText());
    }

    private static JsonNode typed(String name, String type, String value, List<String> problems) {
        return switch (type) {
            case "String", "Number" -> JsonNodeFactory.instance.textNode(value);
            case "CommaDelimitedList", "List<Number>" -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                if (!value.isEmpty()) for (String part : value.split(",", -1)) list.add(part.strip());
                yield list;
            }
            default -> {
                problems.add("Parameters." + name + ".Type: " + type + " is not understood");
                yield JsonNodeFactory.instance.textNode(value);
            }
        };
    }
}
