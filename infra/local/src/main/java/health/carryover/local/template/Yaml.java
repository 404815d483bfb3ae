package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * CloudFormation's YAML as a JSON tree with the long form of every intrinsic: {@code !Sub x} becomes {@code {"Fn::Sub":
 * "x"}}. Dates stay text, as CloudFormation keeps them ({@code Version: 2012-10-17}).
 */
final class Yaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+");

    private Yaml() {}

    /** @throws YAMLException naming line and column */
    static JsonNode read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    static JsonNode read(Reader reader) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(16 * 1024 * 1024);
        Node root = new org.yaml.snakeyaml.Yaml(options).compose(reader);
        return root == null ? JSON.objectNode() : tree(root);
    }

    private static JsonNode tree(Node node) {
        String tag = node.getTag().getValue();
        JsonNode value = switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode sequence -> array(sequence);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new YAMLException("not a YAML value: " + node.getStartMark());
        };
        return tag.startsWith("!") && tag.length() > 1 ? longForm(tag.substring(1), value) : value;
    }

    private static ObjectNode longForm(String name, JsonNode value) {
        return switch (name) {
            case "Ref", "Condition" -> JSON.objectNode().set(name, value);
            case "GetAtt" ->
                JSON.objectNode().set("Fn::GetAtt", value.isTextual() ? attribute(value.textValue()) : value);
            default -> JSON.objectNode().set("Fn::" + name, value);
        };
    }

    static ArrayNode attribute(String dotted) {
        int dot = dotted.indexOf('.');
        ArrayNode pair = JSON.arrayNode().add(dot < 0 ? dotted : dotted.substring(0, dot));
        return dot < 0 ? pair : pair.add(dotted.substring(dot + 1));
    }

    private static ObjectNode object(MappingNode mapping) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key))
                throw new YAMLException(
                        "a key is not a word: " + entry.getKeyNode().getStartMark());
            if (object.has(key.getValue()))
                throw new YAMLException("the key '" + key.getValue() + "' stands twice: " + key.getStartMark());
            object.set(key.getValue(), tree(entry.getValueNode()));
        }
        return object;
    }

    private static ArrayNode array(SequenceNode sequence) {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) array.add(tree(item));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) return JSON.nullNode();
        if (tag.equals(Tag.BOOL)) {
            if (text.equalsIgnoreCase("true")) return JSON.booleanNode(true);
            if (text.equalsIgnoreCase("false")) return JSON.booleanNode(false);
        }
        if (tag.equals(Tag.INT) && WHOLE.matcher(text).matches()) return JSON.numberNode(Long.parseLong(text));
        if (tag.equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) return JSON.numberNode(new BigDecimal(text));
        return JSON.textNode(text);
    }
}
