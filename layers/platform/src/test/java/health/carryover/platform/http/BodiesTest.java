package health.carryover.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodiesTest {
    private static final Bodies BODIES = new Bodies();

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> problems(String route, String body) {
        return BODIES.problems(route, body.isEmpty() ? null : json(body)).stream()
                .map(problem -> problem.code() + " " + problem.pointer())
                .toList();
    }

    /** @param problems none for a good body */
    record Row(String route, String body, String... problems) {
        @Override
        public String toString() {
            return route + " " + body;
        }
    }

    private static final String EXERCISE = "{'code':'squat','sets':3,'repetitions':10}";

    static Stream<Row> bodies() {
        return Stream.of(
                new Row("GET /v1/me", ""),
                new Row("GET /v1/me", "{}", "unexpectedBody "),
                new Row("PUT /v1/me/consents", "", "missingBody "),
                new Row("PUT /v1/me/consents", "{'granted':[]}"),
                new Row("PUT /v1/me/consents", "{'granted':['VIDEO','VIDEO']}", "uniqueItems /granted"),
                new Row(
                        "PUT /v1/me/consents",
                        "{'granted':['EVERYTHING',7]}",
                        "enum /granted/0",
                        "enum /granted/1",
                        "type /granted/1"),
                new Row("PUT /v1/me/consents", "{'granted':null}", "type /granted"),
                new Row(
                        "PUT /v1/me/preferences",
                        "{'contactFrom':'24:00','contactTo':'9:00','zone':'CET','optedOut':[]}",
                        "pattern /contactFrom",
                        "pattern /contactTo"),
                new Row(
                        "POST /v1/me/breaks",
                        "{'from':'2026-02-29','to':'2026-03-01','reason':'REST'}",
                        "format /from"),
                new Row("POST /v1/me/breaks", "{'from':'2024-02-29','to':'2024-03-01','reason':'REST'}"),
                new Row("POST /v1/me/replies", "{'answer':'FINE','words':''}"),
                new Row(
                        "POST /v1/me/replies",
                        "{'words':'hello','x/y':{'z':1}}",
                        "required /answer",
                        "additionalProperties /x~1y"),
                new Row("POST /v1/me/safety", "{'symptom':'NONE'}", "enum /symptom"),
                new Row("POST /v1/me/devices", "{'token':'short'}", "minLength /token"),
                new Row("POST /v1/appointments", "{'patientId':'p','at':'2026-03-01T10:00:00+01:00'}"),
                new Row("POST /v1/appointments", "{'patientId':'p','at':'2026-03-01T10:00:00'}", "format /at"),
                new Row("POST /v1/tasks/{taskId}/outcome", "{'outcome':'KEEP','note':'fine'}"),
                new Row(
                        "POST /v1/tasks/{taskId}/outcome",
                        "{'outcome':'MODIFY','program':{'days':[],'sessionsPerDay':7,'exercises':[" + EXERCISE + "]}}",
                        "minItems /program/days",
                        "maximum /program/sessionsPerDay"),
                new Row(
                        "PUT /v1/patients/{patientId}/program",
                        "{'days':['MONDAY'],'sessionsPerDay':1,'exercises':[" + EXERCISE + "]}"),
                new Row(
                        "PUT /v1/patients/{patientId}/program",
                        "{'days':['MONDAY'],'sessionsPerDay':1,'exercises':[{'code':'squat','sets':0,'repetitions':'10'}]}",
                        "minimum /exercises/0/sets",
                        "type /exercises/0/repetitions"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bodies(Row row) {
        assertThat(problems(row.route(), row.body())).containsExactlyInAnyOrder(row.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00Z, true",
        "2026-03-01T10:00:00.123456789Z, true",
        "2026-03-01T10:00:00-05:00, true",
        "2026-03-01T10:00:00, false",
        "2026-03-01 10:00:00Z, false",
        "2026-02-29T10:00:00Z, false",
        "0000-03-01T10:00:00Z, false",
        "+12026-03-01T10:00:00Z, false",
        "-2026-03-01T10:00:00Z, false",
        "now, false",
    })
    void a_time_is_one_that_the_code_can_read(String text, boolean good) {
        assertThat(problems("POST /v1/appointments", "{'patientId':'p','at':'" + text + "'}")
                        .isEmpty())
                .isEqualTo(good);
    }

    @Test
    void half_a_character_is_no_text() {
        assertThat(problems("POST /v1/me/replies", "{'answer':'FINE','words':'\\ud83d'}"))
                .containsExactly("notUnicode /words");
        assertThat(problems("POST /v1/me/replies", "{'answer':'FINE','words':'\\ud83d\\ude00'}"))
                .isEmpty();
    }

    @Test
    void a_schema_that_is_not_in_the_document_cannot_be_asked_for() {
        assertThatIllegalArgumentException().isThrownBy(() -> BODIES.problemsOf("Nothing", json("{}")));
    }
}
