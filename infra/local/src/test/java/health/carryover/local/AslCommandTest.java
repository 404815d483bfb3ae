package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AslCommandTest {
    private static final String CASE = """
        {"definition": {"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": {"Type": "Succeed"}}}, "input": {}, "expected": {"status": "%s", "output": {}}}""";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void cases() throws IOException {
        Files.writeString(folder.resolve("good.json"), CASE.formatted("SUCCEEDED"));
        Files.writeString(folder.resolve("bad.json"), CASE.formatted("FAILED"));
    }

    private int run(String... arguments) {
        return new CommandLine(new AslCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @Test
    void failed_cases_are_listed_with_their_first_difference_and_the_last_line_counts() {
        assertThat(run(folder.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("FAILED bad: status: expected FAILED but was SUCCEEDED");
        assertThat(out.toString().lines()).last().isEqualTo("1 passed, 1 failed");
    }

    @Test
    void a_run_without_failures_ends_well() {
        assertThat(run(folder.resolve("good.json").toString())).isZero();
        assertThat(out).hasToString("1 passed, 0 failed" + System.lineSeparator());
    }

    @Test
    void json_has_its_promised_shape() {
        run("--json", folder.resolve("good.json").toString());
        assertThat(out.toString().strip())
                .isEqualTo(
                        "{\"passed\":1,\"failed\":0,\"cases\":[{\"name\":\"good\",\"passed\":true,\"difference\":null}]}");
    }

    @Test
    void what_cannot_be_run_is_told_in_a_sentence() throws IOException {
        assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
        assertThat(errors.toString()).startsWith("there is no ").contains("Usage: asl");
        Files.writeString(folder.resolve("broken.json"), "{");
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("broken.json: not JSON");
    }
}
