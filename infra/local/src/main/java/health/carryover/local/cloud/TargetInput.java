package health.carryover.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rule's target is given of an event: the event, a constant, a part, or a text made of parts. */
final class TargetInput {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[([0-9]+)]|\\[['\"]([^'\"]+)['\"]]");
    private static final Pattern VARIABLE = Pattern.compile("<([A-Za-z0-9_.-]+)>");

    private TargetInput() {}

    static JsonNode of(JsonNode target, JsonNode event) {
        if (target.has("Input")) return Json.parse(target.get("Input").asText());
        if (target.has("InputPath")) return at(target.get("InputPath").asText(), event);
        if (target.has("InputTransformer")) return transformed(target.get("InputTransformer"), event);
        return event;
    }

    private static JsonNode at(String path, JsonNode event) {
        JsonNode node = event;
        Matcher steps = STEP.matcher(path);
        int end = 1;
        while (steps.find() && steps.start() == end) {
            String index = steps.group(2);
            node = index != null
                    ? node.path(Integer.parseInt(index))
                    : node.path(steps.group(1) != null ? steps.group(1) : steps.group(3));
            end = steps.end();
        }
        if (!path.startsWith("$") || end != path.length())
            throw new IllegalArgumentException("the path " + path + " is not understood");
        return node;
    }

    /** As EventBridge: a text inside quotes goes in bare, any other value as JSON; what the event lacks is empty. */
    private static JsonNode transformed(JsonNode transformer, JsonNode event) {
        Map<String, JsonNode> values = new HashMap<>();
        transformer
                .path("InputPathsMap")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), at(entry.getValue().asText(), event)));
        values.put("aws.events.event", event);
        values.put("aws.events.event.json", event);
        values.put("aws.events.event.ingestion-time", event.path("time"));
        String template = transformer.path("InputTemplate").asText();
        Matcher variables = VARIABLE.matcher(template);
        StringBuilder made = new StringBuilder();
        while (variables.find()) {
            JsonNode value = values.get(variables.group(1));
            String text = variables.group();
            if (value != null) {
                boolean quoted = quoted(template, variables.start());
                String json = value.isMissingNode() ? (quoted ? "" : "null") : Json.text(value);
                text = quoted && value.isTextual() ? json.substring(1, json.length() - 1) : json;
                if (quoted && value.isContainerNode())
                    text = Json.text(new TextNode(json)).replaceAll("^\"|\"$", "");
            }
            variables.appendReplacement(made, Matcher.quoteReplacement(text));
        }
        variables.appendTail(made);
        try {
            return Json.MAPPER.readTree(made.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the InputTemplate does not make JSON: " + template, e);
        }
    }

    private static boolean quoted(String template, int position) {
        boolean inside = false;
        for (int i = 0; i < position; i++) {
            if (template.charAt(i) == '\\') i++;
            else if (template.charAt(i) == '"') inside = !inside;
        }
        return inside;
    }
}
