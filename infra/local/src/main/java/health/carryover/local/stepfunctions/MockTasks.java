package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.clock.VirtualClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers tasks from the recording of a conformance case, one answer per attempt. */
final class MockTasks implements Tasks {
    private final Map<String, Deque<JsonNode>> answers = new LinkedHashMap<>();
    private final Map<String, Deque<JsonNode>> reserved = new LinkedHashMap<>();
    private final VirtualClock clock;
    private @Nullable String difference;

    MockTasks(JsonNode mocks, VirtualClock clock) {
        this.clock = clock;
        mocks.properties().forEach(state -> {
            Deque<JsonNode> queue = new ArrayDeque<>();
            state.getValue().forEach(queue::add);
            answers.put(state.getKey(), queue);
        });
    }

    /** Arguments that differ, attempts without an answer, answers without an attempt. */
    @Nullable
    String firstDifference() {
        if (difference != null) return difference;
        for (String state : answers.keySet()) {
            int unused = left(answers, state) + left(reserved, state);
            if (unused > 0) return unused + " unused mock answers of state " + state;
        }
        return null;
    }

    @Override
    public @Nullable String refusal(TaskResource resource) {
        return null;
    }

    /** Takes the next answer out at once: other attempts of the state may be scheduled before this one starts. */
    @Override
    public @Nullable String token(String state) {
        JsonNode answer = next(answers, state);
        if (answer == null) return null;
        reserved.computeIfAbsent(state, name -> new ArrayDeque<>()).add(answer);
        JsonNode token = answer.path("expectArguments").findValue("TaskToken");
        return token != null && token.isTextual() ? token.textValue() : null;
    }

    private static @Nullable JsonNode next(Map<String, Deque<JsonNode>> from, String state) {
        Deque<JsonNode> queue = from.get(state);
        return queue == null ? null : queue.poll();
    }

    @Override
    public Running start(Request request, Reply reply) {
        JsonNode answer = next(reserved, request.state());
        if (answer == null) answer = next(answers, request.state());
        if (answer == null) {
            differs("no mock answer left for state " + request.state());
            reply.failed("NoMockAnswer", "the recording has no answer for this attempt");
            return Running.NOTHING;
        }
        JsonNode expected = answer.get("expectArguments");
        if (expected != null && !Comparison.same(expected, request.arguments())) {
            differs("arguments of state " + request.state() + ": expected " + expected + " but were "
                    + request.arguments());
        }
        if (answer.has("submitted")) reply.submitted(answer.get("submitted"));
        JsonNode outcome = answer;
        clock.execute(() -> finish(outcome, reply));
        return Running.NOTHING;
    }

    private static void finish(JsonNode answer, Reply reply) {
        if (answer.path("noAnswer").asBoolean()) return;
        if (answer.has("return")) reply.succeeded(answer.get("return"));
        else reply.failed(answer.path("error").textValue(), answer.path("cause").textValue());
    }

    private static int left(Map<String, Deque<JsonNode>> from, String state) {
        Deque<JsonNode> queue = from.get(state);
        return queue == null ? 0 : queue.size();
    }

    private void differs(String what) {
        if (difference == null) difference = what;
    }
}
