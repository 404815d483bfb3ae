package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.stepfunctions.State.Flow;
import health.carryover.local.stepfunctions.State.States;
import health.carryover.local.stepfunctions.StateMachine.Definition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a definition and refuses, all at once and by name, what is wrong in it or not understood here. */
final class DefinitionReader {
    private static final Set<String> MACHINE_FIELDS =
            Set.of("Comment", "StartAt", "States", "QueryLanguage", "Version", "TimeoutSeconds");
    private static final int LONGEST_NAME = 80;
    static final int MOST_SECONDS = 99_999_999;

    private final Problems problems;
    private final StateReader states;
    private final Set<String> names = new HashSet<>();

    private DefinitionReader(Tasks tasks, Expressions expressions, boolean express) {
        problems = new Problems(expressions);
        states = new StateReader(this, problems, tasks, express);
    }

    /** @throws AwsError {@code InvalidDefinition} with every problem */
    static Definition read(String source, Tasks tasks, Expressions expressions, boolean express) {
        JsonNode root;
        try {
            root = Json.parse(source);
        } catch (JsonProcessingException e) {
            throw new AwsError(
                    "InvalidDefinition",
                    "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: " + e.getOriginalMessage() + "'");
        }
        DefinitionReader reader = new DefinitionReader(tasks, expressions, express);
        Definition definition = reader.machine(root);
        if (definition == null || !reader.problems.none()) {
            throw new AwsError("InvalidDefinition", "Invalid State Machine Definition: '" + reader.problems + "'");
        }
        return definition;
    }

    private @Nullable Definition machine(JsonNode root) {
        if (!root.isObject()) {
            problems.add("", "the definition must be an object");
            return null;
        }
        problems.onlyFields(root, MACHINE_FIELDS, "");
        if (root.has("Version") && !root.get("Version").asText().equals("1.0"))
            problems.add("/Version", "must be \"1.0\"");
        Integer timeout = problems.integer(root, "TimeoutSeconds", 1, MOST_SECONDS, "");
        boolean jsonata = jsonata(root, "", false);
        States read = states(root, jsonata, "");
        return read == null ? null : new Definition(read, timeout);
    }

    /** Whether the states in here are JSONata unless they say otherwise. */
    boolean jsonata(JsonNode node, String path, boolean inherited) {
        JsonNode language = node.get("QueryLanguage");
        if (language == null) return inherited;
        if (language.asText().equals("JSONata")) return true;
        if (!language.asText().equals("JSONPath")) problems.add(path + "/QueryLanguage", "must be \"JSONata\"");
        return false;
    }

    /** Reads StartAt and States of a machine, a branch or an item processor. */
    @Nullable
    States states(JsonNode node, boolean jsonata, String path) {
        JsonNode members = node.get("States");
        if (members == null || !members.isObject() || members.isEmpty()) {
            problems.add(path + "/States", "must be an object with at least one state");
            return null;
        }
        Map<String, State> byName = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            String at = path + "/States/" + member.getKey();
            if (member.getKey().isEmpty() || member.getKey().length() > LONGEST_NAME) {
                problems.add(at, "a state name has 1 to 80 characters");
            }
            if (!names.add(member.getKey())) problems.add(at, "the name occurs twice in this state machine");
            State state = states.read(member.getKey(), member.getValue(), jsonata, at);
            if (state != null) byName.put(member.getKey(), state);
        }
        String start = problems.text(node, "StartAt", path);
        if (start == null) problems.add(path + "/StartAt", "is missing");
        else if (!members.has(start)) problems.add(path + "/StartAt", "there is no state '" + start + "'");
        States read = new States(start == null ? "" : start, byName);
        if (start != null && byName.size() == members.size()) checkPaths(read, path);
        return read;
    }

    private void checkPaths(States states, String path) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(states.startAt()));
        boolean ends = false;
        while (!open.isEmpty()) {
            String name = open.remove();
            State state = states.byName().get(name);
            if (state == null || !reached.add(name)) continue;
            List<Flow> flows = flows(state);
            ends |= flows.isEmpty();
            for (Flow flow : flows) {
                if (flow.next() == null) ends = true;
                else if (states.byName().containsKey(flow.next())) open.add(flow.next());
                else problems.add(path + "/States/" + name, "there is no state '" + flow.next() + "' to go to");
            }
        }
        for (String name : states.byName().keySet()) {
            if (!reached.contains(name)) problems.add(path + "/States/" + name, "the state is not reachable");
        }
        if (!ends) problems.add(path + "/States", "there is no state to end in");
    }

    private static List<Flow> flows(State state) {
        return switch (state) {
            case State.Pass pass -> List.of(pass.flow());
            case State.Wait wait -> List.of(wait.flow());
            case State.Succeed _, State.Fail _ -> List.of();
            case State.Choice choice -> {
                List<Flow> flows = new ArrayList<>(
                        choice.rules().stream().map(State.Rule::flow).toList());
                if (choice.fallback() != null) flows.add(choice.fallback());
                yield flows;
            }
            case State.Task task -> flows(task.flow(), task.safety());
            case State.Parallel parallel -> flows(parallel.flow(), parallel.safety());
            case State.MapState map -> flows(map.flow(), map.safety());
        };
    }

    private static List<Flow> flows(Flow flow, State.Safety safety) {
        List<Flow> flows = new ArrayList<>(List.of(flow));
        safety.catchers().forEach(catcher -> flows.add(catcher.flow()));
        return flows;
    }
}
