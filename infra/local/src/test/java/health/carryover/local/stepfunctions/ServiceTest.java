package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API: names, tokens, stopping, lists, history. */
class ServiceTest {
    private static final String SLEEP = "\"Start\": {\"Type\": \"Wait\", \"Seconds\": 60, \"End\": true}";
    private static final String ASK = """
        "Start": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "TimeoutSeconds": 600,
          "Arguments": {"FunctionName": "ask", "Payload": {"token": "{% $states.context.Task.Token %}"}}, "End": true}""";

    private final TestCloud cloud = new TestCloud();

    ServiceTest() {
        cloud.functions.put("ask", payload -> new Invocation.Answered(TextNode.valueOf("asked")));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private static ObjectNode named(String machine, String name, String input) {
        return Json.object().put("stateMachineArn", machine).put("name", name).put("input", input);
    }

    private String code(String operation, ObjectNode input) {
        AwsError error = catchThrowableOfType(AwsError.class, () -> cloud.call(operation, input));
        assertThat(error).isNotNull();
        return error.code();
    }

    // --- names ------------------------------------------------------------------------------------

    @Test
    void starting_again_with_the_same_name_and_input_while_it_runs_gives_the_same_execution() {
        String machine = cloud.machine(SLEEP);
        JsonNode first = cloud.call("StartExecution", named(machine, "e-1", "{\"a\":1}"));
        cloud.clock.advance(Duration.ofSeconds(30));
        assertThat(cloud.call("StartExecution", named(machine, "e-1", "{\"a\":1}")))
                .isEqualTo(first);
        cloud.clock.advance(Duration.ofSeconds(60));
        assertThat(cloud.call("ListExecutions", Json.object().put("stateMachineArn", machine))
                        .get("executions"))
                .hasSize(1);
    }

    @Test
    void another_input_under_a_running_name_is_refused() {
        String machine = cloud.machine(SLEEP);
        cloud.call("StartExecution", named(machine, "e-1", "{\"a\":1}"));
        assertThat(code("StartExecution", named(machine, "e-1", "{\"a\":2}"))).isEqualTo("ExecutionAlreadyExists");
        assertThat(code("StartExecution", named(machine, "e-1", "{\"a\": 1}"))).isEqualTo("ExecutionAlreadyExists");
    }

    @Test
    void a_closed_name_is_burnt_for_ninety_days() {
        String machine = cloud.machine(SLEEP);
        cloud.call("StartExecution", named(machine, "e-1", "{}"));
        cloud.clock.advance(Duration.ofSeconds(60));
        assertThat(code("StartExecution", named(machine, "e-1", "{}"))).isEqualTo("ExecutionAlreadyExists");
        cloud.clock.advance(Duration.ofDays(90));
        assertThat(code("StartExecution", named(machine, "e-1", "{}"))).isEqualTo("ExecutionAlreadyExists");
        cloud.clock.advance(Duration.ofMillis(1));
        assertThat(cloud.call("StartExecution", named(machine, "e-1", "{}")).has("executionArn"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b", "a/b", "a*", "a?", "<a>", "a#", "", "a\n"})
    void names_with_forbidden_characters_are_refused(String name) {
        assertThat(code("StartExecution", named(cloud.machine(SLEEP), name, "{}")))
                .isEqualTo("InvalidName");
    }

    @Test
    void a_name_has_at_most_eighty_characters() {
        String machine = cloud.machine(SLEEP);
        assertThat(cloud.call("StartExecution", named(machine, "n".repeat(80), "{}"))
                        .has("executionArn"))
                .isTrue();
        assertThat(code("StartExecution", named(machine, "n".repeat(81), "{}"))).isEqualTo("InvalidName");
    }

    @Test
    void an_input_must_be_JSON_and_not_too_long() {
        String machine = cloud.machine(SLEEP);
        assertThat(code("StartExecution", named(machine, "e", "{"))).isEqualTo("InvalidExecutionInput");
        assertThat(code("StartExecution", named(machine, "e", "\"" + "x".repeat(262143) + "\"")))
                .isEqualTo("InvalidExecutionInput");
    }

    @Test
    void many_callers_at_once_start_one_execution() throws Exception {
        String machine = cloud.machine(SLEEP);
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++)
                answers.add(callers.submit(() -> cloud.call("StartExecution", named(machine, "e-1", "{}"))));
            for (Future<JsonNode> answer : answers)
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
        }
        String arn = cloud.call("ListExecutions", Json.object().put("stateMachineArn", machine))
                .at("/executions/0/executionArn")
                .asText();
        cloud.clock.advance(Duration.ofMinutes(2));
        assertThat(cloud.types(arn))
                .containsExactly("ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded");
    }

    // --- tokens -----------------------------------------------------------------------------------

    private static ObjectNode token(String token) {
        return Json.object().put("taskToken", token);
    }

    @Test
    void a_callback_brings_the_result() {
        String execution = cloud.start(cloud.machine(ASK), "{}");
        cloud.call("SendTaskSuccess", token(cloud.token(execution)).put("output", "{\"by\": \"camera\"}"));
        cloud.clock.awaitQuiet();
        assertThat(cloud.describe(execution).get("output").asText()).isEqualTo("{\"by\":\"camera\"}");
        assertThat(cloud.types(execution))
                .containsSequence("TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited");
    }

    @Test
    void a_callback_from_inside_the_function_is_not_lost() {
        cloud.functions.put("ask", payload -> {
            cloud.call("SendTaskSuccess", token(payload.get("token").asText()).put("output", "1"));
            return new Invocation.Answered(TextNode.valueOf("asked"));
        });
        String execution = cloud.start(cloud.machine(ASK), "{}");
        assertThat(cloud.describe(execution).get("output").asText()).isEqualTo("1");
        assertThat(cloud.types(execution)).containsSequence("TaskStarted", "TaskSubmitted", "TaskSucceeded");
    }

    @Test
    void a_failure_by_callback_has_its_error_and_cause() {
        String execution = cloud.start(cloud.machine(ASK), "{}");
        cloud.call(
                "SendTaskFailure",
                token(cloud.token(execution)).put("error", "Declined").put("cause", "by phone"));
        cloud.clock.awaitQuiet();
        assertThat(cloud.describe(execution).get("error").asText()).isEqualTo("Declined");
        assertThat(cloud.describe(execution).get("cause").asText()).isEqualTo("by phone");
    }

    @Test
    void of_two_answers_only_the_first_counts() {
        String execution = cloud.start(cloud.machine(ASK), "{}");
        String token = cloud.token(execution);
        cloud.call("SendTaskSuccess", token(token).put("output", "1"));
        assertThat(code("SendTaskSuccess", token(token).put("output", "2"))).isEqualTo("TaskTimedOut");
        assertThat(code("SendTaskFailure", token(token))).isEqualTo("TaskTimedOut");
        assertThat(code("SendTaskHeartbeat", token(token))).isEqualTo("TaskTimedOut");
        cloud.clock.awaitQuiet();
        assertThat(cloud.describe(execution).get("output").asText()).isEqualTo("1");
    }

    @Test
    void a_task_that_timed_out_or_whose_execution_was_stopped_takes_no_answer() {
        String late = cloud.start(cloud.machine(ASK), "{}");
        String stopped = cloud.start(cloud.machine(ASK), "{}");
        String token = cloud.token(stopped);
        cloud.call("StopExecution", Json.object().put("executionArn", stopped));
        cloud.clock.awaitQuiet();
        assertThat(code("SendTaskSuccess", token(token).put("output", "1"))).isEqualTo("TaskTimedOut");
        cloud.clock.advance(Duration.ofSeconds(600));
        assertThat(code("SendTaskSuccess", token(cloud.token(late)).put("output", "1")))
                .isEqualTo("TaskTimedOut");
    }

    @Test
    void a_made_up_token_is_invalid_and_one_of_an_unknown_execution_has_no_task() {
        assertThat(code("SendTaskSuccess", token("made-up").put("output", "1"))).isEqualTo("InvalidToken");
        String elsewhere =
                new Tokens(new java.util.Random(1)).make("arn:aws:states:us-east-1:000000000000:execution:m:gone");
        assertThat(code("SendTaskSuccess", token(elsewhere).put("output", "1"))).isEqualTo("TaskDoesNotExist");
        assertThat(code(
                        "SendTaskSuccess",
                        token(elsewhere.substring(0, elsewhere.length() - 3)).put("output", "1")))
                .isEqualTo("InvalidToken");
    }

    @Test
    void an_output_that_is_no_JSON_leaves_the_task_waiting() {
        String execution = cloud.start(cloud.machine(ASK), "{}");
        assertThat(code("SendTaskSuccess", token(cloud.token(execution)).put("output", "{")))
                .isEqualTo("InvalidOutput");
        cloud.call("SendTaskSuccess", token(cloud.token(execution)).put("output", "1"));
    }

    // --- stop and redrive -------------------------------------------------------------------------

    @Test
    void a_redriven_execution_goes_on_at_the_state_that_failed() {
        cloud.failing("f", "Broken", 1);
        String states = """
            "Start": {"Type": "Pass", "Assign": {"v": 5}, "Next": "Work"},
            "Work": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Output": "{% $states.result & $string($v) %}", "End": true}""";
        JsonNode failed = cloud.run(states, "{}");
        assertThat(failed.get("redriveStatus").asText()).isEqualTo("NOT_REDRIVABLE");
        cloud.failing("f", "Broken", 1);
        String execution = cloud.start(cloud.machine(states), "{}");
        assertThat(cloud.describe(execution).get("redriveStatus").asText()).isEqualTo("REDRIVABLE");
        cloud.call("RedriveExecution", Json.object().put("executionArn", execution));
        cloud.clock.awaitQuiet();
        JsonNode end = cloud.describe(execution);
        assertThat(end.get("output").asText()).isEqualTo("\"done5\"");
        assertThat(end.get("redriveCount").asInt()).isEqualTo(1);
        assertThat(cloud.types(execution))
                .containsSequence("ExecutionFailed", "ExecutionRedriven", "LambdaFunctionScheduled");
    }

    @Test
    void what_succeeded_or_failed_inside_a_map_is_not_redriven() {
        String fine = cloud.start(cloud.machine("\"Start\": {\"Type\": \"Succeed\"}"), "{}");
        assertThat(code("RedriveExecution", Json.object().put("executionArn", fine)))
                .isEqualTo("ExecutionNotRedrivable");
        String inside = cloud.start(cloud.machine("""
            "Start": {"Type": "Map", "Items": [1], "ItemProcessor": {"StartAt": "F", "States": {"F": {"Type": "Fail"}}}, "End": true}"""), "{}");
        assertThat(code("RedriveExecution", Json.object().put("executionArn", inside)))
                .isEqualTo("ExecutionNotRedrivable");
    }

    @Test
    void stopping_twice_keeps_the_first_end() {
        String execution = cloud.start(cloud.machine(SLEEP), "{}");
        JsonNode first = cloud.call(
                "StopExecution", Json.object().put("executionArn", execution).put("error", "A"));
        cloud.clock.advance(Duration.ofSeconds(5));
        assertThat(cloud.call(
                        "StopExecution",
                        Json.object().put("executionArn", execution).put("error", "B")))
                .isEqualTo(first);
        assertThat(cloud.describe(execution).get("error").asText()).isEqualTo("A");
    }

    // --- lists and history ------------------------------------------------------------------------

    @Test
    void executions_are_listed_latest_first_in_pages_and_by_status() {
        String machine = cloud.machine(SLEEP);
        for (int i = 1; i <= 5; i++) cloud.call("StartExecution", named(machine, "e-" + i, "{}"));
        ObjectNode request = Json.object().put("stateMachineArn", machine).put("maxResults", 2);
        List<String> names = new ArrayList<>();
        JsonNode page = cloud.call("ListExecutions", request);
        names.addAll(page.findValuesAsText("name"));
        while (page.has("nextToken")) {
            page = cloud.call(
                    "ListExecutions",
                    request.put("nextToken", page.get("nextToken").asText()));
            names.addAll(page.findValuesAsText("name"));
        }
        assertThat(names).containsExactly("e-5", "e-4", "e-3", "e-2", "e-1");
        ObjectNode running = Json.object().put("stateMachineArn", machine).put("statusFilter", "RUNNING");
        assertThat(cloud.call("ListExecutions", running).get("executions")).hasSize(5);
        cloud.clock.advance(Duration.ofMinutes(1));
        assertThat(cloud.call("ListExecutions", running).get("executions")).isEmpty();
        assertThat(code(
                        "ListExecutions",
                        Json.object().put("stateMachineArn", machine).put("nextToken", "x")))
                .isEqualTo("InvalidToken");
    }

    @Test
    void the_history_comes_in_pages_backwards_and_without_data() {
        String execution = cloud.start(cloud.machine("\"Start\": {\"Type\": \"Pass\", \"End\": true}"), "{\"a\":1}");
        ObjectNode request = Json.object()
                .put("executionArn", execution)
                .put("reverseOrder", true)
                .put("maxResults", 3);
        JsonNode page = cloud.call("GetExecutionHistory", request);
        assertThat(page.get("events").findValuesAsText("type"))
                .containsExactly("ExecutionSucceeded", "PassStateExited", "PassStateEntered");
        JsonNode last = cloud.call(
                "GetExecutionHistory",
                request.put("nextToken", page.get("nextToken").asText()));
        assertThat(last.get("events").findValuesAsText("type")).containsExactly("ExecutionStarted");
        assertThat(last.has("nextToken")).isFalse();
        JsonNode bare = cloud.call(
                "GetExecutionHistory",
                Json.object().put("executionArn", execution).put("includeExecutionData", false));
        assertThat(bare.toString()).doesNotContain("\"input\":").contains("\"name\":\"Start\"");
    }

    // --- machines ---------------------------------------------------------------------------------

    @Test
    void creating_the_same_machine_twice_gives_the_same_and_another_under_its_name_is_refused() {
        String source = "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"}}}";
        ObjectNode request = Json.object()
                .put("name", "m")
                .put("definition", source)
                .put("roleArn", "arn:aws:iam::000000000000:role/r");
        JsonNode first = cloud.call("CreateStateMachine", request);
        assertThat(cloud.call("CreateStateMachine", request)).isEqualTo(first);
        assertThat(code("CreateStateMachine", request.deepCopy().put("type", "EXPRESS")))
                .isEqualTo("StateMachineAlreadyExists");
        assertThat(cloud.call("ListStateMachines", Json.object()).get("stateMachines"))
                .hasSize(1);
        JsonNode described = cloud.call(
                "DescribeStateMachine",
                Json.object()
                        .put("stateMachineArn", first.get("stateMachineArn").asText()));
        assertThat(described.get("definition").asText()).isEqualTo(source);
        assertThat(described.get("type").asText()).isEqualTo("STANDARD");
    }

    @Test
    void an_update_is_for_executions_that_start_later() {
        String machine =
                cloud.machine("\"Start\": {\"Type\": \"Wait\", \"Seconds\": 60, \"Output\": \"old\", \"End\": true}");
        String before = cloud.start(machine, "{}");
        cloud.call(
                "UpdateStateMachine",
                Json.object()
                        .put("stateMachineArn", machine)
                        .put(
                                "definition",
                                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\",\"Output\":\"new\"}}}"));
        String after = cloud.start(machine, "{}");
        cloud.clock.advance(Duration.ofMinutes(1));
        assertThat(cloud.describe(before).get("output").asText()).isEqualTo("\"old\"");
        assertThat(cloud.describe(after).get("output").asText()).isEqualTo("\"new\"");
    }

    @Test
    void an_express_machine_answers_at_once_and_keeps_no_history() {
        String definition =
                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"Output\":\"{% $states.input.a + 1 %}\",\"End\":true}}}";
        String machine = cloud.create(definition, "EXPRESS");
        JsonNode answer = cloud.call(
                "StartSyncExecution",
                Json.object().put("stateMachineArn", machine).put("input", "{\"a\": 1}"));
        assertThat(answer.get("output").asText()).isEqualTo("2");
        assertThat(answer.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(code(
                        "DescribeExecution",
                        Json.object()
                                .put("executionArn", answer.get("executionArn").asText())))
                .isEqualTo("InvalidArn");
        assertThat(code("ListExecutions", Json.object().put("stateMachineArn", machine)))
                .isEqualTo("StateMachineTypeNotSupported");
        assertThat(code("StartSyncExecution", Json.object().put("stateMachineArn", cloud.machine(SLEEP))))
                .isEqualTo("StateMachineTypeNotSupported");
    }

    @Test
    void unknown_things_are_named() {
        assertThat(code(
                        "DescribeExecution",
                        Json.object().put("executionArn", "arn:aws:states:us-east-1:000000000000:execution:m:x")))
                .isEqualTo("ExecutionDoesNotExist");
        assertThat(code(
                        "StartExecution",
                        Json.object().put("stateMachineArn", "arn:aws:states:us-east-1:000000000000:stateMachine:x")))
                .isEqualTo("StateMachineDoesNotExist");
        assertThat(code("StartExecution", Json.object().put("stateMachineArn", "nonsense")))
                .isEqualTo("InvalidArn");
        assertThat(code("StartExecution", Json.object())).isEqualTo("ValidationException");
        AwsError error = catchThrowableOfType(AwsError.class, () -> cloud.call("CreateActivity", Json.object()));
        assertThat(error).hasMessageContaining("'CreateActivity'");
    }

    @Test
    void listeners_hear_of_start_and_end_as_EventBridge_does() {
        List<StatusChange> changes = new ArrayList<>();
        cloud.states.onStatusChange(changes::add);
        String execution = cloud.start(cloud.machine(SLEEP), "{\"a\": 1}");
        cloud.clock.advance(Duration.ofMinutes(1));
        assertThat(changes)
                .extracting(change -> change.detail().get("status").asText())
                .containsExactly("RUNNING", "SUCCEEDED");
        JsonNode detail = changes.get(1).detail();
        assertThat(changes.get(1).resource()).isEqualTo(execution);
        assertThat(detail.get("input").asText()).isEqualTo("{\"a\": 1}");
        assertThat(detail.get("stopDate").asLong() - detail.get("startDate").asLong())
                .isEqualTo(60_000);
    }
}
