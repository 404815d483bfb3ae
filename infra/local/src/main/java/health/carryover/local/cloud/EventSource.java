package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One function fed by one stream, in order. A failing batch holds up what comes after it; it is retried with growing
 * pauses of virtual time, split if the template says so, and given up to the failure destination. Everything here runs
 * on the cloud's thread.
 */
final class EventSource {
    private static final Logger log = LoggerFactory.getLogger(EventSource.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration STREAM_LIFE = Duration.ofHours(24);

    private static final class Batch {
        final List<JsonNode> records;
        final Instant arrived;
        int retries;

        Batch(List<JsonNode> records, Instant arrived, int retries) {
            this.records = records;
            this.arrived = arrived;
            this.retries = retries;
        }

        Batch part(int from, int to) {
            return new Batch(List.copyOf(records.subList(from, to)), arrived, retries);
        }
    }

    private final String function;
    private final JsonNode settings;
    private final String streamArn;
    private final VirtualClock clock;
    private final Invocation.Lambda lambda;
    private final BiConsumer<String, JsonNode> deliver;
    private final List<EventPattern> filters = new ArrayList<>();
    private final Deque<JsonNode> arrived = new ArrayDeque<>();
    private final Deque<Batch> work = new ArrayDeque<>();
    private boolean pausing;

    /**
     * Feeds a function.
     *
     * @param settings the properties of SAM's event {@code DynamoDB}
     * @param deliver puts a payload at an ARN
     */
    EventSource(
            String function,
            JsonNode settings,
            String streamArn,
            VirtualClock clock,
            Invocation.Lambda lambda,
            BiConsumer<String, JsonNode> deliver) {
        this.function = function;
        this.settings = settings;
        this.streamArn = streamArn;
        this.clock = clock;
        this.lambda = lambda;
        this.deliver = deliver;
        for (JsonNode filter : settings.path("FilterCriteria").path("Filters"))
            filters.add(new EventPattern(Json.parse(filter.path("Pattern").asText())));
    }

    void offer(JsonNode record) {
        if (filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(record))) arrived.add(record);
    }

    /** Works until nothing is left or a failing batch has to wait. */
    void drain() {
        while (!pausing) {
            Batch batch = next();
            if (batch == null) return;
            ObjectNode event = Json.object();
            ArrayNode records = event.putArray("Records");
            batch.records.forEach(records::add);
            Invocation invocation = lambda.invoke(function, event);
            int done = done(batch, invocation);
            if (done < batch.records.size())
                failed(done == 0 ? batch : batch.part(done, batch.records.size()), invocation);
        }
    }

    private @Nullable Batch next() {
        if (!work.isEmpty()) return work.removeFirst();
        List<JsonNode> records = new ArrayList<>();
        int most = settings.path("BatchSize").asInt(100);
        while (records.size() < most && !arrived.isEmpty()) records.add(arrived.removeFirst());
        return records.isEmpty() ? null : new Batch(List.copyOf(records), clock.instant(), 0);
    }

    /** How many records from the start of the batch are dealt with. */
    private int done(Batch batch, Invocation invocation) {
        if (!(invocation instanceof Invocation.Answered answered)) return 0;
        JsonNode failures = answered.payload().path("batchItemFailures");
        if (!reports() || failures.isEmpty()) return batch.records.size();
        int first = batch.records.size();
        for (JsonNode failure : failures) {
            int position = position(batch, failure.path("itemIdentifier").asText(""));
            // An identifier that is not in the batch fails all of it, as on Lambda.
            first = Math.min(first, Math.max(position, 0));
        }
        return first;
    }

    private boolean reports() {
        for (JsonNode type : settings.path("FunctionResponseTypes"))
            if (type.asText().equals("ReportBatchItemFailures")) return true;
        return false;
    }

    private static int position(Batch batch, String sequenceNumber) {
        for (int i = 0; i < batch.records.size(); i++)
            if (sequence(batch.records.get(i)).equals(sequenceNumber)) return i;
        return -1;
    }

    private static String sequence(JsonNode record) {
        return record.path("dynamodb").path("SequenceNumber").asText();
    }

    private void failed(Batch batch, Invocation invocation) {
        boolean threw = invocation instanceof Invocation.Failed;
        log.atWarn()
                .addKeyValue("function", function)
                .addKeyValue("records", batch.records.size())
                .addKeyValue("retries", batch.retries)
                .addKeyValue(
                        "errorType",
                        invocation instanceof Invocation.Failed failed ? failed.errorType() : "batchItemFailures")
                .log("a stream batch failed");
        int most = settings.path("MaximumRetryAttempts").asInt(-1);
        boolean tooOld = !clock.instant().isBefore(batch.arrived.plus(STREAM_LIFE));
        int size = batch.records.size();
        if (threw && size > 1 && settings.path("BisectBatchOnFunctionError").asBoolean()) {
            // A split is not a retry.
            work.addFirst(batch.part((size + 1) / 2, size));
            work.addFirst(batch.part(0, (size + 1) / 2));
        } else if (tooOld || (most >= 0 && batch.retries >= most)) {
            giveUp(batch, tooOld ? "RecordAgeExceeded" : "RetryAttemptsExhausted");
            return;
        } else {
            batch.retries++;
            work.addFirst(batch);
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(batch.retries, 6));
        pausing = true;
        clock.at(clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE), () -> {
            pausing = false;
            drain();
        });
    }

    private void giveUp(Batch batch, String condition) {
        String destination = settings.path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .textValue();
        if (destination == null) {
            log.atError()
                    .addKeyValue("function", function)
                    .addKeyValue("records", batch.records.size())
                    .log("stream records are given up and there is no failure destination");
            return;
        }
        ObjectNode record = Json.object()
                .put("version", "1.0")
                .put("timestamp", clock.instant().toString());
        record.putObject("requestContext")
                .put("functionArn", function)
                .put("condition", condition)
                .put("approximateInvokeCount", batch.retries + 1);
        record.putObject("DDBStreamBatchInfo")
                .put("shardId", "local")
                .put("startSequenceNumber", sequence(batch.records.getFirst()))
                .put("endSequenceNumber", sequence(batch.records.getLast()))
                .put("batchSize", batch.records.size())
                .put("approximateArrivalOfFirstRecord", batch.arrived.toString())
                .put("approximateArrivalOfLastRecord", batch.arrived.toString())
                .put("streamArn", streamArn);
        deliver.accept(destination, record);
    }
}
