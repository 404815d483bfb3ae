package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks against the local cloud: names of operations, results and errors. */
class IntegrationsTest {
    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String task(String resource, String arguments) {
        return "\"Start\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::" + resource + "\", \"Arguments\": "
                + arguments + ", \"End\": true}";
    }

    @Test
    void a_function_ARN_gives_the_bare_payload_and_the_integration_wraps_it() {
        cloud.functions.put("f", Invocation.Answered::new);
        assertThat(cloud.output(
                        "\"Start\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:us-east-1:000000000000:function:f\", \"End\": true}",
                        "{\"a\":1}"))
                .hasToString("{\"a\":1}");
        assertThat(cloud.output(task("lambda:invoke", "{\"FunctionName\": \"f\", \"Payload\": {\"a\": 1}}"), "{}"))
                .hasToString("{\"ExecutedVersion\":\"$LATEST\",\"Payload\":{\"a\":1},\"StatusCode\":200}");
    }

    @Test
    void a_function_that_throws_gives_its_class_and_the_whole_document() {
        cloud.functions.put("f", payload -> TestCloud.failed("CapacityException"));
        JsonNode end = cloud.run(task("lambda:invoke", "{\"FunctionName\": \"f\"}"), "{}");
        assertThat(end.get("error").asText()).isEqualTo("CapacityException");
        assertThat(end.get("cause").asText())
                .isEqualTo("{\"errorType\":\"CapacityException\",\"errorMessage\":\"as told\"}");
    }

    @Test
    void a_function_that_is_not_there_is_a_Lambda_error() {
        assertThat(cloud.run(task("lambda:invoke", "{\"FunctionName\": \"none\"}"), "{}")
                        .get("error")
                        .asText())
                .isEqualTo("Lambda.ResourceNotFoundException");
    }

    @Test
    void services_are_called_with_their_operation_and_their_errors_carry_the_name_of_the_SDK() {
        List<String> calls = new ArrayList<>();
        cloud.services.put("dynamodb", (operation, parameters) -> {
            calls.add(operation + " " + parameters);
            throw new AwsError(parameters.path("Code").asText(), "no");
        });
        String sdk = "aws-sdk:dynamodb:updateItem";
        assertThat(cloud.run(task(sdk, "{\"Code\": \"ConditionalCheckFailedException\"}"), "{}")
                        .get("error")
                        .asText())
                .isEqualTo("DynamoDb.ConditionalCheckFailedException");
        assertThat(cloud.run(task(sdk, "{\"Code\": \"ValidationException\"}"), "{}")
                        .get("error")
                        .asText())
                .isEqualTo("DynamoDb.DynamoDbException");
        assertThat(cloud.run(task("dynamodb:putItem", "{\"Code\": \"ConditionalCheckFailedException\"}"), "{}")
                        .get("error")
                        .asText())
                .isEqualTo("DynamoDB.ConditionalCheckFailedException");
        assertThat(cloud.run(task("dynamodb:putItem", "{\"Code\": \"ValidationException\"}"), "{}")
                        .get("error")
                        .asText())
                .isEqualTo("DynamoDB.AmazonDynamoDBException");
        assertThat(calls).first().isEqualTo("UpdateItem {\"Code\":\"ConditionalCheckFailedException\"}");
        assertThat(calls.get(2)).startsWith("PutItem ");
        JsonNode s3 = cloud.run(task("aws-sdk:s3:getObject", "{\"Bucket\": \"b\", \"Key\": \"none\"}"), "{}");
        assertThat(s3.get("error").asText()).isEqualTo("S3.NoSuchKeyException");
        assertThat(s3.get("cause").asText())
                .isEqualTo("The specified key does not exist. (Service: S3, Status Code: 404, Request ID: local)");
    }

    @Test
    void JSON_becomes_text_where_the_API_wants_text() {
        List<String> calls = new ArrayList<>();
        CloudService service = (operation, parameters) -> {
            calls.add(operation + " " + parameters);
            return Json.object();
        };
        cloud.services.put("sqs", service);
        cloud.services.put("events", service);
        cloud.output(task("sqs:sendMessage", "{\"QueueUrl\": \"q\", \"MessageBody\": {\"a\": 1}}"), "{}");
        cloud.output(task("events:putEvents", "{\"Entries\": [{\"Source\": \"s\", \"Detail\": {\"a\": 1}}]}"), "{}");
        assertThat(calls)
                .containsExactly(
                        "SendMessage {\"QueueUrl\":\"q\",\"MessageBody\":\"{\\\"a\\\":1}\"}",
                        "PutEvents {\"Entries\":[{\"Source\":\"s\",\"Detail\":\"{\\\"a\\\":1}\"}]}");
    }

    @Test
    void a_failed_event_entry_fails_the_task() {
        cloud.services.put("events", (operation, parameters) -> Json.object().put("FailedEntryCount", 1));
        JsonNode end = cloud.run(task("events:putEvents", "{\"Entries\": []}"), "{}");
        assertThat(end.get("error").asText()).isEqualTo("EventBridge.FailedEntry");
        assertThat(end.get("cause").asText()).isEqualTo("{\"FailedEntryCount\":1}");
    }

