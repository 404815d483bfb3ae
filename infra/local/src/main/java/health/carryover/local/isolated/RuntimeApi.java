package health.carryover.local.isolated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API (version 2018-06-01) for one sandbox: hands out events, takes answers, and notes when each came.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final long DEADLINE_MS = 60_000;

    /** What the sandbox did, and when by {@link System#nanoTime()}. */
    sealed interface Deed {
        long nanos();

        /** It asks for its first event, or for another one. */
        record Ready(long nanos) implements Deed {}

        /** Everything before a snapshot is done. */
        record BeforeSnapshot(long nanos) implements Deed {}

        record Answered(long nanos, String payload) implements Deed {}

        /** @param document Lambda's error document */
        record Failed(long nanos, String document) implements Deed {}
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Deed> deeds = new LinkedBlockingQueue<>();
    private final String functionArn;

    RuntimeApi(String functionArn) {
        this.functionArn = functionArn;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(ROOT, this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** The value of AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void send(String event) {
        events.add(event);
    }

    /** The next deed, or nothing if none came in time. */
    @Nullable
    Deed await(long seconds) throws InterruptedException {
        return deeds.poll(seconds, TimeUnit.SECONDS);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.nanoTime();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            if (path.equals("invocation/next")) {
                deeds.add(new Deed.Ready(now));
                handOut(exchange);
                return;
            }
            if (path.equals("restore/next")) {
                deeds.add(new Deed.BeforeSnapshot(now));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            deeds.add(path.endsWith("/response") ? new Deed.Answered(now, body) : new Deed.Failed(now, body));
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private void handOut(HttpExchange exchange) throws IOException {
        try {
            byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
            exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", functionArn);
            exchange.getResponseHeaders()
                    .add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + DEADLINE_MS));
            // The client's native part reads headers that are not there as null and ends the process.
            exchange.getResponseHeaders().add("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            // The sandbox is being closed while it waits for work, as on Lambda.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
