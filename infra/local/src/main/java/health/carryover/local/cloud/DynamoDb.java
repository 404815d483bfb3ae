package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.access.Call;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB and its streams: DynamoDB Local's own handler, in memory, one database for all callers, no telemetry. After
 * each write the streams are read on the cloud's thread, so nothing polls.
 */
final class DynamoDb implements Request.Handler, AutoCloseable {
    private static final String KEY = "local";
    private static final Set<String> WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

    /** One table's stream: who reads it, and up to where it was read. */
    private static final class Stream {
        final String emulatorArn;
        final List<EventSource> readers = new ArrayList<>();
        final Map<String, String> lastOfShard = new HashMap<>();

        Stream(String emulatorArn) {
            this.emulatorArn = emulatorArn;
        }
    }

    private final VirtualClock clock;
    private final Checkpoint checkpoint;
    private final LocalDynamoDBRequestHandler requests;
    private final LocalDynamoDBServerHandler wire;
    private final Map<String, Stream> streams = new LinkedHashMap<>();

    DynamoDb(VirtualClock clock, Checkpoint checkpoint) {
        this.clock = clock;
        this.checkpoint = checkpoint;
        try {
            requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
        } catch (DynamoDBLocalServiceException e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
        wire = new LocalDynamoDBServerHandler(requests, null);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String target = request.getHeaders().get("X-Amz-Target");
        if (target == null) {
            refuse(new AwsError("MissingAction", "the request has no X-Amz-Target"), response, callback);
            return true;
        }
        Buffered whole = Buffered.of(request);
        Caller caller = Caller.current();
        Optional<Call> call;
        try {
            call = checkpoint.dynamo().read(target, Json.read(whole.body()));
        } catch (IOException e) {
            refuse(new AwsError("SerializationException", "the request body is not JSON"), response, callback);
            return true;
        }
        if (call.isEmpty()) {
            refuse(
                    new AwsError("AccessDeniedException", "the local cloud does not look into PartiQL"),
                    response,
                    callback);
            return true;
        }
        AwsError refusal = checkpoint.refusal(caller, call.get());
        if (refusal != null) {
            checkpoint.record(caller, call.get(), Checkpoint.requestId(), refusal.code(), refusal.getMessage());
            refuse(refusal, response, callback);
            return true;
        }
        boolean writes = WRITES.contains(call.get().operation());
        // Before the callback: the caller, once answered, may find that the cloud is quiet.
        Runnable answered = () -> {
            String requestId = response.getHeaders().get("x-amzn-RequestId");
            checkpoint.record(caller, call.get(), requestId == null ? Checkpoint.requestId() : requestId, null, null);
            if (writes) clock.execute(this::readStreams);
        };
        return wire.handle(whole, response, Callback.from(answered, callback));
    }

    private static void refuse(AwsError error, Response response, Callback callback) {
        Gate.reply(JsonProtocol.error(error), response, callback);
    }

    /** Makes a table of the template. */
    void create(Resource table) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table.ref())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(table.properties()))
                .attributeDefinitions(each(
                        table.at("AttributeDefinitions"),
                        one -> AttributeDefinition.builder()
                                .attributeName(one.path("AttributeName").asText())
                                .attributeType(one.path("AttributeType").asText())
                                .build()));
        JsonNode global = table.at("GlobalSecondaryIndexes");
        if (!global.isEmpty())
            request.globalSecondaryIndexes(each(
                    global,
                    index -> GlobalSecondaryIndex.builder()
                            .indexName(index.path("IndexName").asText())
                            .keySchema(keys(index))
                            .projection(projection(index))
                            .build()));
        JsonNode local = table.at("LocalSecondaryIndexes");
        if (!local.isEmpty())
            request.localSecondaryIndexes(each(
                    local,
                    index -> LocalSecondaryIndex.builder()
                            .indexName(index.path("IndexName").asText())
                            .keySchema(keys(index))
                            .projection(projection(index))
                            .build()));
        String view = table.at("StreamSpecification", "StreamViewType").textValue();
        if (view != null)
            request.streamSpecification(stream -> stream.streamEnabled(true).streamViewType(view));
        String arn = requests.createTable(KEY, Arn.REGION, request.build())
                .tableDescription()
                .latestStreamArn();
        if (view != null) streams.put(table.attributes().getOrDefault("StreamArn", ""), new Stream(arn));
    }

    /** Lets a function read a stream from its beginning. */
    void read(String streamArn, EventSource reader) {
        Stream stream = streams.get(streamArn);
        if (stream == null) throw new AwsError("ResourceNotFoundException", "no table has the stream " + streamArn);
        stream.readers.add(reader);
    }

    private void readStreams() {
        streams.forEach((arn, stream) -> {
            if (stream.readers.isEmpty()) return;
            for (Record record : unread(stream))
                stream.readers.forEach(reader -> reader.offer(StreamRecords.json(record, arn, clock.instant())));
            stream.readers.forEach(EventSource::drain);
        });
    }

    private List<Record> unread(Stream stream) {
        List<Record> unread = new ArrayList<>();
        List<Shard> shards = requests.describeStream(
                        KEY,
                        Arn.REGION,
                        DescribeStreamRequest.builder()
                                .streamArn(stream.emulatorArn)
                                .build())
                .streamDescription()
                .shards();
        for (Shard shard : shards) {
            String last = stream.lastOfShard.get(shard.shardId());
            GetShardIteratorRequest from = GetShardIteratorRequest.builder()
                    .streamArn(stream.emulatorArn)
                    .shardId(shard.shardId())
                    .shardIteratorType(
                            last == null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(last)
                    .build();
            String iterator = requests.getShardIterator(KEY, Arn.REGION, from).shardIterator();
            while (iterator != null) {
                GetRecordsResponse page = requests.getRecords(
                        KEY,
                        Arn.REGION,
                        GetRecordsRequest.builder().shardIterator(iterator).build());
                if (page.records().isEmpty()) break;
                unread.addAll(page.records());
                stream.lastOfShard.put(
                        shard.shardId(), page.records().getLast().dynamodb().sequenceNumber());
                iterator = page.nextShardIterator();
            }
        }
        return unread;
    }

    private static List<KeySchemaElement> keys(JsonNode owner) {
        return each(
                owner.path("KeySchema"),
                key -> KeySchemaElement.builder()
                        .attributeName(key.path("AttributeName").asText())
                        .keyType(key.path("KeyType").asText())
                        .build());
    }

    private static Projection projection(JsonNode index) {
        JsonNode projection = index.path("Projection");
        Projection.Builder builder = Projection.builder()
                .projectionType(projection.path("ProjectionType").asText());
        JsonNode others = projection.path("NonKeyAttributes");
        return others.isEmpty()
                ? builder.build()
                : builder.nonKeyAttributes(each(others, JsonNode::asText)).build();
    }

    private static <T> List<T> each(JsonNode list, Function<JsonNode, T> make) {
        List<T> made = new ArrayList<>();
        for (JsonNode item : list) made.add(make.apply(item));
        return made;
    }

    @Override
    public void close() {
        requests.shutdown();
    }
}
