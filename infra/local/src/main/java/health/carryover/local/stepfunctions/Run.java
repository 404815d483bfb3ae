package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock.Timer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Carries out one execution, on the clock's thread alone. */
final class Run implements Strand.Ending {
    /** As on AWS; a machine may set a shorter time. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Duration LONGEST_EXPRESS = Duration.ofMinutes(5);

    final Engine engine;
    final Execution execution;
    private final Strand root;
    private @Nullable Timer timeout;

    Run(Engine engine, Execution execution) {
        this.engine = engine;
        this.execution = execution;
        root = new Strand(this, execution.machine.definition().states(), new Scope(null), null, this);
        execution.whenOver(over -> engine.clock.execute(this::release));
    }

    void begin() {
        armTimeout();
        root.go(execution.machine.definition().states().startAt(), execution.input);
    }

    private void armTimeout() {
        Integer seconds = execution.machine.definition().timeoutSeconds();
        Duration longest = execution.machine.express() ? LONGEST_EXPRESS : LONGEST;
        Duration allowed = seconds == null || Duration.ofSeconds(seconds).compareTo(longest) > 0
                ? longest
                : Duration.ofSeconds(seconds);
        timeout = engine.clock.at(
                now().plus(allowed),
                () -> execution.close(new Execution.End(Execution.Status.TIMED_OUT, now(), null, null, null), 0));
    }

    Instant now() {
        return engine.clock.instant();
    }

    /** Writes an event and returns its id; the execution fails when its history is full. */
    long record(long previous, String type, @Nullable String state, @Nullable ObjectNode details) {
        if (execution.running() && execution.history.size() >= History.LIMIT - 1) {
            String cause = "The execution reached the maximum number of history events (" + History.LIMIT + ").";
            execution.close(new Execution.End(Execution.Status.FAILED, now(), null, Failure.RUNTIME, cause), previous);
        }
        return execution.record(now(), previous, type, state, details);
    }

    @Override
    public void succeeded(Strand strand, JsonNode output) {
        execution.close(new Execution.End(Execution.Status.SUCCEEDED, now(), output, null, null), strand.previous);
    }

    @Override
    public void failed(Strand strand, Failure failure) {
        execution.close(
                new Execution.End(Execution.Status.FAILED, now(), null, failure.error(), failure.cause()),
                strand.previous);
    }

    /** Why this execution cannot be taken up again where it failed, or nothing. */
    @Nullable
    String redriveRefusal() {
        return root.resumable()
                ? null
                : "Execution cannot be redriven here: it failed inside a Map or Parallel state, which the local cloud does not take up again";
    }

    /** Takes the execution up again at the state it failed in; {@link Execution#redrive} came before. */
    void resume() {
        if (timeout != null) timeout.cancel();
        root.abandon();
        armTimeout();
        execution.whenOver(over -> engine.clock.execute(this::release));
        root.resume();
    }

    private void release() {
        if (execution.running()) return; // redriven meanwhile
        if (timeout != null) timeout.cancel();
        root.abandon();
    }
}
