package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a Distributed Map as the API shows it. Thread-safe. */
final class MapRunRecord {
    final String arn;
    final String executionArn;
    final String machineArn;
    final Instant start;
    private final Map<Execution.Status, Integer> items = new EnumMap<>(Execution.Status.class);
    private final Map<Execution.Status, Integer> executions = new EnumMap<>(Execution.Status.class);
    private int maxConcurrency;
    private int allItems;
    private int allExecutions;
    private int written;
    private Execution.Status status = Execution.Status.RUNNING;
    private @Nullable Instant stop;

    MapRunRecord(String arn, String executionArn, String machineArn, Instant start) {
        this.arn = arn;
        this.executionArn = executionArn;
        this.machineArn = machineArn;
        this.start = start;
    }

    synchronized void sized(int items, int executions, int concurrency) {
        allItems = items;
        allExecutions = executions;
        maxConcurrency = concurrency;
    }

    synchronized void moved(Execution.Status from, Execution.Status to, int itemCount) {
        if (from != to) {
            items.merge(from, -itemCount, Integer::sum);
            executions.merge(from, -1, Integer::sum);
        }
        items.merge(to, itemCount, Integer::sum);
        executions.merge(to, 1, Integer::sum);
    }

    synchronized void written(int items) {
        written = items;
    }

    synchronized void close(Execution.Status outcome, Instant time) {
        if (stop != null) return;
        status = outcome;
        stop = time;
    }

    synchronized ObjectNode listed() {
        ObjectNode node = Json.object()
                .put("executionArn", executionArn)
                .put("mapRunArn", arn)
                .put("stateMachineArn", machineArn);
        node.set("startDate", Json.epochSeconds(start));
        if (stop != null) node.set("stopDate", Json.epochSeconds(stop));
        return node;
    }

    synchronized ObjectNode described() {
        ObjectNode node = Json.object()
                .put("mapRunArn", arn)
                .put("executionArn", executionArn)
                .put("status", status.name());
        node.set("startDate", Json.epochSeconds(start));
        if (stop != null) node.set("stopDate", Json.epochSeconds(stop));
        node.put("maxConcurrency", maxConcurrency);
        node.set("itemCounts", counts(items, allItems));
        node.set("executionCounts", counts(executions, allExecutions));
        return node.put("redriveCount", 0);
    }

    private ObjectNode counts(Map<Execution.Status, Integer> by, int total) {
        ObjectNode counts = Json.object();
        int begun = by.values().stream().mapToInt(Integer::intValue).sum();
        counts.put("pending", total - begun);
        counts.put("running", by.getOrDefault(Execution.Status.RUNNING, 0));
        counts.put("succeeded", by.getOrDefault(Execution.Status.SUCCEEDED, 0));
        counts.put("failed", by.getOrDefault(Execution.Status.FAILED, 0));
        counts.put("timedOut", by.getOrDefault(Execution.Status.TIMED_OUT, 0));
        counts.put("aborted", by.getOrDefault(Execution.Status.ABORTED, 0));
        return counts.put("total", total).put("resultsWritten", written);
    }
}
