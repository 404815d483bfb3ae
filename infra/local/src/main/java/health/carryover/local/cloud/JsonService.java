package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;

/** One AWS service that speaks the JSON protocol ({@code X-Amz-Target}), as the gate calls it. */
public interface JsonService {
    /**
     * Answers one request.
     *
     * @param operation without the service's prefix: {@code StartExecution}
     * @param input the request body
     * @return the response body
     * @throws AwsError what the service answers instead
     */
    JsonNode call(String operation, JsonNode input);
}
