package health.carryover.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import health.carryover.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks request bodies against the schemas of the API document, the same file that the gateway and clients read. */
final class Bodies {
    private static final String DOCUMENT = "/health/carryover/platform/http/openapi.yaml";

    private final Map<String, JsonSchema> byRoute = new HashMap<>();
    private final Map<String, JsonSchema> components = new HashMap<>();

    Bodies() {
        JsonNode document = document();
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true)
                .build();
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> components.put(
                        schema.getKey(),
                        factory.getSchema(whole(document, "#/components/schemas/" + schema.getKey()), config)));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String ref = method.getValue()
                            .path("requestBody")
                            .path("content")
                            .path("application/json")
                            .path("schema")
                            .path("$ref")
                            .asText();
                    JsonSchema schema = components.get(ref.substring(ref.lastIndexOf('/') + 1));
                    if (schema != null)
                        byRoute.put(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(), schema);
                }));
    }

    private static JsonNode document() {
        try (InputStream file = Bodies.class.getResourceAsStream(DOCUMENT)) {
            if (file == null) throw new IllegalStateException("the API document is missing");
            return new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode whole(JsonNode document, String ref) {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("$ref", ref);
        schema.set("components", Json.MAPPER.createObjectNode().set("schemas", document.at("/components/schemas")));
        return schema;
    }

    /** @return all problems of the body of an operation; an operation without a body in the document takes none */
    List<Problem> problems(String route, @Nullable JsonNode body) {
        JsonSchema schema = byRoute.get(route);
        if (schema == null) return body == null ? List.of() : List.of(new Problem("unexpectedBody", ""));
        if (body == null) return List.of(new Problem("missingBody", ""));
        return problems(schema, body);
    }

    /** All problems of a value against one schema of the document. */
    List<Problem> problemsOf(String component, JsonNode value) {
        JsonSchema schema = components.get(component);
        if (schema == null) throw new IllegalArgumentException("the API document has no schema " + component);
        return problems(schema, value);
    }

    private static List<Problem> problems(JsonSchema schema, JsonNode value) {
        return schema.validate(value).stream()
                .map(message -> {
                    JsonNodePath at = message.getInstanceLocation();
                    String property = message.getProperty();
                    return new Problem(
                            message.getType(),
                            property == null
                                    ? at.toString()
                                    : at.append(property).toString());
                })
                .distinct()
                .toList();
    }
}
