package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Resolves CloudFormation's intrinsic functions in a tree. What is not understood becomes a problem that names the
 * place, and resolving goes on, so that all problems of a template are told at once.
 */
final class Intrinsics {
    /** Where names come from. */
    interface Scope {
        /** Null when nothing has this name. */
        @Nullable
        JsonNode ref(String name);

        /** Null when the resource has no such attribute. */
        @Nullable
        String attribute(String resource, String attribute);

        /** Null when there is no such condition. */
        @Nullable
        JsonNode condition(String name);

        JsonNode mappings();
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");
    /** Stands for AWS::NoValue until the property around it is dropped; the only POJO in a tree. */
    private static final JsonNode NO_VALUE = JSON.pojoNode("AWS::NoValue");

    private final Path home;
    private final Scope scope;
    private final List<String> problems;
    private final Deque<String> place = new ArrayDeque<>();

    Intrinsics(Path home, Scope scope, List<String> problems) {
        this.home = home;
        this.scope = scope;
        this.problems = problems;
    }

    /** @param at names the place in problems: {@code Records.Properties} */
    JsonNode resolve(String at, JsonNode node) {
        place.addLast(at);
        JsonNode resolved = resolve(node);
        place.removeLast();
        return resolved.isPojo() ? JSON.nullNode() : resolved;
    }

