package health.carryover.local.cloud;

import health.carryover.local.clock.VirtualClock;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door of the cloud, on 127.0.0.1. {@code /_carryover/} is the control surface, {@code /v1} the API; any other
 * request goes to the AWS service named in its credential scope.
 */
final class Gate extends Handler.Abstract implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final Pattern SCOPE = Pattern.compile(
            "Credential=(?<key>[^/,\\s]+)/(?<date>[^/,\\s]*)/(?<region>[^/,\\s]*)/(?<service>[^/,\\s]*)/aws4_request");
    private static final Pattern QUERY_SCOPE = Pattern.compile(
            "X-Amz-Credential=(?<key>[^%/&]+)(?:%2F|/)(?<date>[^%/&]*)(?:%2F|/)(?<region>[^%/&]*)(?:%2F|/)(?<service>[^%/&]*)");

    private final VirtualClock clock;
    private final Function<String, Caller> callers;
    private final Checkpoint checkpoint;
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final Map<String, Request.Handler> handlers = new HashMap<>();
    private final Server server = new Server();
    private final ServerConnector connector;

    /** @param callers from an access key to what is known of it */
    Gate(VirtualClock clock, Function<String, Caller> callers, Checkpoint checkpoint, int port) {
        this.clock = clock;
        this.callers = callers;
        this.checkpoint = checkpoint;
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(32 * 1024);
        // Headers as they were sent: Jetty else rewrites known ones ("charset=UTF-8"), and a signature covers them.
        // Paths
        // too: any octet may stand in the key of an object.
        http.setHeaderCacheCaseSensitive(true);
        http.setHttpCompliance(HttpCompliance.LEGACY);
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(this);
    }

    /** The service of a credential scope, or {@code _carryover} or {@code v1}. */
    void mount(String name, Service service) {
        services.put(name, service);
    }

    /** A service that reads and writes the connection itself. */
    void mountHandler(String name, Request.Handler handler) {
        handlers.put(name, handler);
    }

    void open() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the local cloud cannot open " + connector.getHost() + ":" + connector.getPort(), e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path.startsWith("/_carryover/")) {
            // Control requests move time, so they are not work that time has to wait for.
            answer("_carryover", Caller.NOBODY, request, response, callback);
            return true;
        }
        VirtualClock.Busy busy = clock.busy();
        AtomicBoolean answered = new AtomicBoolean();
        Callback whenAnswered = Callback.from(callback, () -> {
            if (answered.compareAndSet(false, true)) busy.close();
        });
        try {
            route(path, request, response, whenAnswered);
        } catch (Exception | Error e) {
            log.error("the local cloud broke while it answered a request", e);
            whenAnswered.failed(e);
        }
        return true;
    }

    private void route(String path, Request request, Response response, Callback callback) throws Exception {
        if (path.equals("/v1") || path.startsWith("/v1/")) {
            answer("v1", Caller.NOBODY, request, response, callback);
            return;
        }
        Matcher scope = scope(request);
        if (scope == null) {
            Content.Source.consumeAll(request);
            reply(
                    QueryProtocol.error(new AwsError(
                            403,
                            "MissingAuthenticationToken",
                            "the request is neither /v1 nor /_carryover/ and is not signed, so no service is meant")),
                    response,
                    callback);
            return;
        }
        String service = scope.group("service");
        Caller caller = callers.apply(scope.group("key"));
        Request.Handler handler = handlers.get(service);
        if (handler == null) {
            answer(service, caller, request, response, callback);
        } else {
            caller.answering(() -> handler.handle(request, response, callback));
        }
    }

    private static @Nullable Matcher scope(Request request) {
        String authorization = request.getHeaders().get("Authorization");
        String query = request.getHttpURI().getQuery();
        Matcher scope = authorization != null
                ? SCOPE.matcher(authorization)
                : query != null ? QUERY_SCOPE.matcher(query) : null;
        return scope != null && scope.find() ? scope : null;
    }

    private void answer(String name, Caller caller, Request request, Response response, Callback callback)
            throws Exception {
        String query = request.getHttpURI().getQuery();
        ByteBuffer content = Content.Source.asByteBuffer(request);
        byte[] body = new byte[content.remaining()];
        content.get(body);
        Ask ask = new Ask(
                request.getMethod(),
                request.getHttpURI().getPath(),
                query == null ? "" : query,
                request.getHeaders(),
                body,
                caller);
        reply(answer(name, ask), response, callback);
    }

    private Reply answer(String name, Ask ask) {
        Service service = services.get(name);
        String requestId = Checkpoint.requestId();
        try {
            if (service == null)
                throw new AwsError(501, "UnknownService", "the local cloud has no service '" + name + "'");
            Optional<Service.Asked> asked = service.asked(ask);
            if (asked.isEmpty()) return ask.caller().answering(() -> service.answer(ask));
            return checkpoint
                    .pass(
                            ask.caller(),
                            checkpoint.call(
                                    name, asked.get().operation(), asked.get().input()),
                            requestId,
                            () -> ask.caller().answering(() -> service.answer(ask)))
                    .with("x-amzn-RequestId", requestId);
        } catch (AwsError e) {
            return error(service, ask, e).with("x-amzn-RequestId", requestId);
        } catch (RuntimeException e) {
            log.error("the local cloud's service {} broke", name, e);
            return error(
                    service,
                    ask,
                    new AwsError(500, "InternalFailure", "the local cloud's service " + name + " broke: " + e));
        }
    }

    private static Reply error(@Nullable Service service, Ask ask, AwsError error) {
        if (service != null) return service.refusal(error);
        String type = ask.header("Content-Type");
        boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
        return form ? QueryProtocol.error(error) : JsonProtocol.error(error);
    }

    static void reply(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the local cloud did not close", e);
        }
    }
}
