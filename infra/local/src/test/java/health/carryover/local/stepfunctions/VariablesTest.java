package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What expressions see, and when. */
class VariablesTest {
    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void assign_and_output_both_see_the_old_values() {
        String states = """
            "Start": {"Type": "Pass", "Assign": {"a": 1, "b": 2}, "Next": "Swap"},
            "Swap": {"Type": "Pass", "Assign": {"a": "{% $b %}", "b": "{% $a %}"}, "Output": "{% [$a, $b] %}", "Next": "After"},
            "After": {"Type": "Pass", "Output": {"during": "{% $states.input %}", "after": "{% [$a, $b] %}"}, "End": true}""";
        assertThat(cloud.output(states, "{}")).hasToString("{\"during\":[1,2],\"after\":[2,1]}");
    }

    @Test
    void a_null_variable_is_null_and_not_undefined() {
        String states = """
            "Start": {"Type": "Pass", "Assign": {"a": null}, "Next": "Tell"},
            "Tell": {"Type": "Pass", "Output": {"a": "{% $a %}", "type": "{% $type($a) %}", "there": "{% $exists($a) %}"}, "End": true}""";
        assertThat(cloud.output(states, "{}")).hasToString("{\"a\":null,\"type\":\"null\",\"there\":true}");
    }

    @Test
    void a_branch_reads_the_variables_around_it_and_its_own_vanish() {
        String states = """
            "Start": {"Type": "Pass", "Assign": {"outer": "o", "both": "outside"}, "Next": "Fork"},
            "Fork": {"Type": "Parallel", "Branches": [{"StartAt": "In", "States": {
                "In": {"Type": "Pass", "Assign": {"inner": "i", "both": "inside"}, "Next": "In2"},
                "In2": {"Type": "Pass", "Output": "{% $outer & $inner & $both %}", "End": true}}}], "Next": "Tell"},
            "Tell": {"Type": "Pass", "Output": {"branch": "{% $states.input[0] %}", "inner": "{% $exists($inner) %}", "both": "{% $both %}"}, "End": true}""";
        assertThat(cloud.output(states, "{}"))
                .hasToString("{\"branch\":\"oiinside\",\"inner\":false,\"both\":\"outside\"}");
    }

    @Test
    void iterations_do_not_see_each_other() {
        String states = """
            "Start": {"Type": "Map", "Items": [1, 2, 3], "MaxConcurrency": 1, "ItemProcessor": {"StartAt": "Look", "States": {
                "Look": {"Type": "Pass", "Assign": {"seen": true}, "Output": "{% $exists($seen) %}", "End": true}}}, "End": true}""";
        assertThat(cloud.output(states, "{}")).hasToString("[false,false,false]");
    }

    @Test
    void a_rule_that_matches_assigns_and_the_state_does_so_only_by_default() {
        String states = """
            "Start": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.x = 1 %}", "Assign": {"way": "rule"}, "Output": "r", "Next": "Tell"}],
               "Default": "Tell", "Assign": {"way": "default"}, "Output": "d"},
            "Tell": {"Type": "Pass", "Output": "{% $way & $states.input %}", "End": true}""";
        assertThat(cloud.output(states, "{\"x\": 1}")).hasToString("\"ruler\"");
        assertThat(cloud.output(states, "{\"x\": 2}")).hasToString("\"defaultd\"");
    }

    @Test
    void a_catcher_assigns_the_error_and_passes_its_output() {
        cloud.functions.put("f", payload -> TestCloud.failed("Custom"));
        String states = """
            "Start": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Assign": {"never": 1}, "End": true,
              "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"e": "{% $states.errorOutput.Error %}"}, "Output": "{% $states.input.x %}", "Next": "Tell"}]},
            "Tell": {"Type": "Pass", "Output": {"e": "{% $e %}", "input": "{% $states.input %}", "never": "{% $exists($never) %}"}, "End": true}""";
        assertThat(cloud.output(states, "{\"x\": 5}")).hasToString("{\"e\":\"Custom\",\"input\":5,\"never\":false}");
    }

    @Test
    void setting_a_variable_inside_an_expression_sets_none_of_the_workflow() {
        String states = """
            "Start": {"Type": "Pass", "Output": "{% $x := 1 %}", "Next": "Tell"},
            "Tell": {"Type": "Pass", "Output": "{% $exists($x) %}", "End": true}""";
        assertThat(cloud.output(states, "{}")).hasToString("false");
    }

    @Test
    void a_list_with_nothing_found_stays_a_list_when_the_definition_says_so() {
        String states = "\"Start\": {\"Type\": \"Pass\", \"Output\": \"{% [$states.input[x > 1]] %}\", \"End\": true}";
        assertThat(cloud.output(states, "[{\"x\": 1}]")).hasToString("[]");
        assertThat(cloud.output(states, "[{\"x\": 2}]")).hasToString("[{\"x\":2}]");
    }

    @Test
    void what_a_filter_does_not_find_is_an_error_at_its_place() {
        var end = cloud.run(
                "\"Start\": {\"Type\": \"Pass\", \"Output\": {\"a\": [1, {\"b\": \"{% $states.input[x > 1] %}\"}]}, \"End\": true}",
                "[{\"x\": 1}]");
        assertThat(end.get("cause").asText())
                .contains("specified for the field 'Output/a[1]/b' returned nothing (undefined).");
    }
}
