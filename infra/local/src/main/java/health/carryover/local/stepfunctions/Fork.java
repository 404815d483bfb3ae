package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.stepfunctions.State.Flow;
import health.carryover.local.stepfunctions.State.States;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One attempt of a Parallel or of an inline Map: several strands at once, whose results keep the order of the branches or items. */
final class Fork implements Visit.Activity, Strand.Ending {
    private final Visit visit;
    private final Run run;
    private final Map<Strand, Integer> running = new LinkedHashMap<>();
    private State.@Nullable MapState map;
    private Flow flow = new Flow(null, null, null);
    private JsonNode[] results = {};
    private int concurrency = Integer.MAX_VALUE;
    private int begun;
    private Tolerated tolerated = Tolerated.nothing();
    private JsonNode items = NullNode.instance;
    private boolean over;

    Fork(Visit visit) {
        this.visit = visit;
        run = visit.strand.run;
    }

    void parallel(State.Parallel parallel) {
        JsonNode input = parallel.arguments() == null
                ? visit.input
                : visit.template(null, null).fill(parallel.arguments(), "Arguments");
        flow = parallel.flow();
        results = new JsonNode[parallel.branches().size()];
        visit.commit();
        visit.strand.previous = run.record(visit.strand.previous, "ParallelStateStarted", null, null);
        for (States branch : parallel.branches()) {
            Strand strand = open(branch, visit.strand.mapItem);
            strand.start(input);
        }
    }

    void map(State.MapState state) {
        map = state;
        flow = state.flow();
        Template template = visit.template(null, null);
        items = MapItems.inline(state, visit.input, template);
        int limit = state.maxConcurrency() == null
                ? 0
                : template.integer(state.maxConcurrency(), "MaxConcurrency", 0, Integer.MAX_VALUE);
        if (limit > 0) concurrency = limit;
        tolerated = Tolerated.of(state.tolerance(), template, items.size());
        results = new JsonNode[items.size()];
        visit.commit();
        visit.strand.previous = run.record(
                visit.strand.previous, "MapStateStarted", null, Json.object().put("length", items.size()));
        if (items.isEmpty()) finish(visit.strand.previous);
        while (begun < results.length && running.size() < concurrency) iterate(state, visit.strand.previous);
    }

    private Strand open(States states, @Nullable JsonNode mapItem) {
        Strand strand = new Strand(run, states, new Scope(visit.strand.scope), mapItem, this);
        strand.previous = visit.strand.previous;
        running.put(strand, begun++);
        return strand;
    }

    private void iterate(State.MapState state, long previous) {
        int index = begun;
        JsonNode item = items.get(index);
        ObjectNode mapItem = Json.object().put("Index", index);
        mapItem.set("Value", item);
        Strand strand = open(state.processor(), mapItem);
        strand.previous = run.record(previous, "MapIterationStarted", null, iteration(state, index));
        JsonNode selector = state.itemSelector();
        if (selector == null) strand.start(item);
        else strand.post(() -> select(selector, strand, mapItem));
    }

    private void select(JsonNode selector, Strand strand, JsonNode mapItem) {
        JsonNode input;
        try {
            input = visit.template(null, null, mapItem).fill(selector, "ItemSelector");
        } catch (Template.QueryFailure e) {
            strand.previous = visit.recordEvaluationFailed(e, strand.previous);
            strand.fail(Failure.of(Failure.QUERY, visit.cause(e)));
            return;
        }
        strand.start(input);
    }

    private static ObjectNode iteration(State.MapState state, int index) {
        return Json.object().put("name", state.name()).put("index", index);
    }

    @Override
    public void succeeded(Strand strand, JsonNode output) {
        int index = close(strand);
        results[index] = output;
        long last = strand.previous;
        if (map != null) last = run.record(strand.previous, "MapIterationSucceeded", null, iteration(map, index));
        next(strand.previous, last);
    }

    private int close(Strand strand) {
        Integer index = running.remove(strand);
        if (index == null) throw new IllegalStateException("a strand ended that was not running");
        return index;
    }

    private void next(long previous, long last) {
        if (map != null && begun < results.length) iterate(map, previous);
        else if (running.isEmpty()) finish(last);
    }

    private void finish(long last) {
        over = true;
        ArrayNode result = Json.array();
        Arrays.stream(results).forEach(result::add);
        visit.strand.previous = last;
        run.record(last, visit.type() + "StateSucceeded", null, null);
        visit.step(() -> visit.leave(flow, visit.template(result, null), result));
    }

    @Override
    public void failed(Strand strand, Failure failure) {
        int index = close(strand);
        long cause = strand.previous;
        if (map != null) run.record(cause, "MapIterationFailed", null, iteration(map, index));
        if (strand.failedInTask()) run.record(cause, "TaskStateAborted", null, null);
        if (tolerated.oneMore(1)) {
            results[index] = failure.errorOutput();
            next(cause, cause);
            return;
        }
        stop(cause);
        visit.strand.previous = cause;
        visit.failed(tolerated.given() ? Tolerated.EXCEEDED : failure);
    }

    private void stop(long cause) {
        over = true;
        Map<Integer, Strand> siblings = new TreeMap<>();
        running.forEach((strand, index) -> siblings.put(index, strand));
        running.clear();
        siblings.forEach((index, sibling) -> {
            if (map != null) run.record(cause, "MapIterationAborted", null, iteration(map, index));
            sibling.abort(cause);
        });
    }

    @Override
    public void abort(long cause) {
        stop(cause);
        run.record(cause, visit.type() + "StateAborted", null, null);
    }

    @Override
    public void abandon() {
        if (over) return;
        over = true;
        running.keySet().forEach(Strand::abandon);
        running.clear();
    }
}
