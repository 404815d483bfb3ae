package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session with one thing wrong, or several: refused with each of them named, and nothing is stored. */
class BadInputTest extends LoopCloud {
    private static final Tables TABLES = new Tables(CLOUD);
    private static Small small;
    private static Map<String, Long> before;

    @BeforeAll
    static void count() {
        small = small();
        CLOUD.waitUntilQuiet();
        before = TABLES.counts();
    }

    @AfterAll
    static void nothing_was_stored_by_any_of_these() {
        CLOUD.waitUntilQuiet();
        assertThat(TABLES.counts()).isEqualTo(before);
    }

    /** @param change what is wrong with an otherwise good session */
    record Row(
            String situation, BiFunction<Map<String, Object>, String, Object> change, int status, String... problems) {
        @Override
        public String toString() {
            return situation;
        }
    }

    private static Row member(String name, Object value, int status, String... problems) {
        return new Row(
                name + " is " + (String.valueOf(value).length() > 40 ? "huge" : Json.text(String.valueOf(value))),
                (session, _) -> {
                    session.put(name, value);
                    return session;
                },
                status,
                problems);
    }

    private static Row without(String name) {
        return new Row(
                "without " + name,
                (session, _) -> {
                    session.remove(name);
                    return session;
                },
                400,
                "required /" + name);
    }

    private static Row text(String situation, BiFunction<String, String, String> change, String... problems) {
        return new Row(situation, (session, json) -> change.apply(json, ""), 400, problems);
    }

    private static Row exercise(String name, Object value, int status, String problem) {
        Map<String, Object> done = new HashMap<>(Map.of("code", "squat", "completion", "DONE", "repetitions", 30));
        done.put(name, value);
        return member("exercises", List.of(done), status, problem);
    }

