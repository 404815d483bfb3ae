package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the local cloud understands of each type, from the table {@code types.yaml}. A path such as {@code
 * StreamSpecification.StreamViewType} opens its parent: the parent's other members are not understood. Where only the
 * parent is listed, everything inside is understood. Lists are transparent, {@code *} is any key.
 */
final class Types {
    private static final class Tree {
        final Map<String, Tree> children = new HashMap<>();
    }

    private final Map<String, Tree> types = new HashMap<>();

    static Types read() {
        try (InputStream table = Objects.requireNonNull(Types.class.getResourceAsStream("types.yaml"))) {
            return new Types(Yaml.read(new InputStreamReader(table, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Types(JsonNode table) {
        for (Map.Entry<String, JsonNode> type : table.properties()) {
            Tree root = new Tree();
            for (String list : List.of("does", "accepts"))
                for (JsonNode path : type.getValue().path(list)) {
                    Tree tree = root;
                    for (String step : path.asText().split("\\.", -1))
                        tree = tree.children.computeIfAbsent(step, _ -> new Tree());
                }
            types.put(type.getKey(), root);
        }
    }

    boolean knows(String type) {
        return types.containsKey(type);
    }

    /** The paths of properties that are not understood, in alphabetical order. */
    List<String> unknown(String type, JsonNode properties) {
        Set<String> unknown = new TreeSet<>();
        collect(types.get(type), properties, "", unknown);
        return new ArrayList<>(unknown);
    }

    private static void collect(@Nullable Tree known, JsonNode node, String path, Set<String> unknown) {
        if (known == null || known.children.isEmpty()) return;
        if (node.isArray()) for (JsonNode item : node) collect(known, item, path, unknown);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Tree child = known.children.getOrDefault(entry.getKey(), known.children.get("*"));
            String here = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            if (child == null) unknown.add(here);
            else collect(child, entry.getValue(), here, unknown);
        }
    }
}
