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

    /** Looking for old ones takes time, so it happens now and then. */
    private static final Duration SWEEP = Duration.ofDays(1);

    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, MapRunRecord> mapRuns = new LinkedHashMap<>();
    private Instant swept = Instant.EPOCH;

    synchronized @Nullable Run find(String arn) {
        return runs.get(arn);
    }

    synchronized void add(Run run) {
        runs.put(run.execution.arn, run);
    }

    /** Adds it unless the ARN is taken; then the one that has it. */
    synchronized @Nullable Run addIfNew(Run run, Instant now) {
        if (now.isAfter(swept.plus(SWEEP))) forgetOld(now);
        Run known = runs.get(run.execution.arn);
        if (known != null && !old(known, now)) return known;
        runs.remove(run.execution.arn);
        runs.put(run.execution.arn, run);
        return null;
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

    private void forgetOld(Instant now) {
        swept = now;
        runs.values().removeIf(run -> old(run, now));
        mapRuns.values().removeIf(mapRun -> !runs.containsKey(mapRun.executionArn));
    }

    private static boolean old(Run run, Instant now) {
        Execution.End end = run.execution.end();
        return end != null && end.time().plus(KEPT).isBefore(now);
    }
}
