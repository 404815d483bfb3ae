package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.cloud.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long things take. Numbers from the Amazon States Language specification, sections Wait, Errors and Timeouts. */
class TimeTest {
    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String flaky(String retry) {
        return """
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:flaky", "Retry": [%s], "End": true}""".formatted(retry);
    }

    private static String callback(String fields) {
        return """
            "Start": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "ask", "Payload": {"token": "{%% $states.context.Task.Token %%}"}}, %s "End": true}""".formatted(fields);
    }

    private String ask(String fields, String input) {
        cloud.functions.put("ask", payload -> new Invocation.Answered(TextNode.valueOf("asked")));
        return cloud.start(cloud.machine(callback(fields)), input);
    }

    private String status(String execution) {
        return cloud.describe(execution).get("status").asText();
    }

    // --- Wait -------------------------------------------------------------------------------------

    @Test
    void a_wait_ends_exactly_after_its_seconds() {
        String execution =
                cloud.start(cloud.machine("\"Start\": {\"Type\": \"Wait\", \"Seconds\": 172800, \"End\": true}"), "{}");
        cloud.clock.advance(Duration.ofHours(48).minusMillis(1));
        assertThat(status(execution)).isEqualTo("RUNNING");
        cloud.clock.advance(Duration.ofMillis(1));
        assertThat(status(execution)).isEqualTo("SUCCEEDED");
        assertThat(cloud.times(execution, "WaitStateExited")).containsExactly(172800.0);
    }

    @Test
    void the_seconds_of_a_wait_may_come_from_an_expression() {
        String execution = cloud.start(
                cloud.machine(
                        "\"Start\": {\"Type\": \"Wait\", \"Seconds\": \"{% $states.input.hours * 3600 %}\", \"End\": true}"),
                "{\"hours\": 2}");
        cloud.clock.advance(Duration.ofDays(1));
        assertThat(cloud.times(execution, "WaitStateExited")).containsExactly(7200.0);
    }

