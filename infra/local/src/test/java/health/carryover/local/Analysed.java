package health.carryover.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;

/** What {@code analyse} answered. */
record Analysed(int exitCode, String out, String err) {
    /** @param what motion or imu */
    static Analysed run(String what, Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(what));
        for (Object argument : arguments) all.add(argument.toString());
        int exitCode = new CommandLine(new AnalyseCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(new String[0]));
        return new Analysed(exitCode, out.toString(), err.toString());
    }

    JsonNode json() throws IOException {
        return new JsonMapper().readTree(out);
    }

    static Path zipped(Path file, String text) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
