package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.carryover.local.clock.VirtualClock.Timer;
import health.carryover.local.stepfunctions.State.Catcher;
import health.carryover.local.stepfunctions.State.Flow;
import health.carryover.local.stepfunctions.State.Retrier;
import health.carryover.local.stepfunctions.State.Safety;
import health.carryover.local.stepfunctions.Template.QueryFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stay in one state, from its Entered event to its Exited event, with all its attempts. */
final class Visit {
    /** What a state is busy with. */
    interface Activity {
        /** Stops it and writes the {@code ...Aborted} events. */
        void abort(long cause);

        /** Stops it without a word. */
        void abandon();
    }

    final Strand strand;
    final JsonNode input;
    private final State state;
    private final Safety safety;
    /** Attempts per retrier; two retriers may look alike. */
    private final IdentityHashMap<Retrier, Integer> used = new IdentityHashMap<>();

    private Instant enteredTime = Instant.EPOCH;
    private long entered;
    private int retryCount;
    /** Whether the strand's events have gone past Entered; until then an evaluation error does not name it. */
    private boolean committed;

    private boolean caught;
    private @Nullable String token;
    private @Nullable Activity activity;

    Visit(Strand strand, State state, JsonNode input) {
        this.strand = strand;
        this.state = state;
        this.input = input;
        safety = switch (state) {
            case State.Task task -> task.safety();
            case State.Parallel parallel -> parallel.safety();
            case State.MapState map -> map.safety();
            default -> Safety.NONE;
        };
    }

    State state() {
        return state;
    }

    // --- in ---------------------------------------------------------------------------------------

    void enter() {
        enteredTime = strand.run.now();
        ObjectNode details = Json.object().put("name", state.name()).put("input", Json.text(input));
        details.set("inputDetails", Execution.details(true));
        entered = strand.run.record(strand.previous, type() + "StateEntered", null, details);
        step(this::act);
    }

    /** Acts anew after a redrive, with all retries to come. */
    void again() {
        used.clear();
        retryCount = 0;
        caught = false;
        step(this::act);
    }

    /** Runs a piece of the state; an expression without value ends the attempt. */
    void step(Runnable piece) {
        try {
            piece.run();
        } catch (QueryFailure e) {
            if (activity != null) activity.abandon();
            strand.previous = recordEvaluationFailed(e, strand.previous);
            failed(Failure.of(Failure.QUERY, cause(e)));
        }
    }

    private void act() {
        switch (state) {
            case State.Pass pass -> leave(pass.flow(), template(null, null), input);
            case State.Succeed succeed -> leave(new Flow(null, null, succeed.output()), template(null, null), input);
            case State.Fail fail -> fail(fail);
            case State.Wait wait -> pause(wait);
            case State.Choice choice -> choose(choice);
            case State.Task task -> begin(new TaskAttempt(this, task)).begin();
            case State.Parallel parallel -> begin(new Fork(this)).parallel(parallel);
            case State.MapState map
            when map.distribution() != null ->
                begin(new DistributedMap(this, map, map.distribution())).begin();
            case State.MapState map -> begin(new Fork(this)).map(map);
        }
    }

    private <A extends Activity> A begin(A begun) {
        activity = begun;
        return begun;
    }

    private void fail(State.Fail fail) {
        Template template = template(null, null);
        String error = fail.error() == null
                ? null
                : template.fill(fail.error(), "Error", "string").textValue();
        String cause = fail.cause() == null
                ? null
                : template.fill(fail.cause(), "Cause", "string").textValue();
        commit();
        strand.fail(Failure.of(error, cause));
    }

