package health.carryover.local.cloud;

import health.carryover.local.clock.VirtualClock;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB and its streams: DynamoDB Local's own handler, in memory, one database for all callers, no telemetry. */
final class DynamoDb implements Request.Handler, AutoCloseable {
    private static final Set<String> WRITES = Set.of(
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactWriteItems",
            "ExecuteStatement",
            "ExecuteTransaction",
            "BatchExecuteStatement");

    private final VirtualClock clock;
    private final LocalDynamoDBRequestHandler requests;
    private final LocalDynamoDBServerHandler wire;
    private final Runnable afterWrite;

    /** @param afterWrite called on the cloud's thread after each request that may have written */
    DynamoDb(VirtualClock clock, Runnable afterWrite) {
        this.clock = clock;
        this.afterWrite = afterWrite;
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
        boolean writes = target != null && WRITES.contains(target.substring(target.indexOf('.') + 1));
        return wire.handle(
                request, response, writes ? Callback.from(() -> clock.execute(afterWrite), callback) : callback);
    }

    LocalDynamoDBRequestHandler requests() {
        return requests;
    }

    @Override
    public void close() {
        requests.shutdown();
    }
}
