package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.Invocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distributed Maps: items from S3, batches, child executions, results to S3. */
class DistributedMapTest {
    private static final String READER = """
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {%s}, "Arguments": {"Bucket": "b", "Key": "{%% $states.input.key %%}"}},""";
    private static final String WRITER = """
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {"Bucket": "b", "Prefix": "results"}},""";

    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String map(String fields, String type, String states) {
        return """
            "Start": {"Type": "Map", "Label": "Each", %s "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
              "StartAt": "P", "States": {%s}}, "End": true}""".formatted(fields, type, states);
    }

    private static String echo(String fields) {
        return map(fields, "EXPRESS", "\"P\": {\"Type\": \"Pass\", \"End\": true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"InputType\": \"JSON\"|[{\"a\":1},{\"a\":2}]|[{\"a\":1},{\"a\":2}]",
                "\"InputType\": \"JSONL\"|{\"a\":1}~~{\"a\":2}~|[{\"a\":1},{\"a\":2}]",
                "\"InputType\": \"CSV\", \"CSVHeaderLocation\": \"FIRST_ROW\"|a,b~1,\"x,y\"~2|[{\"a\":\"1\",\"b\":\"x,y\"},{\"a\":\"2\",\"b\":\"\"}]",
                "\"InputType\": \"CSV\", \"CSVHeaderLocation\": \"GIVEN\", \"CSVHeaders\": [\"k\"], \"CSVDelimiter\": \"TAB\"|1~2|[{\"k\":\"1\"},{\"k\":\"2\"}]",
                "\"InputType\": \"JSON\", \"MaxItems\": 1|[1,2,3]|[1]"
            })
    void items_are_read_from_an_object(String config, String body, String output) {
        cloud.bucket.put("items", body.replace('~', '\n'));
        assertThat(cloud.output(echo(READER.formatted(config)), "{\"key\": \"items\"}"))
                .hasToString(output);
    }

    @Test
    void the_objects_of_a_bucket_can_be_the_items() {
        cloud.bucket.put("one", "x");
        String reader =
                "\"ItemReader\": {\"Resource\": \"arn:aws:states:::s3:listObjectsV2\", \"Arguments\": {\"Bucket\": \"b\"}},";
        assertThat(cloud.output(echo(reader), "{}")).hasToString("[{\"Key\":\"one\",\"Size\":1}]");
    }

