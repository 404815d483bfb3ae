package health.carryover.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** {@code bench upload}: the whole handler against a bare transaction of the very items that it writes. */
@Command(
        name = "upload",
        mixinStandardHelpOptions = true,
        description = {
            "One upload through the whole handler (token claims to answer: identity, schema, policy, vault, transaction),",
            "against a bare TransactWriteItems of the same items, taken in turns in the same JVM and run."
        })
final class UploadBench implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "400", description = "Measured rounds; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "300", description = "Rounds before that; default ${DEFAULT-VALUE}.")
    private int warmUp;

    /** Keeps the last transaction and counts calls. */
    private static final class Watching implements ExecutionInterceptor {
        private final AtomicReference<@Nullable TransactWriteItemsRequest> last = new AtomicReference<>();
        private int calls;

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            calls++;
            if (context.request() instanceof TransactWriteItemsRequest request && storesSession(request))
                last.set(request);
        }
    }

    /** The stream's consumer makes transactions too. */
    private static boolean storesSession(TransactWriteItemsRequest request) {
        return request.transactItems().stream()
                .anyMatch(item -> item.put() != null
                        && item.put().item().containsKey("SK")
                        && Attributes.require(item.put().item(), "SK").s().startsWith("UPLOAD#"));
    }

    @Override
    public Integer call() {
        Watching watching = new Watching();
        try (BenchCloud bench = BenchCloud.start(List.of(watching))) {
            DynamoDbClient bare = bench.cloud().client(DynamoDbClient.builder());
            Times handler = new Times(rounds);
            Times transaction = new Times(rounds);
            for (int round = -warmUp; round < rounds; round++) {
                boolean bareFirst = round % 2 != 0 && watching.last.get() != null;
                long bareNanos = bareFirst ? bare(bench, bare, watching.last.get()) : 0;
                long through = through(bench, watching, round + warmUp);
                if (!bareFirst) bareNanos = bare(bench, bare, watching.last.get());
                if (round >= 0) {
                    handler.add(through);
                    transaction.add(bareNanos);
                }
            }
            int calls = watching.calls;
            System.out.println("whole handler      " + handler + ", " + calls + " calls to AWS each");
            System.out.println("bare transaction   " + transaction);
            System.out.printf(
                    Locale.ROOT, "overhead           %.2fx at p50%n", handler.millis(0.5) / transaction.millis(0.5));
            return 0;
        }
    }

    private static long through(BenchCloud bench, Watching watching, int number) {
        ObjectNode event = event(bench, number);
        watching.calls = 0;
        long before = System.nanoTime();
        Invocation answer = bench.cloud().invoke("SessionUploadFunction", event);
        long elapsed = System.nanoTime() - before;
        requireCreated(answer);
        int calls = watching.calls;
        // The stream's consumer makes calls of its own, after what is measured.
        bench.cloud().waitUntilQuiet();
        watching.calls = calls;
        return elapsed;
    }

    private static long bare(BenchCloud bench, DynamoDbClient client, @Nullable TransactWriteItemsRequest request) {
        List<TransactWriteItem> copy = moved(request);
        long before = System.nanoTime();
        client.transactWriteItems(transact -> transact.transactItems(copy));
        long elapsed = System.nanoTime() - before;
        bench.cloud().waitUntilQuiet();
        return elapsed;
    }

    private static void requireCreated(Invocation answer) {
        if (!(answer instanceof Invocation.Answered(var payload))
                || payload.path("statusCode").asInt() != 201)
            throw new IllegalStateException("an upload was not stored: " + answer);
    }

    private static ObjectNode event(BenchCloud bench, int number) {
        Instant ended = bench.cloud().clock().instant().minus(Duration.ofMinutes(number % 50_000));
        Map<String, Object> session = new HashMap<>();
        session.put("sessionId", bench.clinic().sessionId(ended));
        session.put("programVersion", 1);
        session.put("startedAt", ended.minusSeconds(900).toString());
        session.put("endedAt", ended.toString());
        session.put("zone", "America/New_York");
        session.put("recordedBy", "MANUAL");
        session.put("exercises", List.of(Map.of("code", "squat", "completion", "DONE", "repetitions", 30)));
        session.put("pain", Map.of("before", 3, "after", 3));
        session.put("notes", "Went well.");
        ObjectNode event = Json.MAPPER
                .createObjectNode()
                .put("resource", "/v1/sessions")
                .put("path", "/v1/sessions")
                .put("httpMethod", "POST")
                .put("body", Json.text(session))
                .put("isBase64Encoded", false);
        event.putObject("headers")
                .put("Carryover-Sent-At", bench.cloud().clock().instant().toString());
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", UUID.randomUUID().toString()).put("stage", "live");
        var persona = bench.cloud().personas().all().stream()
                .filter(found -> found.name().equals(bench.patient().persona()))
                .findFirst()
                .orElseThrow();
        context.putObject("authorizer")
                .putObject("claims")
                .put("sub", persona.sub())
                .put("iss", "https://cognito-idp.us-east-1.amazonaws.com/" + persona.pool());
        return event;
    }

    /** The same items under keys of their own. */
    private static List<TransactWriteItem> moved(@Nullable TransactWriteItemsRequest request) {
        if (request == null) throw new IllegalStateException("the handler wrote nothing");
        String suffix = "-" + UUID.randomUUID();
        return request.transactItems().stream()
                .map(item -> {
                    Map<String, AttributeValue> copy = new HashMap<>(item.put().item());
                    copy.put(
                            "PK",
                            AttributeValue.fromS(Attributes.require(copy, "PK").s() + suffix));
                    // Not a session to the stream's filter, so that only the write is measured.
                    copy.computeIfPresent("type", (name, type) -> AttributeValue.fromS("copy"));
                    return item.toBuilder()
                            .put(item.put().toBuilder().item(copy).build())
                            .build();
                })
                .toList();
    }
}
