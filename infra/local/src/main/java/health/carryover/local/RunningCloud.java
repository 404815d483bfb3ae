package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The local cloud of another process, as {@code /_carryover/} shows it. */
final class RunningCloud {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Why it could not be asked, in words for the person at the terminal. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    private final URI endpoint;

    RunningCloud(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** At CARRYOVER_ENDPOINT, else on the usual port. */
    static RunningCloud ofEnvironment() {
        return new RunningCloud(
                URI.create(System.getenv().getOrDefault("CARRYOVER_ENDPOINT", "http://127.0.0.1:4566")));
    }

    /** At an endpoint, else where the environment says. */
    static RunningCloud at(@Nullable URI endpoint) {
        return endpoint == null ? ofEnvironment() : new RunningCloud(endpoint);
    }

    URI endpoint() {
        return endpoint;
    }

    JsonNode get(String path) throws Refusal {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, JsonNode body) throws Refusal {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve("/_carryover/" + path));
    }

    private JsonNode send(HttpRequest request) throws Refusal {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() / 100 == 2) return answer;
            throw new Refusal(answer.path("message").asText("the local cloud answered " + response.statusCode()));
        } catch (JsonProcessingException e) {
            throw new Refusal("what answers at " + endpoint + " is not the local cloud");
        } catch (IOException e) {
            throw new Refusal("no local cloud runs at " + endpoint
                    + "; start it by ./carryover run, or set CARRYOVER_ENDPOINT to its address");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("interrupted");
        }
    }
}
