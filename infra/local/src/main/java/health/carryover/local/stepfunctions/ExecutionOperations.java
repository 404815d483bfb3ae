package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.stepfunctions.Execution.End;
import health.carryover.local.stepfunctions.Execution.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operations on executions and map runs. Thread-safe. */
final class ExecutionOperations {
    /** Wall-clock time a StartSyncExecution waits; time of the cloud may have to be moved meanwhile. */
    private static final Duration SYNC_WAIT = Duration.ofSeconds(60);

    private static final Duration REDRIVABLE = Duration.ofDays(14);

    private final Engine engine;
    private final Machines machines;
    /** Told of each status of each execution started here, on the clock's thread. */
    private final Consumer<StatusChange> listener;

    ExecutionOperations(Engine engine, Machines machines, Consumer<StatusChange> listener) {
        this.engine = engine;
        this.machines = machines;
        this.listener = listener;
    }

    Execution find(String arn) {
        return run(arn).execution;
    }

    private Run run(String arn) {
        if (!Arns.kind(arn).equals("execution")) throw new AwsError("InvalidArn", "Invalid Arn: '" + arn + "'");
        Run run = engine.executions.find(arn);
        if (run == null) throw new AwsError("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
        return run;
    }

    // --- start and stop ---------------------------------------------------------------------------

    /** A running execution of the same name and input is the answer; any other use of a taken name is refused. */
    ObjectNode start(JsonNode input) {
        StateMachine machine = machines.find(Requests.text(input, "stateMachineArn"));
        Run run = prepare(machine, input);
        Execution execution = run.execution;
        Run earlier = machine.express() ? null : engine.executions.addIfNew(run, engine.clock.instant());
        if (earlier != null) {
            if (!earlier.execution.running() || !earlier.execution.inputText.equals(execution.inputText)) {
                throw new AwsError("ExecutionAlreadyExists", "Execution Already Exists: '" + execution.arn + "'");
            }
            execution = earlier.execution;
        } else begin(run);
        ObjectNode answer = Json.object().put("executionArn", execution.arn);
        answer.set("startDate", Json.epochSeconds(execution.start));
        return answer;
    }

    private Run prepare(StateMachine machine, JsonNode input) {
        String given = Requests.optional(input, "name");
        String name = given == null ? engine.uuid() : Requests.name(given);
        String text = Requests.optional(input, "input");
        if (text == null) text = "{}";
        JsonNode json = Requests.json(text, "InvalidExecutionInput", "Execution Input");
        String unique = machine.express() ? engine.uuid() : "";
        return engine.prepare(machine, Arns.execution(machine, name, unique), name, json, text, null);
    }

    private void begin(Run run) {
        if (!run.execution.machine.express()) announce(run.execution);
        engine.clock.execute(run::begin);
    }

    private void announce(Execution execution) {
        StatusChange started = StatusChange.of(execution, engine.clock.instant());
        engine.clock.execute(() -> listener.accept(started));
        execution.whenOver(over -> {
            End end = over.end();
            StatusChange change = StatusChange.of(over, end == null ? engine.clock.instant() : end.time());
            engine.clock.execute(() -> listener.accept(change));
        });
    }

    /** Waits for the end, so not on the clock's thread, and without holding the clock busy if the machine waits for time. */
    ObjectNode startSync(JsonNode input) {
        StateMachine machine = machines.find(Requests.text(input, "stateMachineArn"));
        if (!machine.express()) throw typeNotSupported(machine.arn());
        Run run = prepare(machine, input);
        CountDownLatch over = new CountDownLatch(1);
        run.execution.whenOver(ended -> over.countDown());
        engine.clock.execute(run::begin);
        try {
            if (!over.await(SYNC_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AwsError(
                        500,
                        "InternalFailure",
                        "the execution did not end: it waits for the virtual clock to move, or for its own caller");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsError(503, "ServiceUnavailable", "interrupted while waiting for the execution");
        }
        ObjectNode answer = describe(run.execution);
        answer.remove(List.of("redriveCount", "redriveStatus", "redriveStatusReason"));
        answer.putObject("billingDetails").put("billedMemoryUsedInMB", 64).put("billedDurationInMilliseconds", 100);
        return answer;
    }

    private static AwsError typeNotSupported(String arn) {
        return new AwsError(
                "StateMachineTypeNotSupported",
                "This operation is not supported by this type of state machine: '" + arn + "'");
    }

    ObjectNode stop(JsonNode input) {
        Execution execution = find(Requests.text(input, "executionArn"));
        End aborted = new End(
                Status.ABORTED,
                engine.clock.instant(),
                null,
                Requests.optional(input, "error"),
                Requests.optional(input, "cause"));
        execution.close(aborted, 0);
        End end = execution.end();
        ObjectNode answer = Json.object();
        answer.set("stopDate", Json.epochSeconds(end == null ? aborted.time() : end.time()));
        return answer;
    }

    ObjectNode redrive(JsonNode input) {
        Run run = run(Requests.text(input, "executionArn"));
        String refusal = redriveRefusal(run);
        if (refusal != null || !run.execution.redrive(engine.clock.instant())) {
            throw new AwsError("ExecutionNotRedrivable", refusal == null ? "Execution is not redrivable" : refusal);
        }
        announce(run.execution);
        engine.clock.execute(run::resume);
        ObjectNode answer = Json.object();
        answer.set("redriveDate", Json.epochSeconds(engine.clock.instant()));
        return answer;
    }

    private @Nullable String redriveRefusal(Run run) {
        End end = run.execution.end();
        if (end == null) return "Execution is RUNNING and cannot be redriven";
        if (end.status() == Status.SUCCEEDED) return "Execution is SUCCEEDED and cannot be redriven";
        if (run.execution.start.plus(REDRIVABLE).isBefore(engine.clock.instant()))
            return "Execution cannot be redriven after 14 days";
        if (run.execution.history.size() >= History.LIMIT) return "Execution history is full";
        return run.redriveRefusal();
    }

    // --- look -------------------------------------------------------------------------------------

    ObjectNode describe(JsonNode input) {
        return describe(find(Requests.text(input, "executionArn")));
    }

    private ObjectNode describe(Execution execution) {
        End end = execution.end();
        ObjectNode answer = about(execution);
        answer.put("input", execution.inputText);
        answer.set("inputDetails", Execution.details(false));
        if (end != null && end.output() != null) {
            answer.put("output", Json.text(end.output()));
            answer.set("outputDetails", Execution.details(false));
        }
        if (end != null && end.error() != null) answer.put("error", end.error());
        if (end != null && end.cause() != null) answer.put("cause", end.cause());
        Run run = engine.executions.find(execution.arn);
        String refusal = run == null ? "Execution is not kept" : redriveRefusal(run);
        answer.put("redriveStatus", refusal == null ? "REDRIVABLE" : "NOT_REDRIVABLE");
        if (refusal != null) answer.put("redriveStatusReason", refusal);
        return answer;
    }

    /** What lists and descriptions share. */
    private static ObjectNode about(Execution execution) {
        ObjectNode about =
                Json.object().put("executionArn", execution.arn).put("stateMachineArn", execution.machine.arn());
        if (execution.mapRunArn != null) about.put("mapRunArn", execution.mapRunArn);
        about.put("name", execution.name).put("status", execution.status().name());
        about.set("startDate", Json.epochSeconds(execution.start));
        End end = execution.end();
        if (end != null) about.set("stopDate", Json.epochSeconds(end.time()));
        about.put("redriveCount", execution.redriveCount());
        if (execution.redriveTime() != null) about.set("redriveDate", Json.epochSeconds(execution.redriveTime()));
        return about;
    }

    /** Latest first, of one machine or of one map run. */
    ObjectNode list(JsonNode input) {
        String mapRun = Requests.optional(input, "mapRunArn");
        String arn = Requests.optional(input, "stateMachineArn");
        if ((mapRun == null) == (arn == null))
            throw Requests.invalid("exactly one of 'stateMachineArn' and 'mapRunArn' is needed");
        if (arn != null && machines.find(arn).express()) throw typeNotSupported(arn);
        String filter = Requests.optional(input, "statusFilter");
        if (filter != null
                && !List.of("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE")
                        .contains(filter)) {
            throw Requests.invalid("'statusFilter' has no value '" + filter + "'");
        }
        List<Execution> all = new ArrayList<>(engine.executions.all());
        all.removeIf(execution -> mapRun != null
                ? !mapRun.equals(execution.mapRunArn)
                : !execution.machine.arn().equals(arn));
        all.removeIf(execution -> filter != null && !execution.status().name().equals(filter));
        Collections.reverse(all);
        return Requests.page(input, all, execution -> execution.arn, "executions", ExecutionOperations::about);
    }

    ObjectNode describeMapRun(JsonNode input) {
        String arn = Requests.text(input, "mapRunArn");
        MapRunRecord mapRun = engine.executions.mapRun(arn);
        if (mapRun == null) throw new AwsError("ResourceNotFound", "Map Run does not exist: '" + arn + "'");
        return mapRun.described();
    }

    ObjectNode listMapRuns(JsonNode input) {
        Execution execution = find(Requests.text(input, "executionArn"));
        List<MapRunRecord> all = new ArrayList<>(engine.executions.mapRuns());
        all.removeIf(mapRun -> !mapRun.executionArn.equals(execution.arn));
        return Requests.page(input, all, mapRun -> mapRun.arn, "mapRuns", MapRunRecord::listed);
    }

    ObjectNode history(JsonNode input) {
        Execution execution = find(Requests.text(input, "executionArn"));
        boolean data = input.path("includeExecutionData").asBoolean(true);
        List<History.Event> events = new ArrayList<>(execution.history.events());
        if (input.path("reverseOrder").asBoolean(false)) Collections.reverse(events);
        return Requests.page(
                input, events, event -> Long.toString(event.id()), "events", event -> written(event, data));
    }

    private static ObjectNode written(History.Event event, boolean data) {
        ObjectNode node = Json.object();
        node.set("timestamp", Json.epochSeconds(event.time()));
        node.put("type", event.type()).put("id", event.id()).put("previousEventId", event.previous());
        if (event.details() == null) return node;
        ObjectNode details = event.details();
        if (!data) {
            details = details.deepCopy();
            details.remove(List.of("input", "output", "parameters", "assignedVariables", "error", "cause"));
        }
        node.set(event.detailsName(), details);
        return node;
    }
}
