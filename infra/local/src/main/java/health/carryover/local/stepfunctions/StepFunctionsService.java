package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.cloud.JsonService;
import health.carryover.local.stepfunctions.Tokens.Waiting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AWS Step Functions on the virtual clock, in the JSONata dialect.
 *
 * <p>May be called from any thread. The machines work on the clock's thread, where functions and services are called too;
 * only {@code StartSyncExecution} waits for that thread, so whoever calls it must not hold the clock busy.
 */
public final class StepFunctionsService implements JsonService {
    private final Engine engine;
    private final Machines machines;
    private final ExecutionOperations executions;
    private final List<Consumer<StatusChange>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param lambda runs functions, by ARN or name; called on the clock's thread
     * @param services what SDK and optimised integrations may call, S3 for Distributed Maps included; this service itself
     *     need not be among them
     * @param seed of names, tokens, jitter and {@code $random}, so that the same run gives the same history
     */
    public StepFunctionsService(
            VirtualClock clock,
            String region,
            String account,
            Invocation.Lambda lambda,
            CloudService.Directory services,
            long seed) {
        this(clock, region, account, lambda, services, Authority.UNLIMITED, seed);
    }

    /** @param authority in whose name the machines' tasks are done */
    public StepFunctionsService(
            VirtualClock clock,
            String region,
            String account,
            Invocation.Lambda lambda,
            CloudService.Directory services,
            Authority authority,
            long seed) {
        ChildExecutions children = new ChildExecutions(this, clock, this::execution, authority);
        engine = new Engine(clock, new CloudTasks(lambda, services, children, authority), seed);
        machines = new Machines(engine, region, account);
        executions = new ExecutionOperations(
                engine, machines, change -> listeners.forEach(listener -> listener.accept(change)));
    }

    /** Calls on the clock's thread whenever a STANDARD execution starts or ends. */
    public void onStatusChange(Consumer<StatusChange> listener) {
        listeners.add(listener);
    }

    @Override
    public JsonNode call(String operation, JsonNode input) {
        return switch (operation) {
            case "CreateStateMachine" -> machines.create(input);
            case "UpdateStateMachine" -> machines.update(input);
            case "DeleteStateMachine" -> machines.delete(input);
            case "DescribeStateMachine" -> machines.describe(input);
            case "DescribeStateMachineForExecution" ->
                Machines.describeFor(executions.find(Requests.text(input, "executionArn")));
            case "ListStateMachines" -> machines.list(input);
            case "StartExecution" -> executions.start(input);
            case "StartSyncExecution" -> executions.startSync(input);
            case "StopExecution" -> executions.stop(input);
            case "RedriveExecution" -> executions.redrive(input);
            case "DescribeExecution" -> executions.describe(input);
            case "ListExecutions" -> executions.list(input);
            case "GetExecutionHistory" -> executions.history(input);
            case "DescribeMapRun" -> executions.describeMapRun(input);
            case "ListMapRuns" -> executions.listMapRuns(input);
            case "SendTaskSuccess" -> succeed(input);
            case "SendTaskFailure" -> fail(input);
            case "SendTaskHeartbeat" -> heartbeat(input);
            case "ListTagsForResource" -> Json.object().set("tags", Json.array());
            default ->
                throw new AwsError(
                        "UnknownOperationException",
                        "Step Functions of the local cloud has no operation '" + operation + "'");
        };
    }

    private @Nullable Execution execution(String arn) {
        Run run = engine.executions.find(arn);
        return run == null ? null : run.execution;
    }

    // --- callbacks --------------------------------------------------------------------------------

    private JsonNode succeed(JsonNode input) {
        JsonNode output = Requests.json(Requests.text(input, "output"), "InvalidOutput", "Task Output");
        try (VirtualClock.Busy _ = engine.clock.busy()) {
            Waiting task = engine.tokens.take(Requests.text(input, "taskToken"), this::known);
            engine.clock.execute(() -> task.succeeded(output));
        }
        return Json.object();
    }

    private JsonNode fail(JsonNode input) {
        String error = Requests.optional(input, "error");
        String cause = Requests.optional(input, "cause");
        try (VirtualClock.Busy _ = engine.clock.busy()) {
            Waiting task = engine.tokens.take(Requests.text(input, "taskToken"), this::known);
            engine.clock.execute(() -> task.failed(error, cause));
        }
        return Json.object();
    }

    private JsonNode heartbeat(JsonNode input) {
        try (VirtualClock.Busy _ = engine.clock.busy()) {
            Waiting task = engine.tokens.look(Requests.text(input, "taskToken"), this::known);
            engine.clock.execute(task::heartbeat);
        }
        return Json.object();
    }

    private boolean known(String executionArn) {
        return execution(executionArn) != null;
    }
}