    private void pause(State.Wait wait) {
        Template template = template(null, null);
        Duration length;
        if (wait.seconds() != null) {
            length = Duration.ofSeconds(template.integer(wait.seconds(), "Seconds", 0, DefinitionReader.MOST_SECONDS));
            commit();
        } else {
            JsonNode timestamp = wait.timestamp() == null ? TextNode.valueOf("") : wait.timestamp();
            String text = template.fill(timestamp, "Timestamp", "string").textValue();
            commit();
            length = Duration.between(strand.run.now(), instant(text));
        }
        waitFor(length, "WaitStateAborted", () -> leave(wait.flow(), template(null, null), input));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new QueryFailure(
                    "Timestamp",
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                            + text,
                    e);
        }
    }

    private void waitFor(Duration length, String aborted, Runnable piece) {
        Timer timer = strand.after(length.isNegative() ? Duration.ZERO : length, () -> step(piece));
        activity = new Activity() {
            @Override
            public void abort(long cause) {
                timer.cancel();
                strand.run.record(cause, aborted, null, null);
            }

            @Override
            public void abandon() {
                timer.cancel();
            }
        };
    }

    private void choose(State.Choice choice) {
        Template template = template(null, null);
        for (int i = 0; i < choice.rules().size(); i++) {
            State.Rule rule = choice.rules().get(i);
            if (template.fill(rule.condition(), "Choices[" + i + "]/Condition", "boolean")
                    .booleanValue()) {
                leave(rule.flow(), template, input);
                return;
            }
        }
        if (choice.fallback() != null) leave(choice.fallback(), template, input);
        else {
            commit();
            failed(Failure.of(
                    "States.NoChoiceMatched",
                    prefix() + " Failed to transition out of the state. The state does not point to a next state."));
        }
    }

    // --- out --------------------------------------------------------------------------------------

    /** Evaluates Assign and Output, both with the variables as they were, and goes on. */
    void leave(Flow flow, Template template, JsonNode defaultOutput) {
        Map<String, JsonNode> assigned = new LinkedHashMap<>();
        if (flow.assign() != null) {
            flow.assign()
                    .properties()
                    .forEach(variable -> assigned.put(
                            variable.getKey(), template.fill(variable.getValue(), "Assign/" + variable.getKey())));
        }
        JsonNode output = flow.output() == null ? defaultOutput : template.fill(flow.output(), "Output");
        commit();
        if (Json.bytes(output) > Json.LIMIT_BYTES
                || assigned.values().stream().anyMatch(value -> Json.bytes(value) > Json.LIMIT_BYTES)) {
            failed(Failure.terminal(Failure.DATA_LIMIT, tooLarge(state.name())));
            return;
        }
        strand.scope.assign(assigned);
        ObjectNode details = Json.object().put("name", state.name()).put("output", Json.text(output));
        details.set("outputDetails", Execution.details(true));
        if (!assigned.isEmpty()) {
            ObjectNode variables = details.putObject("assignedVariables");
            assigned.forEach((name, value) -> variables.put(name, Json.text(value)));
            details.set("assignedVariablesDetails", Execution.details(true));
        }
        activity = null;
        strand.previous = strand.run.record(strand.previous, type() + "StateExited", null, details);
        if (flow.next() == null) strand.end(output);
        else strand.go(flow.next(), output);
    }

    static String tooLarge(String what) {
        return "The state/task '" + what
                + "' returned a result with a size exceeding the maximum number of bytes service limit.";
    }

    /** An attempt failed: retry, catch, or give up. */
    void failed(Failure failure) {
        activity = null;
        if (!caught) {
            for (Retrier retrier : safety.retriers()) {
                if (!failure.matches(retrier.errorEquals())) continue;
                int attempt = used.merge(retrier, 1, Integer::sum);
                if (attempt > retrier.maxAttempts()) break;
                retryCount++;
                waitFor(delay(retrier, attempt), type() + "StateAborted", this::act);
                return;
            }
            for (Catcher catcher : safety.catchers()) {
                if (!failure.matches(catcher.errorEquals())) continue;
                caught = true;
                recordForkFailed();
                JsonNode errorOutput = failure.errorOutput();
                step(() -> leave(catcher.flow(), template(null, errorOutput), errorOutput));
                return;
            }
            recordForkFailed();
        }
        strand.fail(failure);
    }

    private Duration delay(Retrier retrier, int attempt) {
        double seconds = retrier.delaySeconds(attempt);
        if (retrier.fullJitter()) seconds *= strand.run.engine.random.nextDouble();
        return Duration.ofMillis(Math.round(Math.min(seconds, DefinitionReader.MOST_SECONDS) * 1000));
    }

    private void recordForkFailed() {
        if (state instanceof State.Parallel || state instanceof State.MapState) {
            strand.previous = strand.run.record(strand.previous, type() + "StateFailed", null, null);
        }
    }

    void abort(long cause) {
        if (activity != null) activity.abort(cause);
    }

    void abandon() {
        if (activity != null) activity.abandon();
    }

    /** From here on the events of this strand follow Entered. */
    void commit() {
        if (!committed) strand.previous = entered;
        committed = true;
    }

    long recordEvaluationFailed(QueryFailure e, long previous) {
        ObjectNode details = Json.object().put("error", Failure.QUERY).put("cause", cause(e));
        if (e.location != null) details.put("location", e.location);
        details.put("state", state.name());
        return strand.run.record(previous, "EvaluationFailed", state.name(), details);
    }

    String cause(QueryFailure e) {
        return prefix() + " " + e.getMessage();
    }

    private String prefix() {
        return "An error occurred while executing the state '" + state.name() + "' (entered at the event id #" + entered
                + ").";
    }

    String type() {
        return state instanceof State.MapState ? "Map" : state.getClass().getSimpleName();
    }

    // --- what expressions see ---------------------------------------------------------------------

    void token(String token) {
        this.token = token;
    }

    /** Expressions of this state, which see the result or the error where there is one. */
    Template template(@Nullable JsonNode result, @Nullable JsonNode errorOutput) {
        return template(result, errorOutput, strand.mapItem);
    }

    /** @param mapItem {@code Map.Item} of the context object */
    Template template(@Nullable JsonNode result, @Nullable JsonNode errorOutput, @Nullable JsonNode mapItem) {
        return new Template(strand.run.engine.expressions, () -> {
            Map<String, @Nullable Object> variables = new HashMap<>();
            strand.scope.copyTo(variables);
            Map<String, @Nullable Object> states = new LinkedHashMap<>();
            states.put("input", Json.toPlain(input));
            states.put("context", Json.toPlain(context(mapItem)));
            if (result != null) states.put("result", Json.toPlain(result));
            if (errorOutput != null) states.put("errorOutput", Json.toPlain(errorOutput));
            variables.put("states", states);
            return variables;
        });
    }

    private ObjectNode context(@Nullable JsonNode mapItem) {
        Execution execution = strand.run.execution;
        ObjectNode context = Json.object();
        ObjectNode about = context.putObject("Execution");
        about.put("Id", execution.arn);
        about.set("Input", execution.input);
        about.put("Name", execution.name);
        about.put("RoleArn", execution.machine.roleArn());
        about.put("StartTime", Json.time(execution.start));
        about.put("RedriveCount", execution.redriveCount());
        Instant redriven = execution.redriveTime();
        if (redriven != null) about.put("RedriveTime", Json.time(redriven));
        context.putObject("StateMachine").put("Id", execution.machine.arn()).put("Name", execution.machine.name());
        ObjectNode here =
                context.putObject("State").put("Name", state.name()).put("EnteredTime", Json.time(enteredTime));
        if (state instanceof State.Task || state instanceof State.Parallel || state instanceof State.MapState) {
            here.put("RetryCount", retryCount);
        }
        if (token != null) context.putObject("Task").put("Token", token);
        if (mapItem != null) context.putObject("Map").set("Item", mapItem);
        return context;
    }
}
