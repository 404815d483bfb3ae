package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inline Maps and Parallels. */
class MapTest {
    private static final String BREAK = """
        "ItemProcessor": {"StartAt": "Check", "States": {
          "Check": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input < 0 %}", "Next": "Break"}], "Default": "Fine"},
          "Break": {"Type": "Fail", "Error": "Negative", "Cause": "below zero"}, "Fine": {"Type": "Pass", "End": true}}}""";

    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void results_keep_the_order_of_the_items_when_they_finish_in_reverse() {
        String states = """
            "Start": {"Type": "Map", "Items": [30, 20, 10], "ItemProcessor": {"StartAt": "Sleep", "States": {
              "Sleep": {"Type": "Wait", "Seconds": "{% $states.input %}", "End": true}}}, "End": true}""";
        JsonNode end = cloud.run(states, "{}");
        assertThat(end.get("output").asText()).isEqualTo("[30,20,10]");
        assertThat(cloud.times(end.get("executionArn").asText(), "MapIterationSucceeded"))
                .containsExactly(10.0, 20.0, 30.0);
    }

    @Test
    void branches_keep_their_order_too() {
        String states = """
            "Start": {"Type": "Parallel", "Branches": [
              {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 9, "Output": "first", "End": true}}},
              {"StartAt": "B", "States": {"B": {"Type": "Pass", "Output": "second", "End": true}}}], "End": true}""";
        assertThat(cloud.output(states, "{}")).hasToString("[\"first\",\"second\"]");
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 60", "2, 30", "5, 20", "6, 10"})
    void no_more_iterations_run_at_once_than_allowed(int concurrency, double seconds) {
        String states = """
            "Start": {"Type": "Map", "Items": [1, 2, 3, 4, 5, 6], "MaxConcurrency": %d, "ItemProcessor": {"StartAt": "Sleep", "States": {
              "Sleep": {"Type": "Wait", "Seconds": 10, "End": true}}}, "End": true}""".formatted(concurrency);
        JsonNode end = cloud.run(states, "{}");
        assertThat(cloud.times(end.get("executionArn").asText(), "ExecutionSucceeded"))
                .containsExactly(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ToleratedFailureCount\": 2|SUCCEEDED",
                "\"ToleratedFailureCount\": 1|FAILED",
                "\"ToleratedFailureCount\": 0|FAILED",
                "\"ToleratedFailurePercentage\": 50|SUCCEEDED",
                "\"ToleratedFailurePercentage\": 49.9|FAILED",
                "\"ToleratedFailureCount\": 1, \"ToleratedFailurePercentage\": 100|FAILED",
                "\"ToleratedFailureCount\": \"{% 1 + 1 %}\"|SUCCEEDED"
            })
    void exactly_as_many_failures_as_tolerated_are_tolerated(String tolerance, String status) {
        JsonNode end = cloud.run(
                "\"Start\": {\"Type\": \"Map\", \"Items\": [1, -1, 2, -2], " + tolerance + ", " + BREAK
                        + ", \"End\": true}",
                "{}");
        assertThat(end.get("status").asText()).isEqualTo(status);
        if (status.equals("FAILED"))
            assertThat(end.get("error").asText()).isEqualTo("States.ExceedToleratedFailureThreshold");
        else
            assertThat(TestCloud.json(end.get("output").asText()).get(1))
                    .hasToString("{\"Error\":\"Negative\",\"Cause\":\"below zero\"}");
    }

    @Test
    void without_tolerance_the_error_of_the_item_is_the_error_of_the_map() {
        JsonNode end =
                cloud.run("\"Start\": {\"Type\": \"Map\", \"Items\": [1, -1], " + BREAK + ", \"End\": true}", "{}");
        assertThat(end.get("error").asText()).isEqualTo("Negative");
    }

    @Test
    void the_selector_sees_index_value_variables_and_the_input_of_the_map() {
        String states = """
            "Start": {"Type": "Pass", "Assign": {"v": 7}, "Next": "Each"},
            "Each": {"Type": "Map", "Items": ["a", "b"], "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}",
                "x": "{% $states.context.Map.Item.Value %}", "v": "{% $v %}", "n": "{% $states.input.n %}"},
              "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}""";
        assertThat(cloud.output(states, "{\"n\": 9}"))
                .hasToString("[{\"i\":0,\"x\":\"a\",\"v\":7,\"n\":9},{\"i\":1,\"x\":\"b\",\"v\":7,\"n\":9}]");
    }

    @Test
    void a_branch_inside_an_iteration_still_knows_its_item() {
        String states = """
            "Start": {"Type": "Map", "Items": ["a", "b"], "ItemProcessor": {"StartAt": "Fork", "States": {"Fork": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "P", "States": {"P": {"Type": "Pass", "Output": "{% $states.context.Map.Item.Value %}", "End": true}}}]}}}, "End": true}""";
        assertThat(cloud.output(states, "{}")).hasToString("[[\"a\"],[\"b\"]]");
    }

    @Test
    void a_selector_without_value_fails_the_map() {
        String states = """
            "Start": {"Type": "Map", "Items": ["a"], "ItemSelector": {"i": "{% $nothing %}"},
              "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}""";
        JsonNode end = cloud.run(states, "{}");
        assertThat(end.get("error").asText()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.get("cause").asText()).contains("'ItemSelector/i'");
    }

    @Test
    void a_map_that_is_stopped_leaves_nothing_running() {
        String execution = cloud.start(cloud.machine("""
            "Start": {"Type": "Map", "Items": [1, 2], "ItemProcessor": {"StartAt": "Sleep", "States": {
              "Sleep": {"Type": "Wait", "Seconds": 10, "End": true}}}, "End": true}"""), "{}");
        cloud.call(
                "StopExecution",
                Json.object().put("executionArn", execution).put("error", "Why").put("cause", "because"));
        int before = cloud.types(execution).size();
        cloud.clock.advance(java.time.Duration.ofHours(1));
        assertThat(cloud.types(execution)).hasSize(before).endsWith("ExecutionAborted");
        assertThat(cloud.describe(execution).get("error").asText()).isEqualTo("Why");
    }
}
