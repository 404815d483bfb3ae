package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions that Step Functions adds to JSONata. */
class FunctionsTest {
    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String pass(String expression) {
        return "\"Start\": {\"Type\": \"Pass\", \"Output\": \"{% " + expression + " %}\", \"End\": true}";
    }

    /** Digests of "abc" from FIPS 180-4 and RFC 1321. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 900150983cd24fb0d6963f7d28e17f72",
        "SHA-1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    })
    void hash_gives_the_published_digests(String algorithm, String digest) {
        assertThat(cloud.output(pass("$hash('abc', '" + algorithm + "')"), "{}").asText())
                .isEqualTo(digest);
    }

    @Test
    void longer_digests_have_their_length() {
        assertThat(cloud.output(pass("[$length($hash('abc', 'SHA-384')), $length($hash('abc', 'SHA-512'))]"), "{}"))
                .hasToString("[96,128]");
    }

    @Test
    void an_unknown_algorithm_is_an_error() {
        assertThat(cloud.run(pass("$hash('abc', 'CRC')"), "{}").get("error").asText())
                .isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void uuid_is_of_version_4_and_never_the_same() {
        JsonNode output = cloud.output(pass("[$uuid(), $uuid()]"), "{}");
        assertThat(output.get(0).asText())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(output.get(0)).isNotEqualTo(output.get(1));
    }

    @Test
    void random_with_a_seed_is_always_the_same() {
        JsonNode output = cloud.output(pass("[$random(5), $random(5), $random(6), $random()]"), "{}");
        assertThat(output.get(0)).isEqualTo(output.get(1)).isNotEqualTo(output.get(2));
        for (JsonNode number : output) assertThat(number.doubleValue()).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$range(0, 10, 5)|[0,5,10]",
                "$range(1, 1, 1)|1",
                "$range(3, 1, -1)|[3,2,1]",
                "$partition([1,2,3,4,5], 2)|[[1,2],[3,4],[5]]",
                "$partition([0], 1)|[[0]]",
                "$parse('{\\\"a\\\": [1, null]}')|{\"a\":[1,null]}",
                "$parse('null')|null",
                "1 + 2.5|3.5",
                "1.5 * 2|3",
                "$sum([1, 2, 3])|6",
                "$string(12345678901)|\"12345678901\""
            })
    void expressions_give_what_AWS_gives(String expression, String output) {
        assertThat(cloud.output(pass(expression), "{}")).hasToString(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$range(0, 1, 0)|must not be 0", "$range(0, 5000, 1)|at most 1000", "$partition([1], 0)|positive",
                        "$parse('{')|not JSON",
                "$eval('1')|T1006: Attempted to invoke a non-function", "1/0|D1001",
                        "$uppercase|unsupported result type", "/x/|unsupported result type",
                "$toMillis('yesterday')|threw an error during evaluation"
            })
    void what_has_no_value_is_an_evaluation_error(String expression, String cause) {
        JsonNode end = cloud.run(pass(expression), "{}");
        assertThat(end.get("error").asText()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.get("cause").asText()).contains(cause);
    }

    @Test
    void large_numbers_that_nobody_touches_stay_as_they_are() {
        assertThat(cloud.output(pass("$states.input"), "[9007199254740993, 1e3, 0.1]"))
                .hasToString("[9007199254740993,1000,0.1]");
    }
}
