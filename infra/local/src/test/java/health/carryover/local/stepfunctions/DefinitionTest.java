package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.carryover.local.cloud.AwsError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused when a machine is created, by name. */
class DefinitionTest {
    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private String refusal(String definition, String type) {
        AwsError error = catchThrowableOfType(AwsError.class, () -> cloud.create(definition, type));
        assertThat(error).as("refused: " + definition).isNotNull();
        assertThat(error.code()).isEqualTo("InvalidDefinition");
        return String.valueOf(error.getMessage());
    }

    private String refusal(String state) {
        return refusal(
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"S\", \"States\": {\"S\": " + state + "}}", "STANDARD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Type\": \"Pass\", \"InputPath\": \"$.a\", \"End\": true}|a JSONPath field; only JSONata is supported at /States/S/InputPath",
                "{\"Type\": \"Pass\", \"Result\": 1, \"End\": true}|at /States/S/Result",
                "{\"Type\": \"Pass\", \"Colour\": 1, \"End\": true}|Field is not supported at /States/S/Colour",
                "{\"Type\": \"Loop\"}|'Loop' is not a known type of state at /States/S/Type",
                "{\"Type\": \"Pass\", \"QueryLanguage\": \"JSONPath\", \"End\": true}|the state is JSONPath; only JSONata is supported at /States/S/QueryLanguage",
                "{\"Type\": \"Pass\"}|exactly one of Next and End is needed at /States/S",
                "{\"Type\": \"Pass\", \"Next\": \"T\"}|there is no state 'T' to go to at /States/S",
                "{\"Type\": \"Wait\", \"End\": true}|exactly one of Seconds and Timestamp is needed",
                "{\"Type\": \"Wait\", \"Seconds\": -1, \"End\": true}|at /States/S/Seconds",
                "{\"Type\": \"Wait\", \"Timestamp\": \"tomorrow\", \"End\": true}|at /States/S/Timestamp",
                "{\"Type\": \"Pass\", \"Output\": \"{% 1 + %}\", \"End\": true}|the JSONata expression is not valid",
                "{\"Type\": \"Pass\", \"Output\": {\"a\": [\"{% 1 \"]}, \"End\": true}|must begin with {% and end with %} at /States/S/Output/a[0]",
                "{\"Type\": \"Pass\", \"Assign\": {\"states\": 1}, \"End\": true}|is not a name for a variable at /States/S/Assign/states",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:us-east-1:000000000000:activity:a\", \"End\": true}|is not a resource that can be used here at /States/S/Resource",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::glue:startJobRun.sync\", \"End\": true}|'arn:aws:states:::glue:startJobRun.sync' is not a supported integration",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:kinesis:putRecord\", \"End\": true}|names a service that the local cloud does not have",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke.sync\", \"End\": true}|has no '.sync'",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:startSyncExecution\", \"End\": true}|use states:startExecution",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Credentials\": {}, \"End\": true}|at /States/S/Credentials",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"TimeoutSeconds\": 5, \"HeartbeatSeconds\": 5, \"End\": true}|must be less than TimeoutSeconds",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{\"ErrorEquals\": [\"States.ALL\"]}, {\"ErrorEquals\": [\"A\"]}], \"End\": true}|States.ALL must stand alone and in the last entry at /States/S/Retry[0]/ErrorEquals",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{\"ErrorEquals\": [\"A\"], \"BackoffRate\": 0.5}], \"End\": true}|at /States/S/Retry[0]/BackoffRate",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{\"ErrorEquals\": [\"A\"], \"IntervalSeconds\": 5, \"MaxDelaySeconds\": 5}], \"End\": true}|must be greater than IntervalSeconds",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Catch\": [{\"ErrorEquals\": [], \"Next\": \"S\"}], \"End\": true}|at /States/S/Catch[0]/ErrorEquals",
                "{\"Type\": \"Map\", \"Iterator\": {}, \"End\": true}|Field is not supported at /States/S/Iterator",
                "{\"Type\": \"Map\", \"Label\": \"L\", \"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Succeed\"}}}, \"End\": true}|needs Mode DISTRIBUTED at /States/S/Label",
                "{\"Type\": \"Map\", \"ItemProcessor\": {\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}}}, \"End\": true}|the name occurs twice in this state machine",
                "{\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"Next\": \"S\"}], \"Default\": \"S\"}|a JSONPath field; only JSONata is supported at /States/S/Choices[0]/Variable"
            })
    void what_is_not_understood_is_refused_with_its_place(String state, String message) {
        assertThat(refusal(state)).contains(message);
    }

    @Test
    void all_problems_are_told_at_once() {
        String message =
                refusal("{\"Type\": \"Pass\", \"InputPath\": \"$\", \"OutputPath\": \"$\", \"Next\": \"Nowhere\"}");
        assertThat(message).contains("/States/S/InputPath", "/States/S/OutputPath", "'Nowhere'");
    }

    @Test
    void a_machine_that_names_no_language_is_JSONPath() {
        assertThat(refusal("{\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}}}", "STANDARD"))
                .contains("only JSONata is supported");
    }

    @Test
    void a_state_nobody_goes_to_is_refused() {
        String definition =
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}, \"T\": {\"Type\": \"Succeed\"}}}";
        assertThat(refusal(definition, "STANDARD")).contains("the state is not reachable at /States/T");
    }

    @Test
    void what_is_no_JSON_is_refused() {
        assertThat(refusal("{", "STANDARD")).contains("INVALID_JSON_DESCRIPTION");
    }

    @Test
    void an_express_machine_cannot_wait_for_others() {
        String task =
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::%s\", \"End\": true}}}";
        assertThat(refusal(task.formatted("lambda:invoke.waitForTaskToken"), "EXPRESS"))
                .contains("'.waitForTaskToken'");
        assertThat(refusal(task.formatted("states:startExecution.sync:2"), "EXPRESS"))
                .contains("'.sync:2'");
    }
}
