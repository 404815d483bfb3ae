package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.AwsError;
import health.carryover.local.stepfunctions.Execution.Status;
import health.carryover.local.stepfunctions.MapItems.Batch;
import health.carryover.local.stepfunctions.State.Distribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of a Distributed Map: reads the items, runs a child execution per item or batch, writes the results. */
final class DistributedMap implements Visit.Activity {
    private final Visit visit;
    private final Run run;
    private final Engine engine;
    private final State.MapState map;
    private final Distribution distribution;
    private final String unique;
    private final MapRunRecord record;
    private final StateMachine machine;
    private final Map<Execution, Integer> running = new LinkedHashMap<>();
    private List<Batch> batches = List.of();
    private @Nullable Execution[] children = {};
    private Tolerated tolerated = Tolerated.nothing();
    private int concurrency;
    private int begun;
    private boolean over;

    DistributedMap(Visit visit, State.MapState map, Distribution distribution) {
        this.visit = visit;
        this.map = map;
        this.distribution = distribution;
        run = visit.strand.run;
        engine = run.engine;
        unique = engine.uuid();
        StateMachine parent = run.execution.machine;
        String arn = Arns.mapRun(run.execution.arn, parent.name(), distribution.label(), unique);
        record = new MapRunRecord(arn, run.execution.arn, parent.arn(), run.now());
        Instant now = run.now();
        machine = new StateMachine(
                parent.arn() + "/" + distribution.label(),
                parent.name() + "/" + distribution.label(),
                distribution.express(),
                parent.roleArn(),
                "",
                new StateMachine.Definition(map.processor(), null),
                now,
                now);
    }

    // --- items ------------------------------------------------------------------------------------

    void begin() {
        Template template = visit.template(null, null);
        JsonNode reader = distribution.itemReader();
        if (reader == null) {
            ArrayNode items = MapItems.distributed(map, visit.input, template);
            started(items.size());
            evaluate(() -> split(items, template));
            return;
        }
        JsonNode arguments = template.fill(reader.get("Arguments"), "ItemReader/Arguments");
        started(0);
        call(reader, arguments, new Answer() {
            @Override
            public void answered(JsonNode answer) {
                evaluate(() -> read(answer, reader));
            }

            @Override
            public void refused(String error, String cause) {
                end(Failure.of("States.ItemReaderFailed", error + ": " + cause));
            }
        });
    }

    /** Does a piece of the run; an expression without value fails the run, not only the state. */
    private void evaluate(Runnable piece) {
        try {
            piece.run();
        } catch (Template.QueryFailure e) {
            stopChildren();
            visit.strand.previous = visit.recordEvaluationFailed(e, visit.strand.previous);
            ended(Failure.of(Failure.QUERY, visit.cause(e)), Json.object());
        }
    }

    private void started(int length) {
        visit.commit();
        visit.strand.previous = run.record(
                visit.strand.previous, "MapStateStarted", null, Json.object().put("length", length));
        ObjectNode details = Json.object().put("mapRunArn", record.arn);
        visit.strand.previous = run.record(visit.strand.previous, "MapRunStarted", null, details);
        engine.executions.add(record);
    }

    private void read(JsonNode answer, JsonNode reader) {
        JsonNode config = reader.path("ReaderConfig");
        ArrayNode items;
        try {
            items = S3Items.read(answer, config);
        } catch (S3Items.UnreadableItems e) {
            end(Failure.of("States.ItemReaderFailed", e.getMessage()));
            return;
        }
        Template template = visit.template(null, null);
        int most = config.has("MaxItems")
                ? template.integer(config.get("MaxItems"), "ItemReader/ReaderConfig/MaxItems", 0, 100_000_000)
                : 0;
        ArrayNode kept = Json.array();
        for (JsonNode item : items) if (most == 0 || kept.size() < most) kept.add(item);
        split(kept, template);
    }