    @ParameterizedTest
    @CsvSource({"missing, S3.NoSuchKeyException", "broken, not JSON"})
    void items_that_cannot_be_read_fail_the_state(String key, String cause) {
        cloud.bucket.put("broken", "[");
        JsonNode end = cloud.run(echo(READER.formatted("\"InputType\": \"JSON\"")), "{\"key\": \"" + key + "\"}");
        assertThat(end.get("error").asText()).isEqualTo("States.ItemReaderFailed");
        assertThat(end.get("cause").asText()).contains(cause);
        assertThat(cloud.types(end.get("executionArn").asText()))
                .endsWith("MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
    }

    @Test
    void items_go_in_batches_with_what_they_share() {
        String fields = """
            "Items": [1, 2, 3, 4, 5], "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"model": "{% $states.input.model %}"}},
            "ItemSelector": {"n": "{% $states.context.Map.Item.Value %}"},""";
        assertThat(cloud.output(echo(fields), "{\"model\": \"m1\"}"))
                .hasToString(
                        "[{\"Items\":[{\"n\":1},{\"n\":2}],\"BatchInput\":{\"model\":\"m1\"}},{\"Items\":[{\"n\":3},{\"n\":4}],\"BatchInput\":{\"model\":\"m1\"}},"
                                + "{\"Items\":[{\"n\":5}],\"BatchInput\":{\"model\":\"m1\"}}]");
    }

    @Test
    void a_batch_stays_below_its_bytes() {
        String fields = "\"Items\": [\"aaaa\", \"bbbb\", \"cccc\"], \"ItemBatcher\": {\"MaxInputBytesPerBatch\": 27},";
        assertThat(cloud.output(echo(fields), "{}"))
                .hasToString("[{\"Items\":[\"aaaa\",\"bbbb\"]},{\"Items\":[\"cccc\"]}]");
    }

    @Test
    void children_are_executions_of_their_own_and_results_keep_the_order() {
        String states = map("\"Items\": [20, 10],", "STANDARD", """
            "P": {"Type": "Wait", "Seconds": "{% $states.input %}", "Output": {"id": "{% $states.context.Execution.Id %}", "in": "{% $states.context.Execution.Input %}"}, "End": true}""");
        JsonNode end = cloud.run(states, "{}");
        JsonNode output = TestCloud.json(end.get("output").asText());
        assertThat(output.findValuesAsText("in")).containsExactly("20", "10");
        String child = output.get(0).get("id").asText();
        assertThat(child).startsWith("arn:aws:states:us-east-1:000000000000:execution:machine-1/Each:");
        assertThat(cloud.describe(child).get("mapRunArn").asText())
                .startsWith("arn:aws:states:us-east-1:000000000000:mapRun:machine-1/Each:");
        String parent = end.get("executionArn").asText();
        assertThat(cloud.types(parent))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
        JsonNode run = cloud.call("ListMapRuns", Json.object().put("executionArn", parent))
                .get("mapRuns")
                .get(0);
        JsonNode described = cloud.call(
                "DescribeMapRun",
                Json.object().put("mapRunArn", run.get("mapRunArn").asText()));
        assertThat(described.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(described.at("/itemCounts/succeeded").asInt()).isEqualTo(2);
        assertThat(described.at("/itemCounts/pending").asInt()).isZero();
        JsonNode children = cloud.call(
                "ListExecutions",
                Json.object().put("mapRunArn", run.get("mapRunArn").asText()));
        assertThat(children.get("executions")).hasSize(2);
    }

    @Test
    void express_children_have_express_ARNs_and_no_outer_variables() {
        String states = """
            "Start": {"Type": "Pass", "Assign": {"outer": 1}, "Next": "Each"},
            "Each": {"Type": "Map", "Items": [1], "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "P",
              "States": {"P": {"Type": "Pass", "Output": {"outer": "{% $exists($outer) %}", "id": "{% $states.context.Execution.Id %}"}, "End": true}}}, "End": true}""";
        JsonNode output = cloud.output(states, "{}").get(0);
        assertThat(output.get("outer").asBoolean()).isFalse();
        assertThat(output.get("id").asText())
                .matches("arn:aws:states:us-east-1:000000000000:express:machine-1/Each:[0-9a-f-]{36}:[0-9a-f-]{36}");
    }

    @Test
    void no_more_children_run_at_once_than_allowed() {
        JsonNode end = cloud.run(
                map(
                        "\"Items\": [1, 2, 3, 4], \"MaxConcurrency\": 2,",
                        "STANDARD",
                        "\"P\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}"),
                "{}");
        assertThat(cloud.times(end.get("executionArn").asText(), "MapRunSucceeded"))
                .containsExactly(20.0);
    }

    private static String fragile(String fields) {
        return map(fields, "EXPRESS", """
            "P": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "score", "Payload": "{% $states.input %}"}, "Output": "{% $states.result.Payload %}", "End": true}""");
    }

    private void scoring() {
        cloud.functions.put(
                "score",
                payload -> payload.toString().contains("-")
                        ? TestCloud.failed("Negative")
                        : new Invocation.Answered(payload));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ToleratedFailureCount\": 2,|SUCCEEDED",
                "\"ToleratedFailureCount\": 1,|FAILED",
                "\"ToleratedFailurePercentage\": 50,|SUCCEEDED",
                "\"ToleratedFailurePercentage\": 49,|FAILED",
                "|FAILED"
            })
    void tolerated_failures_are_counted_to_the_item(
            @org.jspecify.annotations.Nullable String tolerance, String status) {
        scoring();
        JsonNode end = cloud.run(fragile("\"Items\": [1, -1, 2, -2]," + (tolerance == null ? "" : tolerance)), "{}");
        assertThat(end.get("status").asText()).isEqualTo(status);
        if (status.equals("FAILED"))
            assertThat(end.get("error").asText()).isEqualTo("States.ExceedToleratedFailureThreshold");
        else
            assertThat(TestCloud.json(end.get("output").asText())
                            .get(1)
                            .get("Error")
                            .asText())
                    .isEqualTo("Negative");
    }

    @ParameterizedTest
    @CsvSource({"2, SUCCEEDED", "1, FAILED"})
    void a_failed_batch_counts_with_all_its_items(int tolerated, String status) {
        scoring();
        String fields =
                "\"Items\": [1, -1, 2, 2], \"ItemBatcher\": {\"MaxItemsPerBatch\": 2}, \"ToleratedFailureCount\": "
                        + tolerated + ",";
        assertThat(cloud.run(fragile(fields), "{}").get("status").asText()).isEqualTo(status);
    }

    @Test
    void results_are_written_as_AWS_writes_them() {
        scoring();
        JsonNode output = cloud.output(fragile(WRITER + "\"Items\": [1, -1, 2], \"ToleratedFailureCount\": 1,"), "{}");
        String manifestKey = output.at("/ResultWriterDetails/Key").asText();
        assertThat(output.at("/ResultWriterDetails/Bucket").asText()).isEqualTo("b");
        assertThat(manifestKey).matches("results/[0-9a-f-]{36}/manifest.json");
        JsonNode manifest = TestCloud.json(String.valueOf(cloud.bucket.get(manifestKey)));
        assertThat(manifest.get("MapRunArn")).isEqualTo(output.get("MapRunArn"));
        assertThat(manifest.get("DestinationBucket").asText()).isEqualTo("b");
        assertThat(manifest.at("/ResultFiles/PENDING")).isEmpty();
        JsonNode file = manifest.at("/ResultFiles/SUCCEEDED/0");
        String body = String.valueOf(cloud.bucket.get(file.get("Key").asText()));
        assertThat(file.get("Key").asText()).isEqualTo(manifestKey.replace("manifest", "SUCCEEDED_0"));
        assertThat(file.get("Size").asInt()).isEqualTo(body.length());
        assertThat(TestCloud.json(body).findValuesAsText("Output")).containsExactly("1", "2");
        JsonNode failed = TestCloud.json(String.valueOf(cloud.bucket.get(
                        manifest.at("/ResultFiles/FAILED/0/Key").asText())))
                .get(0);
        assertThat(failed.get("Input").asText()).isEqualTo("-1");
        assertThat(failed.get("Error").asText()).isEqualTo("Negative");
        assertThat(failed.get("Status").asText()).isEqualTo("FAILED");
    }

    @Test
    void the_whole_nightly_way_from_manifest_to_results() {
        scoring();
        List<JsonNode> scored = new ArrayList<>();
        cloud.functions.put("score", payload -> {
            scored.add(payload);
            return new Invocation.Answered(payload.get("Items"));
        });
        ObjectNode clinics = Json.object();
        for (int i = 0; i < 25; i++) clinics.withArray("all").add("clinic-" + i);
        cloud.bucket.put("manifest", clinics.get("all").toString());
        String fields = READER.formatted("\"InputType\": \"JSON\"") + WRITER
                + "\"ItemBatcher\": {\"MaxItemsPerBatch\": 10}, \"MaxConcurrency\": 2, \"ToleratedFailurePercentage\": 5,";
        cloud.output(fragile(fields), "{\"key\": \"manifest\"}");
        assertThat(scored).extracting(batch -> batch.get("Items").size()).containsExactly(10, 10, 5);
        assertThat(cloud.bucket.keySet()).anyMatch(key -> key.endsWith("SUCCEEDED_0.json"));
    }

    @Test
    void stopping_the_parent_stops_the_children() {
        String execution = cloud.start(
                cloud.machine(map(
                        "\"Items\": [1],", "STANDARD", "\"P\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}")),
                "{}");
        String run = cloud.call("ListMapRuns", Json.object().put("executionArn", execution))
                .at("/mapRuns/0/mapRunArn")
                .asText();
        cloud.call("StopExecution", Json.object().put("executionArn", execution));
        cloud.clock.advance(java.time.Duration.ofMinutes(1));
        JsonNode child = cloud.call("ListExecutions", Json.object().put("mapRunArn", run))
                .at("/executions/0");
        assertThat(child.get("status").asText()).isEqualTo("ABORTED");
        assertThat(cloud.call("DescribeMapRun", Json.object().put("mapRunArn", run))
                        .get("status")
                        .asText())
                .isEqualTo("ABORTED");
    }

    @Test
    void a_selector_without_value_fails_the_run() {
        JsonNode end = cloud.run(echo("\"Items\": [1], \"ItemSelector\": \"{% $nothing %}\","), "{}");
        String execution = end.get("executionArn").asText();
        assertThat(end.get("error").asText()).isEqualTo("States.QueryEvaluationError");
        assertThat(cloud.types(execution))
                .endsWith("MapRunStarted", "EvaluationFailed", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
        JsonNode run = cloud.call("ListMapRuns", Json.object().put("executionArn", execution))
                .at("/mapRuns/0");
        assertThat(cloud.call(
                                "DescribeMapRun",
                                Json.object()
                                        .put("mapRunArn", run.get("mapRunArn").asText()))
                        .get("status")
                        .asText())
                .isEqualTo("FAILED");
    }

    @Test
    void no_items_give_no_children_and_an_empty_list() {
        assertThat(cloud.output(echo("\"Items\": [],"), "{}")).hasToString("[]");
    }
}
