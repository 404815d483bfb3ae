package health.carryover.local.stepfunctions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All executions and map runs that the API can still tell about. Thread-safe. */
final class Executions {
    /** As on AWS: a closed execution is known, and its name taken, for so long. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, MapRunRecord> mapRuns = new LinkedHashMap<>();

    synchronized @Nullable Run find(String arn) {
        return runs.get(arn);
    }

    synchronized void add(Run run) {
        runs.put(run.execution.arn, run);
    }

    /** Adds it unless the ARN is taken; then the one that has it. */
    synchronized @Nullable Run addIfNew(Run run) {
        return runs.putIfAbsent(run.execution.arn, run);
    }

    synchronized void add(MapRunRecord mapRun) {
        mapRuns.put(mapRun.arn, mapRun);
    }

    synchronized @Nullable MapRunRecord mapRun(String arn) {
        return mapRuns.get(arn);
    }

    synchronized List<MapRunRecord> mapRuns() {
        return new ArrayList<>(mapRuns.values());
    }

    /** Oldest first. */
    synchronized List<Execution> all() {
        return new ArrayList<>(runs.values().stream().map(run -> run.execution).toList());
    }

    synchronized void forgetOld(Instant now) {
        runs.values().removeIf(run -> {
            Execution.End end = run.execution.end();
            return end != null && end.time().plus(KEPT).isBefore(now);
        });
        mapRuns.values().removeIf(mapRun -> !runs.containsKey(mapRun.executionArn));
    }
}