    private void split(ArrayNode items, Template template) {
        int limit = map.maxConcurrency() == null
                ? 0
                : template.integer(map.maxConcurrency(), "MaxConcurrency", 0, Integer.MAX_VALUE);
        concurrency = limit == 0 ? MapReader.MOST_CONCURRENT : Math.min(limit, MapReader.MOST_CONCURRENT);
        tolerated = Tolerated.of(map.tolerance(), template, items.size());
        List<JsonNode> selected = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            ObjectNode mapItem = Json.object().put("Index", i);
            mapItem.set("Value", items.get(i));
            selected.add(
                    map.itemSelector() == null
                            ? items.get(i)
                            : visit.template(null, null, mapItem).fill(map.itemSelector(), "ItemSelector"));
        }
        batches = MapItems.batches(selected, distribution.itemBatcher(), template);
        children = new Execution[batches.size()];
        record.sized(items.size(), batches.size(), limit);
        if (batches.isEmpty()) end(null);
        fill();
    }

    // --- children ---------------------------------------------------------------------------------

    private void fill() {
        while (!over && begun < batches.size() && running.size() < concurrency) {
            int index = begun++;
            Batch batch = batches.get(index);
            if (!permitted("StartExecution", "stateMachineArn", run.execution.machine.arn())) return;
            String name = engine.uuid();
            String arn = Arns.execution(machine, name, unique);
            Run child = engine.prepare(machine, arn, name, batch.input(), record.arn);
            children[index] = child.execution;
            running.put(child.execution, index);
            record.moved(Status.RUNNING, Status.RUNNING, batch.items());
            if (!machine.express()) engine.executions.add(child);
            child.execution.whenOver(ended -> engine.clock.execute(() -> childEnded(ended)));
            child.begin();
        }
    }

    private void childEnded(Execution child) {
        Integer index = running.remove(child);
        if (index == null) return;
        // Express executions cannot be described; of the others the run learns by describing them.
        if (!machine.express() && !permitted("DescribeExecution", "executionArn", child.arn)) return;
        int items = batches.get(index).items();
        record.moved(Status.RUNNING, child.status(), items);
        if (over) return;
        if (child.status() != Status.SUCCEEDED && !tolerated.oneMore(items)) end(Tolerated.EXCEEDED);
        else if (running.isEmpty() && begun == batches.size()) end(null);
        else fill();
    }

    /** Whether the role may do this with the children; if not, the run fails. */
    private boolean permitted(String operation, String parameter, String arn) {
        try {
            engine.tasks.permit(run.execution.arn, operation, Json.object().put(parameter, arn));
            return true;
        } catch (AwsError e) {
            if (!over) end(Failure.of("StepFunctions." + e.code(), e.getMessage()));
            return false;
        }
    }

    private void stopChildren() {
        over = true;
        for (Execution child : new ArrayList<>(running.keySet())) {
            if (!machine.express() && !permitted("StopExecution", "executionArn", child.arn)) continue;
            child.close(new Execution.End(Status.ABORTED, run.now(), null, null, null), 0);
        }
    }

    // --- results ----------------------------------------------------------------------------------

    private void end(@Nullable Failure failure) {
        stopChildren();
        JsonNode writer = distribution.resultWriter();
        if (writer == null) {
            ended(failure, results());
            return;
        }
        evaluate(() -> {
            JsonNode arguments = visit.template(null, null).fill(writer.get("Arguments"), "ResultWriter/Arguments");
            MapResults results = new MapResults(arguments, record.arn, unique, batches, children);
            write(writer, results, results.files(), failure);
        });
    }

    private void write(JsonNode writer, MapResults results, List<ObjectNode> files, @Nullable Failure failure) {
        if (files.isEmpty()) {
            record.written(batches.size());
            ended(failure, results.output());
            return;
        }
        call(writer, files.getFirst(), new Answer() {
            @Override
            public void answered(JsonNode answer) {
                write(writer, results, files.subList(1, files.size()), failure);
            }

            @Override
            public void refused(String error, String cause) {
                ended(Failure.of("States.ResultWriterFailed", error + ": " + cause), Json.object());
            }
        });
    }

    /** Outputs in the order of the items; a failed child leaves its description. */
    private JsonNode results() {
        ArrayNode results = Json.array();
        for (Execution child : children) {
            if (child == null) continue;
            Execution.End end = child.end();
            if (end != null && end.output() != null) results.add(end.output());
            else results.add(MapResults.describe(child));
        }
        return results;
    }

    private void ended(@Nullable Failure failure, JsonNode result) {
        record.close(failure == null ? Status.SUCCEEDED : Status.FAILED, run.now());
        if (failure != null) {
            ObjectNode details = Json.object().put("error", failure.error()).put("cause", failure.cause());
            visit.strand.previous = run.record(visit.strand.previous, "MapRunFailed", null, details);
            visit.failed(failure);
            return;
        }
        visit.strand.previous = run.record(visit.strand.previous, "MapRunSucceeded", null, null);
        run.record(visit.strand.previous, "MapStateSucceeded", null, null);
        visit.step(() -> visit.leave(map.flow(), visit.template(result, null), result));
    }

    private interface Answer {
        void answered(JsonNode answer);

        void refused(String error, String cause);
    }

    private void call(JsonNode part, JsonNode arguments, Answer answer) {
        TaskResource resource = TaskResource.read(part.get("Resource").asText());
        if (resource == null) throw new IllegalStateException("a definition was accepted with an unknown resource");
        engine.tasks.start(new Tasks.Request(map.name(), resource, arguments, run.execution.arn), new Tasks.Reply() {
            @Override
            public void submitted(JsonNode output) {}

            @Override
            public void succeeded(JsonNode result) {
                if (run.execution.running()) answer.answered(result);
            }

            @Override
            public void failed(@Nullable String error, @Nullable String cause) {
                if (run.execution.running()) answer.refused(String.valueOf(error), String.valueOf(cause));
            }
        });
    }

    @Override
    public void abort(long cause) {
        abandon();
        run.record(cause, "MapRunAborted", null, null);
        run.record(cause, "MapStateAborted", null, null);
    }

    @Override
    public void abandon() {
        stopChildren();
        record.close(Status.ABORTED, run.now());
    }
}
