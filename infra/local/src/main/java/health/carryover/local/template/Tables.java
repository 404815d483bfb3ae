package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Tables of the local cloud that lie as YAML beside the class that reads them. */
public final class Tables {
    private Tables() {}

    public static JsonNode read(Class<?> beside, String name) {
        try (InputStream table = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return Yaml.read(new InputStreamReader(table, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** A file in YAML. */
    public static JsonNode read(java.nio.file.Path file) {
        return Yaml.read(file);
    }
}
