package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The executions recorded on AWS, and whether the comparison notices what differs. */
class ConformanceTest {
    private static final String PASS = """
        {"definition": {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {"Ask": {"Type": "Task",
            "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "Arguments": {"a": 1}, "End": true}}},
         "input": {}, "mocks": {"Ask": [{"expectArguments": {"a": 1.0}, "return": {"b": 2}}]},
         "expected": {"status": "SUCCEEDED", "output": {"b": 2.0}, "events": [{"type": "ExecutionStarted"},
           {"type": "TaskStateEntered", "stateName": "Ask", "input": {}},
           {"type": "LambdaFunctionScheduled", "stateName": "Ask", "input": {"a": 1}, "resource": "arn:aws:lambda:us-east-1:111111111111:function:f"},
           {"type": "LambdaFunctionStarted", "stateName": "Ask"},
           {"type": "LambdaFunctionSucceeded", "stateName": "Ask", "output": {"b": 2}},
           {"type": "TaskStateExited", "stateName": "Ask", "output": {"b": 2}}, {"type": "ExecutionSucceeded", "output": {"b": 2}}]},
         "compare": {"events": "sequence"}}""";

    private static Path cases() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("carryover"))) folder = folder.getParent();
        return folder.resolveSibling("shared").resolve("data/asl/cases");
    }

    /** More than the recordings' README asks for: event ids, the place of an evaluation error and its words. */
    @TestFactory
    Stream<DynamicTest> every_recorded_execution_comes_out_as_on_AWS() throws IOException {
        Path cases = cases();
        assumeTrue(Files.isDirectory(cases), "SKIPPED: the recorded cases are not at " + cases);
        try (Stream<Path> files = Files.list(cases)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            String.valueOf(file.getFileName()),
                            () -> assertThat(Conformance.firstDifference(Files.readString(file), true))
                                    .isEmpty()));
        }
    }

    @Test
    void a_case_that_agrees_passes() {
        assertThat(Conformance.firstDifference(PASS)).isEmpty();
    }

    @Test
    void each_kind_of_difference_is_noticed() {
        assertThat(changed("\"SUCCEEDED\"", "\"FAILED\""))
                .hasValueSatisfying(text -> assertThat(text).startsWith("status:"));
        assertThat(changed("\"output\": {\"b\": 2.0}", "\"output\": {\"b\": 3}"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("output:"));
        assertThat(changed("{\"a\": 1.0}", "{\"a\": 2}"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("arguments of state Ask"));
        assertThat(changed("[{\"expect", "[{\"return\": 1}, {\"expect"))
                .hasValueSatisfying(text -> assertThat(text).isNotBlank());
        assertThat(changed("\"return\": {\"b\": 2}}]", "\"return\": {\"b\": 2}}, {\"return\": 1}]"))
                .contains("1 unused mock answers of state Ask");
        assertThat(changed("\"LambdaFunctionStarted\"", "\"TaskStarted\""))
                .contains("event 4: expected TaskStarted Ask but was LambdaFunctionStarted Ask");
        assertThat(changed("\"stateName\": \"Ask\", \"input\": {}", "\"stateName\": \"Ask\", \"input\": {\"x\": 1}"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("event 2 (TaskStateEntered Ask) input"));
        assertThat(changed("\"Ask\", \"input\": {\"a\": 1}", "\"Ask\", \"timeoutInSeconds\": 5, \"input\": {\"a\": 1}"))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("event 3 (LambdaFunctionScheduled Ask) timeoutInSeconds"));
        assertThat(changed(", {\"type\": \"ExecutionSucceeded\", \"output\": {\"b\": 2}}", ""))
                .contains("event 7: expected nothing but was ExecutionSucceeded");
        assertThat(changed("{\"Ask\": [{\"expectArguments\": {\"a\": 1.0}, \"return\": {\"b\": 2}}]}", "{}"))
                .contains("no mock answer left for state Ask");
    }

    @Test
    void a_machine_that_never_ends_fails_its_case() {
        String forever = """
            {"definition": {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "C"},
               "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "A"}], "Default": "E"}, "E": {"Type": "Pass", "End": true}}},
             "input": {}, "expected": {"status": "SUCCEEDED", "output": {}}}""";
        assertThat(Conformance.firstDifference(forever))
                .hasValueSatisfying(text -> assertThat(text).contains("maximum number of history events"));
    }

    @Test
    void what_is_no_case_is_told_so() {
        assertThatThrownBy(() -> Conformance.firstDifference("{")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> Conformance.firstDifference("{\"input\": 1}"))
                .hasMessageContaining("not a conformance case: no \"definition\"");
    }

    private static Optional<String> changed(String from, String to) {
        assertThat(PASS).contains(from);
        return Conformance.firstDifference(PASS.replace(from, to));
    }
}
