package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.cloud.Invocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which catcher takes which error. */
class ErrorsTest {
    private static final String CAUGHT = ", \"Caught\": {\"Type\": \"Pass\", \"Output\": \"caught\", \"End\": true}";
    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String task(String catcher) {
        return """
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Catch": [{"ErrorEquals": ["%s"], "Next": "Caught"}], "End": true}""".formatted(catcher) + CAUGHT;
    }

    @ParameterizedTest
    @CsvSource({
        "Custom, Custom, true",
        "Custom, States.TaskFailed, true",
        "Custom, States.ALL, true",
        "Custom, Other, false",
        "States.Timeout, States.TaskFailed, false",
        "States.Timeout, States.ALL, true",
        "States.Runtime, States.ALL, false",
        "States.Runtime, States.TaskFailed, false",
        "Custom, custom, false"
    })
    void a_catcher_takes_an_error_by_its_name_or_by_a_wildcard(String error, String name, boolean caught) {
        cloud.functions.put("f", payload -> TestCloud.failed(error));
        JsonNode end = cloud.run(task(name), "{}");
        assertThat(end.get("status").asText()).isEqualTo(caught ? "SUCCEEDED" : "FAILED");
        if (!caught) assertThat(end.get("error").asText()).isEqualTo(error);
    }

    @Test
    void the_first_catcher_that_fits_is_taken() {
        cloud.functions.put("f", payload -> TestCloud.failed("Custom"));
        String states = """
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "End": true, "Catch": [
              {"ErrorEquals": ["Other"], "Next": "A"}, {"ErrorEquals": ["Custom"], "Next": "B"}, {"ErrorEquals": ["States.ALL"], "Next": "A"}]},
            "A": {"Type": "Fail"}, "B": {"Type": "Succeed"}""";
        assertThat(cloud.run(states, "{}").get("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void an_output_over_256_KiB_ends_the_execution_even_with_States_ALL() {
        String states = """
            "Start": {"Type": "Parallel", "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}], "Branches": [{"StartAt": "Big",
              "States": {"Big": {"Type": "Pass", "Output": "{% [$states.input] %}", "End": true}}}]}""" + CAUGHT;
        JsonNode end = cloud.run(states, "\"" + "x".repeat(262141) + "\"");
        assertThat(end.get("error").asText()).isEqualTo("States.DataLimitExceeded");
        String exactly = "\"Start\": {\"Type\": \"Pass\", \"Output\": \"{% [$states.input] %}\", \"End\": true}";
        assertThat(cloud.run(exactly, "\"" + "x".repeat(262140) + "\"")
                        .get("status")
                        .asText())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void an_answer_over_256_KiB_fails_the_task_and_can_be_caught() {
        cloud.functions.put("f", payload -> new Invocation.Answered(TextNode.valueOf("x".repeat(262143))));
        JsonNode end = cloud.run(task("States.DataLimitExceeded"), "{}");
        assertThat(end.get("output").asText()).isEqualTo("\"caught\"");
    }

    @Test
    void an_expression_that_fails_can_be_caught() {
        String states = """
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Arguments": "{% $missing %}", "End": true,
              "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "Caught"}]}""" + CAUGHT;
        assertThat(cloud.run(states, "{}").get("output").asText()).isEqualTo("\"caught\"");
    }

    @Test
    void a_catcher_whose_own_output_fails_is_not_asked_again() {
        cloud.functions.put("f", payload -> TestCloud.failed("Custom"));
        String states = """
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "End": true,
              "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $missing %}", "Next": "Caught"}]}""" + CAUGHT;
        assertThat(cloud.run(states, "{}").get("error").asText()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void no_rule_and_no_default_is_an_error() {
        JsonNode end = cloud.run("""
            "Start": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.a = 1 %}", "Next": "Caught"}]}""" + CAUGHT, "{}");
        assertThat(end.get("error").asText()).isEqualTo("States.NoChoiceMatched");
    }

    @Test
    void a_condition_must_be_true_or_false() {
        JsonNode end = cloud.run("""
            "Start": {"Type": "Choice", "Choices": [{"Condition": "{% 'yes' %}", "Next": "Caught"}]}""" + CAUGHT, "{}");
        assertThat(end.get("error").asText()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.get("cause").asText()).endsWith("Expected 'boolean', but was 'string' for value: \"yes\"");
    }

    @Test
    void a_failed_branch_aborts_its_siblings() {
        String states = """
            "Start": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "Slow", "States": {"Slow": {"Type": "Wait", "Seconds": 600, "End": true}}},
              {"StartAt": "Soon", "States": {"Soon": {"Type": "Wait", "Seconds": 5, "Next": "Break"}, "Break": {"Type": "Fail", "Error": "Broken"}}}]}""";
        JsonNode end = cloud.run(states, "{}");
        String execution = end.get("executionArn").asText();
        assertThat(end.get("error").asText()).isEqualTo("Broken");
        assertThat(cloud.times(execution, "ExecutionFailed")).containsExactly(5.0);
        assertThat(cloud.types(execution))
                .endsWith("FailStateEntered", "WaitStateAborted", "ParallelStateFailed", "ExecutionFailed");
    }

    @Test
    void an_endless_expression_is_an_error_and_not_the_end_of_the_cloud() {
        JsonNode end = cloud.run(
                "\"Start\": {\"Type\": \"Pass\", \"Output\": \"{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}\", \"End\": true}",
                "{}");
        assertThat(end.get("error").asText()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void an_endless_machine_ends_at_the_limit_of_its_history() {
        JsonNode end = cloud.run("""
            "Start": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "Start"}], "Default": "Caught"}""" + CAUGHT, "{}");
        assertThat(end.get("cause").asText())
                .isEqualTo("The execution reached the maximum number of history events (25000).");
    }
}
