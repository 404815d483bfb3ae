package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.stepfunctions.State.Catcher;
import health.carryover.local.stepfunctions.State.Flow;
import health.carryover.local.stepfunctions.State.Retrier;
import health.carryover.local.stepfunctions.State.Safety;
import health.carryover.local.stepfunctions.State.States;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one state of a definition. */
final class StateReader {
    private static final Set<String> COMMON = Set.of("Type", "Comment", "QueryLanguage");
    private static final Set<String> FLOW = Set.of("Next", "End", "Assign", "Output");
    private static final Set<String> SAFETY = Set.of("Retry", "Catch");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Pass", union(COMMON, FLOW),
            "Succeed", union(COMMON, Set.of("Output")),
            "Fail", union(COMMON, Set.of("Error", "Cause")),
            "Wait", union(COMMON, FLOW, Set.of("Seconds", "Timestamp")),
            "Choice", union(COMMON, Set.of("Choices", "Default", "Assign", "Output")),
            "Task", union(COMMON, FLOW, SAFETY, Set.of("Resource", "Arguments", "TimeoutSeconds", "HeartbeatSeconds")),
            "Parallel", union(COMMON, FLOW, SAFETY, Set.of("Branches", "Arguments")),
            "Map", union(COMMON, FLOW, SAFETY, MapReader.FIELDS));
    private static final Set<String> RULE_FIELDS = Set.of("Condition", "Next", "Assign", "Output", "Comment");
    private static final Set<String> BRANCH_FIELDS = Set.of("StartAt", "States", "Comment", "QueryLanguage");
    private static final Set<String> RETRIER_FIELDS = Set.of(
            "ErrorEquals",
            "IntervalSeconds",
            "MaxAttempts",
            "BackoffRate",
            "MaxDelaySeconds",
            "JitterStrategy",
            "Comment");
    private static final Set<String> CATCHER_FIELDS = Set.of("ErrorEquals", "Next", "Assign", "Output", "Comment");
    private static final int LONGEST_DELAY = 31_622_400;

    private final DefinitionReader definition;
    private final Problems problems;
    private final Tasks tasks;
    private final boolean express;
    private final MapReader maps;

    StateReader(DefinitionReader definition, Problems problems, Tasks tasks, boolean express) {
        this.definition = definition;
        this.problems = problems;
        this.tasks = tasks;
        this.express = express;
        maps = new MapReader(definition, problems, tasks, express);
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) all.addAll(set);
        return all;
    }

    @Nullable
    State read(String name, JsonNode node, boolean inherited, String path) {
        String type = node.isObject() ? problems.text(node, "Type", path) : null;
        if (type == null || !FIELDS.containsKey(type)) {
            problems.add(path + "/Type", type == null ? "is missing" : "'" + type + "' is not a known type of state");
            return null;
        }
        boolean jsonata = definition.jsonata(node, path, inherited);
        if (!jsonata) problems.add(path + "/QueryLanguage", "the state is JSONPath; only JSONata is supported");
        problems.onlyFields(node, FIELDS.get(type), path);
        return switch (type) {
            case "Pass" -> new State.Pass(name, flow(node, path));
            case "Succeed" -> new State.Succeed(name, problems.template(node, "Output", path));
            case "Fail" ->
                new State.Fail(name, problems.template(node, "Error", path), problems.template(node, "Cause", path));
            case "Wait" -> pause(name, node, path);
            case "Choice" -> choice(name, node, path);
            case "Task" -> task(name, node, path);
            case "Parallel" -> parallel(name, node, jsonata, path);
            default -> maps.read(name, node, jsonata, flow(node, path), safety(node, path), path);
        };
    }

    private Flow flow(JsonNode node, String path) {
        String next = problems.text(node, "Next", path);
        JsonNode end = node.get("End");
        if (end != null && !end.isBoolean()) problems.add(path + "/End", "must be true or false");
        if ((end != null && end.asBoolean()) == (next != null))
            problems.add(path, "exactly one of Next and End is needed");
        return new Flow(next, problems.assign(node, path), problems.template(node, "Output", path));
    }

    private State pause(String name, JsonNode node, String path) {
        JsonNode seconds = problems.integerTemplate(node, "Seconds", 0, DefinitionReader.MOST_SECONDS, path);
        JsonNode timestamp = problems.template(node, "Timestamp", path);
        if ((seconds == null) == (timestamp == null))
            problems.add(path, "exactly one of Seconds and Timestamp is needed");
        if (timestamp != null && !Expressions.isExpression(timestamp)) {
            try {
                OffsetDateTime.parse(timestamp.asText());
            } catch (DateTimeException e) {
                problems.add(path + "/Timestamp", "must be an ISO 8601 time such as 2026-01-31T08:00:00Z");
            }
        }
        return new State.Wait(name, flow(node, path), seconds, timestamp);
    }

    private State choice(String name, JsonNode node, String path) {
        List<State.Rule> rules = new ArrayList<>();
        JsonNode choices = node.get("Choices");
        if (choices == null || !choices.isArray() || choices.isEmpty())
            problems.add(path + "/Choices", "must be a list, not empty");
        else {
            for (int i = 0; i < choices.size(); i++) {
                JsonNode rule = choices.get(i);
                String at = path + "/Choices[" + i + "]";
                problems.onlyFields(rule, RULE_FIELDS, at);
                JsonNode condition = problems.template(rule, "Condition", at);
                String next = problems.text(rule, "Next", at);
                if (condition == null || next == null) problems.add(at, "Condition and Next are needed");
                else if (!condition.isBoolean() && !Expressions.isExpression(condition)) {
                    problems.add(at + "/Condition", "must be true, false or a JSONata expression");
                } else
                    rules.add(new State.Rule(
                            condition,
                            new Flow(next, problems.assign(rule, at), problems.template(rule, "Output", at))));
            }
        }
        String fallback = problems.text(node, "Default", path);
        Flow otherwise = new Flow(fallback, problems.assign(node, path), problems.template(node, "Output", path));
        return new State.Choice(name, rules, fallback == null ? null : otherwise);
    }

    private @Nullable State task(String name, JsonNode node, String path) {
        Flow flow = flow(node, path);
        Safety safety = safety(node, path);
        JsonNode timeout = problems.integerTemplate(node, "TimeoutSeconds", 1, DefinitionReader.MOST_SECONDS, path);
        JsonNode heartbeat = problems.integerTemplate(node, "HeartbeatSeconds", 1, DefinitionReader.MOST_SECONDS, path);
        if (timeout != null
                && heartbeat != null
                && timeout.isInt()
                && heartbeat.isInt()
                && heartbeat.intValue() >= timeout.intValue()) {
            problems.add(path + "/HeartbeatSeconds", "must be less than TimeoutSeconds");
        }
        JsonNode arguments = problems.template(node, "Arguments", path);
        TaskResource resource = resource(node, path);
        if (resource == null) return null;
        if (express && resource.style() != TaskResource.Style.REQUEST_RESPONSE) {
            problems.add(
                    path + "/Resource", "an EXPRESS state machine cannot wait by '" + resource.style().suffix + "'");
        }
        return new State.Task(name, flow, resource, arguments, timeout, heartbeat, safety);
    }

    private @Nullable TaskResource resource(JsonNode node, String path) {
        String arn = problems.text(node, "Resource", path);
        if (arn == null) {
            if (!node.has("Resource")) problems.add(path + "/Resource", "is missing");
            return null;
        }
        TaskResource resource = TaskResource.read(arn);
        String refusal = resource == null ? "is not a resource that can be used here" : tasks.refusal(resource);
        if (refusal != null) problems.add(path + "/Resource", "'" + arn + "' " + refusal);
        return resource;
    }

    private State parallel(String name, JsonNode node, boolean jsonata, String path) {
        List<States> branches = new ArrayList<>();
        JsonNode list = node.get("Branches");
        if (list == null || !list.isArray() || list.isEmpty())
            problems.add(path + "/Branches", "must be a list, not empty");
        else {
            for (int i = 0; i < list.size(); i++) {
                String at = path + "/Branches[" + i + "]";
                problems.onlyFields(list.get(i), BRANCH_FIELDS, at);
                States branch = definition.states(list.get(i), definition.jsonata(list.get(i), at, jsonata), at);
                if (branch != null) branches.add(branch);
            }
        }
        return new State.Parallel(
                name, flow(node, path), problems.template(node, "Arguments", path), branches, safety(node, path));
    }

    private Safety safety(JsonNode node, String path) {
        List<Retrier> retriers = new ArrayList<>();
        List<Catcher> catchers = new ArrayList<>();
        JsonNode retry = list(node, "Retry", path);
        for (int i = 0; i < retry.size(); i++)
            retriers.add(retrier(retry.get(i), i == retry.size() - 1, path + "/Retry[" + i + "]"));
        JsonNode caught = list(node, "Catch", path);
        for (int i = 0; i < caught.size(); i++) {
            String at = path + "/Catch[" + i + "]";
            problems.onlyFields(caught.get(i), CATCHER_FIELDS, at);
            List<String> errors = errorEquals(caught.get(i), i == caught.size() - 1, at);
            String next = problems.text(caught.get(i), "Next", at);
            if (next == null) problems.add(at + "/Next", "is missing");
            Flow flow =
                    new Flow(next, problems.assign(caught.get(i), at), problems.template(caught.get(i), "Output", at));
            catchers.add(new Catcher(errors, flow));
        }
        return new Safety(retriers, catchers);
    }

    private JsonNode list(JsonNode node, String field, String path) {
        JsonNode list = node.get(field);
        if (list == null) return Json.array();
        if (list.isArray()) return list;
        problems.add(path + "/" + field, "must be a list");
        return Json.array();
    }

    private Retrier retrier(JsonNode node, boolean last, String path) {
        problems.onlyFields(node, RETRIER_FIELDS, path);
        List<String> errors = errorEquals(node, last, path);
        Integer interval = problems.integer(node, "IntervalSeconds", 1, DefinitionReader.MOST_SECONDS, path);
        Integer attempts = problems.integer(node, "MaxAttempts", 0, DefinitionReader.MOST_SECONDS, path);
        Integer maxDelay = problems.integer(node, "MaxDelaySeconds", 1, LONGEST_DELAY - 1, path);
        int seconds = interval == null ? 1 : interval;
        if (maxDelay != null && maxDelay <= seconds)
            problems.add(path + "/MaxDelaySeconds", "must be greater than IntervalSeconds");
        JsonNode rate = node.get("BackoffRate");
        if (rate != null && (!rate.isNumber() || !(rate.doubleValue() >= 1)))
            problems.add(path + "/BackoffRate", "must be a number from 1");
        String jitter = problems.text(node, "JitterStrategy", path);
        if (jitter != null && !jitter.equals("FULL") && !jitter.equals("NONE")) {
            problems.add(path + "/JitterStrategy", "must be FULL or NONE");
        }
        return new Retrier(
                errors,
                seconds,
                attempts == null ? 3 : attempts,
                rate == null ? 2 : rate.doubleValue(),
                maxDelay,
                "FULL".equals(jitter));
    }

    private List<String> errorEquals(JsonNode node, boolean last, String path) {
        List<String> errors = problems.texts(node, "ErrorEquals", path);
        if (errors.contains(Failure.ALL) && (errors.size() > 1 || !last)) {
            problems.add(path + "/ErrorEquals", "States.ALL must stand alone and in the last entry");
        }
        return errors;
    }
}