    private JsonNode resolve(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node);
            case ARRAY -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = 0; i < node.size(); i++) {
                    JsonNode item = at("[" + i + "]", node.get(i));
                    if (!item.isPojo()) array.add(item);
                }
                yield array;
            }
            case STRING -> {
                if (node.textValue().contains("{{resolve:"))
                    problem("the dynamic reference " + node.textValue() + " is not understood");
                yield node;
            }
            default -> node;
        };
    }

    private JsonNode object(ObjectNode node) {
        if (node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::"))
                return function(only.getKey(), only.getValue());
            if (only.getKey().equals("Condition") && only.getValue().isTextual() && inCondition())
                return condition(only.getValue().textValue());
        }
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().startsWith("Fn::")) {
                problem(entry.getKey() + " beside other keys is not understood");
                continue;
            }
            JsonNode value = at(entry.getKey(), entry.getValue());
            if (!value.isPojo()) object.set(entry.getKey(), value);
        }
        return object;
    }

    private boolean inCondition() {
        String first = place.peekFirst();
        return first != null && first.startsWith("Conditions.");
    }

    private JsonNode at(String step, JsonNode node) {
        place.addLast(step);
        JsonNode resolved = resolve(node);
        place.removeLast();
        return resolved;
    }

    private JsonNode function(String name, JsonNode argument) {
        return switch (name) {
            case "Ref" -> ref(argument.asText());
            case "Fn::GetAtt" -> attribute(argument.isTextual() ? Yaml.attribute(argument.textValue()) : argument);
            case "Fn::Sub" -> substitute(argument);
            case "Fn::Join" -> join(argument);
            case "Fn::Select" -> select(argument);
            case "Fn::Split" -> {
                ArrayNode parts = JSON.arrayNode();
                String text = text(resolve(argument.path(1)));
                for (String part : text.split(Pattern.quote(argument.path(0).asText()), -1)) parts.add(part);
                yield parts;
            }
            case "Fn::If" ->
                resolve(argument.path(condition(argument.path(0).asText()).asBoolean() ? 1 : 2));
            case "Fn::Equals" -> bool(text(resolve(argument.path(0))).equals(text(resolve(argument.path(1)))));
            case "Fn::Not" -> bool(!truth(argument.path(0)));
            case "Fn::And" -> bool(all(argument).stream().allMatch(JsonNode::asBoolean));
            case "Fn::Or" -> bool(all(argument).stream().anyMatch(JsonNode::asBoolean));
            case "Fn::FindInMap" -> find(argument);
            case "Fn::Transform" -> include(argument);
            default -> {
                problem("the intrinsic " + name + " is not understood");
                yield NO_VALUE;
            }
        };
    }

    private JsonNode ref(String name) {
        if (name.equals("AWS::NoValue")) return NO_VALUE;
        JsonNode value = scope.ref(name);
        if (value != null) return value;
        problem("Ref " + name + " names no parameter, resource or pseudo parameter");
        return JSON.textNode("");
    }

    private JsonNode attribute(JsonNode pair) {
        String resource = pair.path(0).asText();
        String attribute = text(resolve(pair.path(1)));
        String value = scope.attribute(resource, attribute);
        if (value != null) return JSON.textNode(value);
        problem("GetAtt " + resource + "." + attribute + " names no attribute that is understood");
        return JSON.textNode("");
    }

    private JsonNode substitute(JsonNode argument) {
        String text =
                argument.isTextual() ? argument.textValue() : argument.path(0).asText();
        JsonNode own = argument.isTextual() ? JSON.objectNode() : argument.path(1);
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2).strip();
            String value;
            if (!matcher.group(1).isEmpty()) value = "${" + matcher.group(2) + "}";
            else if (own.has(name)) value = text(resolve(own.get(name)));
            else if (name.contains(".")) value = dotted(name);
            else value = text(ref(name));
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(result);
        return JSON.textNode(result.toString());
    }

    /** {@code Function.Alias} is a Ref of SAM, anything else with a dot is an attribute. */
    private String dotted(String name) {
        JsonNode reference = scope.ref(name);
        return reference != null ? text(reference) : text(attribute(Yaml.attribute(name)));
    }

    private JsonNode join(JsonNode argument) {
        List<String> parts = new ArrayList<>();
        for (JsonNode part : resolve(argument.path(1))) parts.add(text(part));
        return JSON.textNode(String.join(argument.path(0).asText(), parts));
    }

    private JsonNode select(JsonNode argument) {
        JsonNode list = resolve(argument.path(1));
        int index = Integer.parseInt(text(resolve(argument.path(0))));
        if (list.has(index)) return list.get(index);
        problem("Select " + index + " is outside the list");
        return JSON.textNode("");
    }

    private JsonNode find(JsonNode argument) {
        JsonNode value = scope.mappings();
        for (int i = 0; i < 3; i++) value = value.path(text(resolve(argument.path(i))));
        if (!value.isMissingNode()) return value;
        problem("FindInMap " + argument + " finds nothing");
        return JSON.textNode("");
    }

    private JsonNode include(JsonNode argument) {
        String location = text(resolve(argument.path("Parameters").path("Location")));
        Path file = home.resolve(location);
        if (!argument.path("Name").asText().equals("AWS::Include"))
            problem("the transform " + argument.path("Name").asText() + " is not understood");
        else if (!Files.isRegularFile(file)) problem("AWS::Include finds no file " + location);
        else {
            try {
                return at("{" + location + "}", Yaml.read(file));
            } catch (YAMLException e) {
                problem(location + " is not YAML: " + e.getMessage());
            }
        }
        return NO_VALUE;
    }

    private JsonNode condition(String name) {
        JsonNode value = scope.condition(name);
        if (value != null) return value;
        problem("there is no condition " + name);
        return bool(false);
    }

    private List<JsonNode> all(JsonNode argument) {
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode value : argument) values.add(bool(truth(value)));
        return values;
    }

    /** A condition inside a condition: {@code {"Condition": name}} or another function. */
    private boolean truth(JsonNode node) {
        JsonNode name = node.get("Condition");
        return (name != null && node.size() == 1)
                ? condition(name.asText()).asBoolean()
                : resolve(node).asBoolean();
    }

    private String text(JsonNode node) {
        if (node.isValueNode() && !node.isPojo()) return node.asText();
        problem("a text was expected, not " + node);
        return "";
    }

    private static JsonNode bool(boolean value) {
        return JSON.booleanNode(value);
    }

    private void problem(String what) {
        problems.add(String.join(".", place).replace(".[", "[") + ": " + what);
    }
}
