package health.carryover.local.isolated;

import com.fasterxml.jackson.core.type.TypeReference;
import health.carryover.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As much of a Dockerfile as ours uses: one instruction a line, {@code ENTRYPOINT} and {@code CMD} as JSON.
 *
 * @param copies from the build context into the image, in order
 * @param runs shell commands
 */
record Dockerfile(
        String from,
        List<Copy> copies,
        Map<String, String> variables,
        List<String> runs,
        List<String> entryPoint,
        List<String> command) {
    /** @param target ends in a slash for a file that goes into a folder */
    record Copy(String source, String target) {}

    /** @throws IllegalArgumentException naming the instruction that it does not know */
    static Dockerfile read(Path file) {
        String from = "";
        List<Copy> copies = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> runs = new ArrayList<>();
        List<String> entryPoint = List.of();
        List<String> command = List.of();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) continue;
                int space = line.indexOf(' ');
                String rest = line.substring(space + 1);
                switch (line.substring(0, Math.max(space, 0))) {
                    case "FROM" -> from = rest;
                    case "COPY" -> copies.add(new Copy(rest.split(" ")[0], rest.split(" ")[1]));
                    case "ENV" ->
                        variables.put(rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
                    case "RUN" -> runs.add(rest);
                    case "ENTRYPOINT" -> entryPoint = words(rest);
                    case "CMD" -> command = words(rest);
                    case "WORKDIR" -> {}
                    default -> throw new IllegalArgumentException("an instruction that is not understood: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Dockerfile(from, copies, variables, runs, entryPoint, command);
    }

    private static List<String> words(String json) throws IOException {
        return Json.MAPPER.readValue(json, new TypeReference<List<String>>() {});
    }
}
