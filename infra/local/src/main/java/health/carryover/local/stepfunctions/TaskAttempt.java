package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock.Timer;
import health.carryover.local.stepfunctions.Failure.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt of a Task state. */
final class TaskAttempt implements Visit.Activity, Tasks.Reply, Tokens.Waiting {
    private final Visit visit;
    private final Strand strand;
    private final Run run;
    private final State.Task task;
    private JsonNode arguments = NullNode.instance;
    private @Nullable Integer heartbeatSeconds;
    private @Nullable String token;
    private @Nullable Timer timeout;
    private @Nullable Timer heartbeat;
    private Tasks.Running running = Tasks.Running.NOTHING;
    private boolean over;

    TaskAttempt(Visit visit, State.Task task) {
        this.visit = visit;
        this.task = task;
        strand = visit.strand;
        run = strand.run;
    }

    void begin() {
        if (task.resource().style() == TaskResource.Style.CALLBACK) {
            String given = run.engine.tasks.token(task.name());
            token = given == null ? run.engine.tokens.make(run.execution.arn) : given;
            visit.token(token);
        }
        Template template = visit.template(null, null);
        arguments = task.arguments() == null ? visit.input : template.fill(task.arguments(), "Arguments");
        Integer timeoutSeconds = seconds(template, task.timeoutSeconds(), "TimeoutSeconds");
        heartbeatSeconds = seconds(template, task.heartbeatSeconds(), "HeartbeatSeconds");
        visit.commit();
        strand.previous = run.record(strand.previous, event("Scheduled"), task.name(), scheduled(timeoutSeconds));
        if (timeoutSeconds != null)
            timeout = strand.after(Duration.ofSeconds(timeoutSeconds), () -> timedOut(Kind.TIMEOUT));
        heartbeat();
        if (token != null) run.engine.tokens.open(token, this);
        strand.post(this::start);
    }

    private static @Nullable Integer seconds(Template template, @Nullable JsonNode value, String field) {
        return value == null ? null : (Integer) template.integer(value, field, 1, DefinitionReader.MOST_SECONDS);
    }

    private void start() {
        if (over) return;
        strand.previous = run.record(strand.previous, event("Started"), task.name(), details());
        Tasks.Running begun = run.engine.tasks.start(
                new Tasks.Request(task.name(), task.resource(), arguments, run.execution.arn), this);
        if (over) begun.abandon();
        else running = begun;
    }

    @Override
    public void submitted(JsonNode output) {
        if (stale()) return;
        strand.previous = run.record(strand.previous, "TaskSubmitted", task.name(), withOutput(output));
    }

    @Override
    public void succeeded(JsonNode result) {
        if (stale()) return;
        if (Json.bytes(result) > Json.LIMIT_BYTES) {
            boolean function = task.resource().kind() == TaskResource.Kind.FUNCTION;
            failed(
                    Failure.DATA_LIMIT,
                    Visit.tooLarge(
                            function ? task.resource().arn() : task.resource().eventType()));
            return;
        }
        finish();
        strand.previous = run.record(strand.previous, event("Succeeded"), task.name(), withOutput(result));
        visit.step(() -> visit.leave(task.flow(), visit.template(result, null), result));
    }

    @Override
    public void failed(@Nullable String error, @Nullable String cause) {
        if (stale()) return;
        finish();
        ObjectNode details = details();
        if (error != null) details.put("error", error);
        if (cause != null) details.put("cause", cause);
        strand.previous = run.record(strand.previous, event("Failed"), task.name(), details);
        visit.failed(Failure.of(error, cause));
    }

    private void timedOut(Kind kind) {
        if (stale()) return;
        finish();
        running.abandon();
        strand.previous = run.record(
                strand.previous, event("TimedOut"), task.name(), details().put("error", Failure.TIMEOUT));
        visit.failed(new Failure(Failure.TIMEOUT, null, kind));
    }

    @Override
    public void heartbeat() {
        if (stale() || heartbeatSeconds == null) return;
        if (heartbeat != null) heartbeat.cancel();
        heartbeat = strand.after(Duration.ofSeconds(heartbeatSeconds), () -> timedOut(Kind.HEARTBEAT));
    }

    private boolean stale() {
        return over || !run.execution.running();
    }

    private void finish() {
        over = true;
        if (timeout != null) timeout.cancel();
        if (heartbeat != null) heartbeat.cancel();
        if (token != null) run.engine.tokens.close(token);
    }

    @Override
    public void abort(long cause) {
        abandon();
        run.record(cause, "TaskStateAborted", null, null);
    }

    @Override
    public void abandon() {
        if (over) return;
        finish();
        running.abandon();
    }

    // --- events -----------------------------------------------------------------------------------

    private boolean function() {
        return task.resource().kind() == TaskResource.Kind.FUNCTION;
    }

    private String event(String what) {
        return (function() ? "LambdaFunction" : "Task") + what;
    }

    private ObjectNode details() {
        ObjectNode details = Json.object();
        if (!function()) {
            details.put("resourceType", task.resource().eventType())
                    .put("resource", task.resource().eventResource());
        }
        return details;
    }

    private ObjectNode withOutput(JsonNode output) {
        ObjectNode details = details().put("output", Json.text(output));
        details.set("outputDetails", Execution.details(true));
        return details;
    }

    private ObjectNode scheduled(@Nullable Integer timeoutSeconds) {
        ObjectNode details = details();
        if (function()) {
            details.put("resource", task.resource().arn()).put("input", Json.text(arguments));
            details.set("inputDetails", Execution.details(true));
        } else {
            details.put("region", Arns.region(run.execution.arn)).put("parameters", Json.text(arguments));
        }
        if (timeoutSeconds != null) details.put("timeoutInSeconds", timeoutSeconds);
        if (heartbeatSeconds != null && !function()) details.put("heartbeatInSeconds", heartbeatSeconds);
        return details;
    }
}