    @Test
    void a_wait_until_a_time_respects_its_offset() {
        String execution = cloud.start(
                cloud.machine(
                        "\"Start\": {\"Type\": \"Wait\", \"Timestamp\": \"2026-03-02T11:00:00.250+02:00\", \"End\": true}"),
                "{}");
        cloud.clock.advance(Duration.ofDays(1));
        assertThat(cloud.times(execution, "WaitStateExited")).containsExactly(3600.25);
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, The Seconds field cannot be parsed as an integer: 1.5",
        "-1, Seconds must be between 0 and 99999999 but was: -1"
    })
    void a_wait_for_an_impossible_number_of_seconds_fails(String seconds, String cause) {
        JsonNode end = cloud.run(
                "\"Start\": {\"Type\": \"Wait\", \"Seconds\": \"{% $states.input %}\", \"End\": true}", seconds);
        assertThat(end.get("error").asText()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.get("cause").asText()).endsWith(cause);
    }

    // --- Retry ------------------------------------------------------------------------------------

    @Test
    void a_retrier_that_says_nothing_tries_three_times_more_after_one_two_and_four_seconds() {
        cloud.failing("flaky", "Broken", 9);
        String execution = cloud.start(cloud.machine(flaky("{\"ErrorEquals\": [\"Broken\"]}")), "{}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.times(execution, "LambdaFunctionScheduled")).containsExactly(0.0, 1.0, 3.0, 7.0);
        assertThat(status(execution)).isEqualTo("FAILED");
    }

    @Test
    void the_wait_before_a_retry_grows_by_the_rate_up_to_the_longest_delay() {
        cloud.failing("flaky", "Broken", 5);
        String retry =
                "{\"ErrorEquals\": [\"Broken\"], \"IntervalSeconds\": 2, \"MaxAttempts\": 5, \"BackoffRate\": 1.5, \"MaxDelaySeconds\": 5}";
        String execution = cloud.start(cloud.machine(flaky(retry)), "{}");
        cloud.clock.advance(Duration.ofHours(1));
        // 2, 3, 4.5, then 6.75 and 10.125 capped at 5
        assertThat(cloud.times(execution, "LambdaFunctionScheduled")).containsExactly(0.0, 2.0, 5.0, 9.5, 14.5, 19.5);
        assertThat(status(execution)).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_rate_of_one_keeps_the_interval() {
        cloud.failing("flaky", "Broken", 3);
        String execution = cloud.start(
                cloud.machine(flaky("{\"ErrorEquals\": [\"Broken\"], \"IntervalSeconds\": 10, \"BackoffRate\": 1}")),
                "{}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.times(execution, "LambdaFunctionScheduled")).containsExactly(0.0, 10.0, 20.0, 30.0);
    }

    @Test
    void each_retrier_counts_its_own_attempts() {
        List<String> errors = new ArrayList<>(List.of("A", "B", "A", "B", "A"));
        cloud.functions.put("flaky", payload -> TestCloud.failed(errors.removeFirst()));
        String execution = cloud.start(
                cloud.machine(
                        flaky(
                                "{\"ErrorEquals\": [\"A\"], \"MaxAttempts\": 2}, {\"ErrorEquals\": [\"B\"], \"IntervalSeconds\": 100, \"MaxAttempts\": 2}")),
                "{}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.times(execution, "LambdaFunctionScheduled")).containsExactly(0.0, 1.0, 101.0, 103.0, 303.0);
        assertThat(cloud.describe(execution).get("error").asText()).isEqualTo("A");
    }

    @Test
    void full_jitter_waits_between_nothing_and_the_delay_and_is_the_same_in_every_run() {
        String retry =
                "{\"ErrorEquals\": [\"Broken\"], \"IntervalSeconds\": 8, \"MaxAttempts\": 6, \"BackoffRate\": 2, \"MaxDelaySeconds\": 64, \"JitterStrategy\": \"FULL\"}";
        List<Double> first = attempts(cloud, retry);
        double[] most = {8, 16, 32, 64, 64, 64};
        double sum = 0;
        for (int i = 0; i < most.length; i++) {
            double waited = first.get(i + 1) - first.get(i);
            assertThat(waited).isBetween(0.0, most[i]);
            sum += waited;
        }
        assertThat(sum).isNotEqualTo(248.0);
        try (TestCloud again = new TestCloud()) {
            assertThat(attempts(again, retry)).isEqualTo(first);
        }
    }

    private static List<Double> attempts(TestCloud cloud, String retry) {
        cloud.failing("flaky", "Broken", 9);
        String execution = cloud.start(cloud.machine(flaky(retry)), "{}");
        cloud.clock.advance(Duration.ofHours(1));
        return cloud.times(execution, "LambdaFunctionScheduled");
    }

    @Test
    void the_arguments_of_a_retry_are_evaluated_anew_and_see_its_number() {
        List<JsonNode> payloads = new ArrayList<>();
        cloud.functions.put("flaky", payload -> {
            payloads.add(payload);
            return TestCloud.failed("Broken");
        });
        cloud.run("""
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:flaky",
              "Arguments": "{% $states.context.State.RetryCount %}", "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}], "End": true}""", "{}");
        assertThat(payloads).extracting(JsonNode::asInt).containsExactly(0, 1, 2);
    }

    // --- timeouts and heartbeats ------------------------------------------------------------------

    @Test
    void a_task_times_out_at_its_limit_and_not_before() {
        String execution = ask("\"TimeoutSeconds\": \"{% $states.input.limit %}\",", "{\"limit\": 60}");
        cloud.clock.advance(Duration.ofMillis(59_999));
        assertThat(status(execution)).isEqualTo("RUNNING");
        cloud.clock.advance(Duration.ofMillis(1));
        assertThat(cloud.describe(execution).get("error").asText()).isEqualTo("States.Timeout");
        assertThat(cloud.times(execution, "TaskTimedOut")).containsExactly(60.0);
    }

    @Test
    void a_retry_after_a_timeout_has_the_whole_limit_again() {
        String execution = ask(
                "\"TimeoutSeconds\": 60, \"Retry\": [{\"ErrorEquals\": [\"States.Timeout\"], \"MaxAttempts\": 1}],",
                "{}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.times(execution, "TaskTimedOut")).containsExactly(60.0, 121.0);
    }

    @Test
    void a_missing_heartbeat_ends_the_task() {
        String execution = ask("\"HeartbeatSeconds\": 60,", "{}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.times(execution, "TaskTimedOut")).containsExactly(60.0);
        assertThat(cloud.describe(execution).get("error").asText()).isEqualTo("States.Timeout");
    }

    @Test
    void each_heartbeat_puts_the_deadline_off_but_not_the_timeout() {
        String execution = ask("\"HeartbeatSeconds\": 60, \"TimeoutSeconds\": 150,", "{}");
        for (int i = 0; i < 2; i++) {
            cloud.clock.advance(Duration.ofSeconds(59));
            cloud.call("SendTaskHeartbeat", Json.object().put("taskToken", cloud.token(execution)));
        }
        cloud.clock.advance(Duration.ofSeconds(31));
        assertThat(status(execution)).isEqualTo("RUNNING");
        cloud.clock.advance(Duration.ofSeconds(1));
        assertThat(cloud.times(execution, "TaskTimedOut")).containsExactly(150.0);
    }

    @Test
    void after_the_last_heartbeat_the_whole_interval_passes() {
        String execution = ask("\"HeartbeatSeconds\": 60,", "{}");
        cloud.clock.advance(Duration.ofSeconds(45));
        cloud.call("SendTaskHeartbeat", Json.object().put("taskToken", cloud.token(execution)));
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.times(execution, "TaskTimedOut")).containsExactly(105.0);
    }

    @ParameterizedTest
    @CsvSource({"States.HeartbeatTimeout", "States.Timeout"})
    void a_missing_heartbeat_is_caught_under_both_names(String name) {
        String execution = ask(
                "\"HeartbeatSeconds\": 60, \"Catch\": [{\"ErrorEquals\": [\"" + name + "\"], \"Next\": \"Late\"}],",
                "{}",
                "\"Late\": {\"Type\": \"Pass\", \"End\": true}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.describe(execution).get("output").asText())
                .isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
    }

    private String ask(String fields, String input, String more) {
        cloud.functions.put("ask", payload -> new Invocation.Answered(TextNode.valueOf("asked")));
        return cloud.start(cloud.machine(callback(fields) + ", " + more), input);
    }

    @Test
    void a_timeout_is_not_called_a_missing_heartbeat() {
        String execution = ask(
                "\"TimeoutSeconds\": 60, \"Catch\": [{\"ErrorEquals\": [\"States.HeartbeatTimeout\"], \"Next\": \"Late\"}],",
                "{}",
                "\"Late\": {\"Type\": \"Pass\", \"End\": true}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(status(execution)).isEqualTo("FAILED");
    }

    @Test
    void an_answer_at_the_last_moment_counts_and_cancels_the_timeout() {
        String execution = ask("\"TimeoutSeconds\": 60,", "{}");
        cloud.clock.advance(Duration.ofMillis(59_999));
        cloud.call(
                "SendTaskSuccess",
                Json.object().put("taskToken", cloud.token(execution)).put("output", "\"back\""));
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(cloud.describe(execution).get("output").asText()).isEqualTo("\"back\"");
    }

    @Test
    void the_machine_times_out_whatever_it_does() {
        String definition = """
            {"QueryLanguage": "JSONata", "StartAt": "Start", "TimeoutSeconds": 90, "States": {"Start": {"Type": "Wait", "Seconds": 60, "Next": "Again"},
              "Again": {"Type": "Wait", "Seconds": 60, "End": true}}}""";
        String execution = cloud.start(cloud.create(definition, "STANDARD"), "{}");
        cloud.clock.advance(Duration.ofHours(1));
        assertThat(status(execution)).isEqualTo("TIMED_OUT");
        assertThat(cloud.times(execution, "ExecutionTimedOut")).containsExactly(90.0);
        assertThat(cloud.types(execution)).doesNotContain("ExecutionSucceeded");
    }

    @Test
    void now_and_millis_tell_the_virtual_time() {
        JsonNode output = cloud.output("""
            "Start": {"Type": "Wait", "Seconds": 90, "Next": "Tell"},
            "Tell": {"Type": "Pass", "Output": {"now": "{% $now() %}", "millis": "{% $millis() %}", "entered": "{% $states.context.State.EnteredTime %}"}, "End": true}""", "{}");
        assertThat(output.get("now").asText()).isEqualTo("2026-03-02T08:01:30.000Z");
        assertThat(output.get("millis").asLong())
                .isEqualTo(TestCloud.START.plusSeconds(90).toEpochMilli());
        assertThat(output.get("entered").asText()).isEqualTo("2026-03-02T08:01:30.000Z");
    }
}