    // --- child executions -------------------------------------------------------------------------

    private String child(String suffix, String states) {
        String machine = cloud.machine(states);
        return task(
                "states:startExecution" + suffix,
                "{\"StateMachineArn\": \"" + machine + "\", \"Name\": \"child\", \"Input\": {\"a\": 1}}");
    }

    @Test
    void a_child_is_started_and_left_alone() {
        JsonNode output = cloud.output(child("", "\"Start\": {\"Type\": \"Pass\", \"End\": true}"), "{}");
        assertThat(output.get("ExecutionArn").asText()).endsWith(":execution:machine-1:child");
        assertThat(output.get("StartDate").asLong()).isEqualTo(TestCloud.START.toEpochMilli());
        assertThat(cloud.describe(output.get("ExecutionArn").asText())
                        .get("input")
                        .asText())
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void sync_waits_and_gives_text_and_sync_2_gives_JSON() {
        String states = "\"Start\": {\"Type\": \"Wait\", \"Seconds\": 30, \"Output\": {\"b\": 2}, \"End\": true}";
        JsonNode end = cloud.run(child(".sync", states), "{}");
        assertThat(TestCloud.json(end.get("output").asText()).get("Output").asText())
                .isEqualTo("{\"b\":2}");
        assertThat(cloud.times(end.get("executionArn").asText(), "TaskSucceeded"))
                .containsExactly(30.0);
        JsonNode parsed = cloud.output(child(".sync:2", states), "{}");
        assertThat(parsed.get("Output")).hasToString("{\"b\":2}");
        assertThat(parsed.get("Input")).hasToString("{\"a\":1}");
        assertThat(parsed.get("Status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_failed_child_fails_the_parent_with_its_description() {
        JsonNode end = cloud.run(
                child(".sync:2", "\"Start\": {\"Type\": \"Fail\", \"Error\": \"Broken\", \"Cause\": \"why\"}"), "{}");
        assertThat(end.get("error").asText()).isEqualTo("States.TaskFailed");
        JsonNode cause = TestCloud.json(end.get("cause").asText());
        assertThat(cause.get("Error").asText()).isEqualTo("Broken");
        assertThat(cause.get("Status").asText()).isEqualTo("FAILED");
    }

    @Test
    void stopping_the_parent_stops_a_child_it_waits_for() {
        String states = child(".sync", "\"Start\": {\"Type\": \"Wait\", \"Seconds\": 30, \"End\": true}");
        String parent = cloud.start(cloud.machine(states), "{}");
        cloud.call("StopExecution", Json.object().put("executionArn", parent));
        cloud.clock.advance(Duration.ofMinutes(1));
        assertThat(cloud.describe("arn:aws:states:us-east-1:000000000000:execution:machine-1:child")
                        .get("status")
                        .asText())
                .isEqualTo("ABORTED");
    }

    @Test
    void a_taken_name_is_an_error_of_Step_Functions() {
        String states = child("", "\"Start\": {\"Type\": \"Pass\", \"End\": true}");
        cloud.start(cloud.machine(states), "{}");
        String again = cloud.start(cloud.machine(states), "{}");
        assertThat(cloud.describe(again).get("error").asText())
                .isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
        String bySdk = cloud.start(cloud.machine(states.replace("states:start", "aws-sdk:sfn:start")), "{}");
        assertThat(cloud.describe(bySdk).get("error").asText()).isEqualTo("Sfn.ExecutionAlreadyExistsException");
    }

    @Test
    void a_machine_can_answer_the_callback_of_another() {
        cloud.functions.put("ask", payload -> new Invocation.Answered(TextNode.valueOf("asked")));
        String waiting = cloud.start(cloud.machine("""
            "Start": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "ask", "Payload": {"token": "{% $states.context.Task.Token %}"}}, "End": true}"""), "{}");
        cloud.output(
                task(
                        "aws-sdk:sfn:sendTaskSuccess",
                        "{\"TaskToken\": \"{% $states.input %}\", \"Output\": {\"ok\": true}}"),
                "\"" + cloud.token(waiting) + "\"");
        assertThat(cloud.describe(waiting).get("output").asText()).isEqualTo("{\"ok\":true}");
        assertThat(cloud.run(task("aws-sdk:sfn:sendTaskSuccess", "{\"TaskToken\": \"x\", \"Output\": \"1\"}"), "{}")
                        .get("error")
                        .asText())
                .isEqualTo("Sfn.InvalidTokenException");
    }

    @Test
    void the_SDK_integration_writes_times_as_text() {
        String machine = cloud.machine("\"Start\": {\"Type\": \"Pass\", \"End\": true}");
        JsonNode output =
                cloud.output(task("aws-sdk:sfn:startExecution", "{\"StateMachineArn\": \"" + machine + "\"}"), "{}");
        assertThat(output.get("StartDate").asText()).isEqualTo("2026-03-02T08:00:00.000Z");
    }
}
