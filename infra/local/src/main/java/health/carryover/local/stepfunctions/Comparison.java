package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares an execution with the one recorded on AWS, as the README of the cases says. */
final class Comparison {
    private static final String ANY = "<any-time>";
    private static final List<String> DATA = List.of(
            "length",
            "input",
            "output",
            "parameters",
            "timeoutInSeconds",
            "heartbeatInSeconds",
            "error",
            "resource",
            "resourceType");
    private static final List<String> EXACT = List.of("id", "prev", "location", "cause");
    private static final Set<String> TEXTS = Set.of("error", "resource", "resourceType");

    private final JsonNode expected;
    private final String mode;
    private final Set<String> topLevel = new HashSet<>();
    private final Execution execution;
    private final boolean exact;

    /** @param exact whether ids, places and AWS's wording must agree too, where they were recorded */
    Comparison(JsonNode testCase, Execution execution, boolean exact) {
        this.exact = exact;
        expected = testCase.get("expected");
        mode = testCase.path("compare").path("events").asText("none");
        testCase.path("definition").path("States").fieldNames().forEachRemaining(topLevel::add);
        this.execution = execution;
    }

    @Nullable
    String firstDifference() {
        Execution.End end = execution.end();
        if (end == null) return "the execution is still running";
        if (!expected.path("status").asText().equals(end.status().name())) {
            return "status: expected " + expected.path("status").asText() + " but was " + end.status() + " ("
                    + end.error() + ", " + end.cause() + ")";
        }
        if (expected.has("output") && (end.output() == null || !same(expected.get("output"), end.output()))) {
            return "output: expected " + expected.get("output") + " but was " + end.output();
        }
        String error = expected.path("error").textValue();
        if (!Objects.equals(error, end.error())) return "error: expected " + error + " but was " + end.error();
        String cause = cause("cause", expected.path("cause").textValue(), end.cause(), error);
        return cause != null ? cause : events();
    }

    /** AWS's wording of a JSONata error is a goal, not a must: there only its presence counts. */
    private static @Nullable String cause(
            String what, @Nullable String wanted, @Nullable String was, @Nullable String error) {
        boolean wording = Failure.QUERY.equals(error) && wanted != null && was != null;
        return wording || sameCause(wanted, was) ? null : what + ": expected " + wanted + " but was " + was;
    }

    private static boolean sameCause(@Nullable String wanted, @Nullable String was) {
        if (wanted == null || was == null) return wanted == was;
        return wanted.equals(was)
                || same(parsed(wanted), parsed(was)) && !parsed(wanted).isMissingNode();
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // not JSON: to be compared as text
        }
    }

    private @Nullable String events() {
        if (mode.equals("none") || !expected.path("events").isArray()) return null;
        List<JsonNode> wanted = new ArrayList<>();
        expected.get("events").forEach(wanted::add);
        List<ObjectNode> were =
                execution.history.events().stream().map(Comparison::flat).toList();
        if (mode.equals("sequence")) return sequence(wanted, were, true);
        List<String> left = new ArrayList<>(were.stream().map(Comparison::key).toList());
        for (JsonNode event : wanted)
            if (!left.remove(key(event))) return "events: " + key(event) + " is missing among " + left;
        if (!left.isEmpty()) return "events: not expected " + left;
        return mode.equals("forks") ? sequence(top(wanted), top(were), false) : null;
    }

    private <N extends JsonNode> List<N> top(List<N> events) {
        return events.stream()
                .filter(event -> topLevel.contains(event.path("stateName").asText())
                        || event.path("type").asText().startsWith("Execution"))
                .filter(event -> !event.path("type").asText().startsWith("MapIteration"))
                .toList();
    }

    private @Nullable String sequence(List<? extends JsonNode> wanted, List<? extends JsonNode> were, boolean data) {
        for (int i = 0; i < Math.max(wanted.size(), were.size()); i++) {
            String expected = i < wanted.size() ? key(wanted.get(i)) : "nothing";
            String was = i < were.size() ? key(were.get(i)) : "nothing";
            if (!expected.equals(was)) return "event " + (i + 1) + ": expected " + expected + " but was " + was;
            String difference = data ? data(i + 1, wanted.get(i), were.get(i)) : null;
            if (difference != null) return difference;
        }
        return null;
    }

    private @Nullable String data(int number, JsonNode wanted, JsonNode was) {
        String place = "event " + number + " (" + key(wanted) + ") ";
        for (String field : DATA) {
            JsonNode left = wanted.path(field);
            JsonNode right = was.path(field);
            if (!same(left, right)) return place + field + ": expected " + left + " but was " + right;
        }
        for (String field : EXACT) {
            boolean recorded = exact && wanted.has("id") && wanted.has(field);
            if (recorded && !same(wanted.get(field), was.path(field))) {
                return place + field + ": expected " + wanted.get(field) + " but was " + was.path(field);
            }
        }
        return cause(
                place + "cause",
                wanted.path("cause").textValue(),
                was.path("cause").textValue(),
                wanted.path("error").textValue());
    }

    private static String key(JsonNode event) {
        String state = event.path("stateName").asText("");
        String index = event.has("index") ? "[" + event.get("index").asText() + "]" : "";
        return event.path("type").asText() + (state.isEmpty() ? "" : " " + state) + index;
    }

    /** One of our events in the form of the recordings: details and JSON texts unfolded. */
    private static ObjectNode flat(History.Event event) {
        ObjectNode flat =
                Json.object().put("type", event.type()).put("id", event.id()).put("prev", event.previous());
        ObjectNode details = event.details() == null ? Json.object() : event.details();
        String state = event.state() == null ? details.path("name").textValue() : event.state();
        if (state != null) flat.put("stateName", state);
        if (details.has("index")) flat.set("index", details.get("index"));
        if (details.has("cause")) flat.set("cause", details.get("cause"));
        if (details.has("location")) flat.set("location", details.get("location"));
        if (event.type().equals("ExecutionStarted")) return flat; // the recordings leave its input out
        for (String field : DATA) {
            JsonNode value = details.get(field);
            if (value != null)
                flat.set(field, value.isTextual() && !TEXTS.contains(field) ? parsed(value.textValue()) : value);
        }
        return flat;
    }

    /** Equal as JSON: numbers by value, members in any order, {@code <any-time>} like any string. */
    static boolean same(JsonNode wanted, JsonNode was) {
        if (wanted.isTextual() && wanted.textValue().equals(ANY)) return was.isTextual();
        if (wanted.isNumber() && was.isNumber()) return wanted.decimalValue().compareTo(was.decimalValue()) == 0;
        if (wanted.isObject() && was.isObject()) {
            return wanted.size() == was.size()
                    && wanted.properties().stream()
                            .allMatch(member ->
                                    was.has(member.getKey()) && same(member.getValue(), was.get(member.getKey())));
        }
        if (wanted.isArray() && was.isArray()) {
            if (wanted.size() != was.size()) return false;
            for (int i = 0; i < wanted.size(); i++) if (!same(wanted.get(i), was.get(i))) return false;
            return true;
        }
        return wanted.equals(was);
    }
}
