package health.carryover.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import health.carryover.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks request bodies against the schemas of the API document, the same file that the gateway and clients read. */
final class Bodies {
    private static final String DOCUMENT = "/health/carryover/platform/http/openapi.yaml";

    /** A text of a known format, exactly as the code reads it later: what passes here can be read. */
    private record Readable(String name, Predicate<String> check) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            try {
                return check.test(value);
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    /** Years of four digits: others would not sort in keys. */
    private static final Predicate<String> FOUR_DIGITS =
            Pattern.compile("[0-9]{4}-.*", Pattern.DOTALL).asMatchPredicate();

    private static final List<Format> FORMATS = List.of(
            new Readable("date-time", text -> FOUR_DIGITS.test(text) && fourDigits(Instant.parse(text))),
            new Readable(
                    "date",
                    text -> FOUR_DIGITS.test(text) && LocalDate.parse(text).getYear() > 0),
            new Readable("time-zone", ZoneId.getAvailableZoneIds()::contains));

    private static boolean fourDigits(Instant instant) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year > 0 && year < 10_000;
    }

    private final Map<String, JsonSchema> byRoute = new HashMap<>();
    private final Map<String, JsonSchema> components = new HashMap<>();

    Bodies() {
        JsonNode document = document();
        JsonMetaSchema meta = JsonMetaSchema.builder(JsonMetaSchema.getV7())
                .formats(FORMATS)
                .keyword(new NonValidationKeyword("components"))
                .build();
        JsonSchemaFactory factory = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7))
                .metaSchema(meta)
                .defaultMetaSchemaIri(meta.getIri())
                .build();
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
                        byRoute.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), schema);
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
        List<Problem> problems = new ArrayList<>();
        notUnicode(value, "", problems);
        schema.validate(value).stream()
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
                .forEach(problems::add);
        return problems;
    }

    /** Half a surrogate pair is a text in JSON, but no text that could be stored. */
    private static void notUnicode(JsonNode value, String pointer, List<Problem> problems) {
        if (value.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(value.textValue()))
            problems.add(new Problem("notUnicode", pointer));
        for (int i = 0; i < value.size() && value.isArray(); i++) notUnicode(value.get(i), pointer + "/" + i, problems);
        value.properties().forEach(member -> notUnicode(member.getValue(), pointer + "/" + member.getKey(), problems));
    }
}
