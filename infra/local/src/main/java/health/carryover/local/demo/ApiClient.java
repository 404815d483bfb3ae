package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import health.carryover.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls the API as one person, over HTTP and with a token, like any app. */
public final class ApiClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param body null where there is none */
    public record Response(int status, JsonNode body, Map<String, java.util.List<String>> headers) {
        /** The body of an answer that is a yes. */
        public JsonNode ok() {
            if (status >= 300) throw new IllegalStateException("the API answered " + status + ": " + body);
            return body;
        }
    }

    private final URI endpoint;
    private final Supplier<String> token;

    public ApiClient(URI endpoint, Supplier<String> token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    public Response get(String path) {
        return call("GET", path, null, Map.of());
    }

    public Response post(String path, Object body) {
        return call("POST", path, body, Map.of());
    }

    public Response put(String path, Object body) {
        return call("PUT", path, body, Map.of());
    }

    /** @param body a value to be written as JSON, a text to be sent as it is, or null for none */
    public Response call(String method, String path, @Nullable Object body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body instanceof String text ? text : Json.text(body)));
        request.header("Authorization", "Bearer " + token.get());
        if (body != null) request.header("Content-Type", "application/json");
        headers.forEach(request::header);
        HttpResponse<String> response = send(request.build());
        return new Response(
                response.statusCode(), json(response.body()), response.headers().map());
    }

    /** The digest that an announcement carries: SHA-256 in Base64. */
    public static String sha256(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes to a presigned address. */
    public static int upload(String url, Map<String, String> headers, byte[] content) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(content));
        headers.forEach((name, value) -> {
            // The client sets it itself, from the bytes.
            if (!name.equalsIgnoreCase("content-length")) request.header(name, value);
        });
        return send(request.build()).statusCode();
    }

    /** Fetches what a presigned address gives. */
    public static byte[] download(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for storage", e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the API", e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isEmpty() ? NullNode.getInstance() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("the API did not answer in JSON", e);
        }
    }
}
