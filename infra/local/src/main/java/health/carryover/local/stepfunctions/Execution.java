package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One execution as the API shows it. Thread-safe: changed on the clock's thread and by StopExecution, read by requests. */
final class Execution {
    enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED;

        /** {@code ExecutionTimedOut} */
        String event() {
            StringBuilder name = new StringBuilder("Execution");
            for (String word : name().split("_"))
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            return name.toString();
        }
    }

    /** How an execution ended. */
    record End(
            Status status,
            Instant time,
            @Nullable JsonNode output,
            @Nullable String error,
            @Nullable String cause) {}

    final StateMachine machine;
    final String arn;
    final String name;
    final JsonNode input;
    /** The input as it was sent, spaces and all. */
    final String inputText;

    final Instant start;
    final @Nullable String mapRunArn;
    final History history = new History();
    private final List<Consumer<Execution>> watchers = new ArrayList<>();
    private int redriveCount;
    private @Nullable Instant redriveTime;
    private @Nullable End end;

    Execution(
            StateMachine machine,
            String arn,
            String name,
            JsonNode input,
            String inputText,
            Instant start,
            @Nullable String mapRunArn) {
        this.machine = machine;
        this.arn = arn;
        this.name = name;
        this.input = input;
        this.inputText = inputText;
        this.start = start;
        this.mapRunArn = mapRunArn;
        ObjectNode details = Json.object();
        details.put("input", inputText);
        details.set("inputDetails", details(true));
        details.put("roleArn", machine.roleArn());
        history.add(start, 0, "ExecutionStarted", null, details);
    }

    static ObjectNode details(boolean event) {
        return event ? Json.object().put("truncated", false) : Json.object().put("included", true);
    }

    synchronized boolean running() {
        return end == null;
    }

    synchronized Status status() {
        return end == null ? Status.RUNNING : end.status();
    }

    synchronized @Nullable End end() {
        return end;
    }

    synchronized int redriveCount() {
        return redriveCount;
    }

    synchronized @Nullable Instant redriveTime() {
        return redriveTime;
    }

    /** Writes an event unless the execution is over, and returns its id. */
    synchronized long record(
            Instant time, long previous, String type, @Nullable String state, @Nullable ObjectNode details) {
        return end == null ? history.add(time, previous, type, state, details) : history.size();
    }

    /** Ends the execution once; false when it had ended before. */
    boolean close(End outcome, long previous) {
        List<Consumer<Execution>> told;
        synchronized (this) {
            if (end != null) return false;
            history.add(outcome.time(), previous, outcome.status().event(), null, endDetails(outcome));
            end = outcome;
            told = List.copyOf(watchers);
            watchers.clear();
        }
        told.forEach(watcher -> watcher.accept(this));
        return true;
    }

    private static ObjectNode endDetails(End outcome) {
        ObjectNode details = Json.object();
        if (outcome.output() != null) {
            details.put("output", Json.text(outcome.output()));
            details.set("outputDetails", details(true));
        }
        if (outcome.error() != null) details.put("error", outcome.error());
        if (outcome.cause() != null) details.put("cause", outcome.cause());
        return details;
    }

    /** Opens a failed execution again; false when it is running or succeeded. */
    synchronized boolean redrive(Instant time) {
        if (end == null || end.status() == Status.SUCCEEDED) return false;
        end = null;
        redriveCount++;
        redriveTime = time;
        history.add(time, 0, "ExecutionRedriven", null, Json.object().put("redriveCount", redriveCount));
        return true;
    }

    /** Calls when the execution ends, at once if it has. */
    void whenOver(Consumer<Execution> watcher) {
        synchronized (this) {
            if (end == null) {
                watchers.add(watcher);
                return;
            }
        }
        watcher.accept(this);
    }
}