    static Stream<Row> sessions() {
        return Stream.of(
                text("nothing", (_, _) -> "", "missingBody "),
                text("blanks", (_, _) -> " \n ", "missingBody "),
                text("not JSON", (_, _) -> "startedAt=now", "notJson "),
                text("cut off", (json, _) -> json.substring(0, json.length() - 5), "notJson "),
                text("something after the end", (json, _) -> json + "]", "notJson "),
                text("two sessions one after the other", (json, _) -> json + json, "notJson "),
                text("the same member twice", (json, _) -> "{\"programVersion\":1," + json.substring(1), "notJson "),
                text("NaN", (json, _) -> json.replace("\"repetitions\":30", "\"repetitions\":NaN"), "notJson "),
                text(
                        "Infinity",
                        (json, _) -> json.replace("\"repetitions\":30", "\"repetitions\":Infinity"),
                        "notJson "),
                text("nested 100,000 deep", (_, _) -> "[".repeat(100_000), "notJson "),
                text("nested 900 deep", (json, _) -> nested(json, 900), "additionalProperties /x"),
                text(
                        "a number beyond all bounds",
                        (json, _) ->
                                json.replace("\"repetitions\":30", "\"repetitions\":30,\"peakAngleDegrees\":1e400"),
                        "maximum /exercises/0/peakAngleDegrees"),
                text("null", (_, _) -> "null", "type "),
                text("a text", (_, _) -> "\"session\"", "type "),
                text("a list instead of an object", (json, _) -> "[" + json + "]", "type "),
                without("sessionId"),
                without("zone"),
                without("exercises"),
                member("colour", "blue", 400, "additionalProperties /colour"),
                member("a/b~c", 1, 400, "additionalProperties /a~1b~0c"),
                text("notes is null", (json, _) -> "{\"notes\":null," + json.substring(1), "type /notes"),
                text("zone is null", (json, _) -> json.replace("\"America/New_York\"", "null"), "type /zone"),
                member("programVersion", "1", 400, "type /programVersion"),
                member("programVersion", 0, 400, "minimum /programVersion"),
                member("programVersion", 1.5, 400, "type /programVersion"),
                member("programVersion", true, 400, "type /programVersion"),
                member("sessionId", "", 400, "pattern /sessionId"),
                member("sessionId", "1", 400, "pattern /sessionId"),
                member("sessionId", "0190a000-0000-4000-8000-000000000000", 400, "pattern /sessionId"),
                member("startedAt", "", 400, "format /startedAt"),
                text("pain is null", (json, _) -> "{\"pain\":null," + json.substring(1), "type /pain"),
                member("startedAt", "2026-01-05", 400, "format /startedAt"),
                member("startedAt", "2026-02-30T10:00:00Z", 400, "format /startedAt"),
                member("startedAt", "+12026-01-05T10:00:00Z", 400, "format /startedAt"),
                member("startedAt", 1767625200, 400, "type /startedAt"),
                member("zone", "", 400, "format /zone"),
                member("zone", "Mars/Olympus", 400, "format /zone"),
                member("zone", "America/New_York\0", 400, "format /zone"),
                member("zone", "+25:00", 400, "format /zone"),
                member("recordedBy", "TELEPATHY", 400, "enum /recordedBy"),
                member("recordedBy", "manual", 400, "enum /recordedBy"),
                member("exercises", List.of(), 400, "minItems /exercises"),
                member("exercises", Map.of("code", "squat"), 400, "type /exercises"),
                member("exercises", List.of("squat"), 400, "type /exercises/0"),
                member(
                        "exercises",
                        Collections.nCopies(41, Map.of("code", "squat", "completion", "DONE")),
                        400,
                        "maxItems /exercises"),
                exercise("repetitions", -1, 400, "minimum /exercises/0/repetitions"),
                exercise("repetitions", 1_000_000_000_000L, 400, "maximum /exercises/0/repetitions"),
                exercise("completion", "DONE ", 400, "enum /exercises/0/completion"),
                exercise("code", "", 422, "unknownExercise /exercises/0/code"),
                exercise("code", "squat\u0007", 422, "unknownExercise /exercises/0/code"),
                exercise("code", "levitation", 422, "unknownExercise /exercises/0/code"),
                exercise("code", "x".repeat(61), 400, "maxLength /exercises/0/code"),
                member("pain", Map.of("after", 11), 400, "maximum /pain/after"),
                member("pain", Map.of("after", -1), 400, "minimum /pain/after"),
                member("pain", Map.of("during", 1), 400, "additionalProperties /pain/during"),
                member("pain", 4, 400, "type /pain"),
                member("notes", "x".repeat(2001), 400, "maxLength /notes"),
                member("notes", List.of("x"), 400, "type /notes"),
                text(
                        "half a character",
                        (json, _) -> json.replaceFirst("\\{", "{\"notes\":\"\\\\ud83d\","),
                        "notUnicode /notes"),
                member("device", Map.of("model", "x"), 400, "required /device/appVersion"),
                new Row(
                        "ended before it started",
                        (session, _) -> swapped(session),
                        422,
                        "endedBeforeStarted /endedAt"),
                new Row(
                        "ended when it started",
                        (session, _) -> at(session, "endedAt", session.get("startedAt")),
                        422,
                        "endedBeforeStarted /endedAt"),
                new Row(
                        "seven hours long",
                        (session, _) -> at(
                                session,
                                "startedAt",
                                now().minus(Duration.ofHours(7)).toString()),
                        422,
                        "longerThanSixHours /endedAt"),
                new Row(
                        "in the future, unknown exercises",
                        (session, _) -> {
                            session.put(
                                    "startedAt",
                                    now().plus(Duration.ofMinutes(6)).toString());
                            session.put(
                                    "endedAt",
                                    now().plus(Duration.ofMinutes(16)).toString());
                            session.put(
                                    "exercises",
                                    List.of(
                                            Map.of("code", "a", "completion", "DONE"),
                                            Map.of("code", "b", "completion", "DONE")));
                            return session;
                        },
                        422,
                        "inTheFuture /endedAt",
                        "unknownExercise /exercises/0/code",
                        "unknownExercise /exercises/1/code"),
                new Row(
                        "much at once",
                        (session, _) -> {
                            session.putAll(Map.of(
                                    "zone",
                                    "Nowhere",
                                    "formScore",
                                    101,
                                    "pain",
                                    Map.of("before", "low"),
                                    "secret",
                                    true));
                            session.remove("sessionId");
                            return session;
                        },
                        400,
                        "format /zone",
                        "maximum /formScore",
                        "type /pain/before",
                        "additionalProperties /secret",
                        "required /sessionId"));
    }

    private static String nested(String json, int depth) {
        return "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "," + json.substring(1);
    }

    private static Map<String, Object> swapped(Map<String, Object> session) {
        Object started = session.get("startedAt");
        session.put("startedAt", session.get("endedAt"));
        session.put("endedAt", started);
        return session;
    }

    private static Map<String, Object> at(Map<String, Object> session, String name, Object value) {
        session.put(name, value);
        return session;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void sessions(Row row) {
        Map<String, Object> session = new TreeMap<>(session(small.clinic(), now().minusSeconds(60)));
        Object body = row.change().apply(session, Json.text(session));

        ApiClient.Response refused = upload(small.patient(), body);

        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(row.status());
        List<String> problems = new ArrayList<>();
        for (JsonNode problem : refused.body().path("problems")) {
            assertThat(problem.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("code", "pointer");
            problems.add(problem.path("code").asText() + " "
                    + problem.path("pointer").asText());
        }
        assertThat(problems).containsExactlyInAnyOrder(row.problems());
        assertThat(refused.headers().get("content-type")).containsExactly("application/problem+json");
        assertThat(refused.body().path("requestId").asText()).isNotEmpty();
    }

    @Test
    void a_body_of_ten_megabytes_is_too_large_for_a_function_and_one_more_byte_for_the_gateway() {
        String whole = "\"" + "x".repeat(10 * 1024 * 1024 - 2) + "\"";
        assertThat(upload(small.patient(), whole).status()).isEqualTo(413);
        assertThat(upload(small.patient(), whole + " ").status()).isEqualTo(413);
        assertThat(upload(small.patient(), "\"" + "x".repeat(512 * 1024) + "\"").status())
                .isEqualTo(413);
    }
}
