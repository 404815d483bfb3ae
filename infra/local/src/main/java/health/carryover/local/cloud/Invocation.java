package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of one Lambda invocation. */
public sealed interface Invocation {
    record Answered(JsonNode payload) implements Invocation {}

    /** The function threw: class name and message as Lambda reports them, and the whole error document. */
    record Failed(String errorType, String errorMessage, JsonNode document) implements Invocation {}

    /** Invokes a function by name or ARN and waits for its answer. */
    interface Lambda {
        Invocation invoke(String function, JsonNode payload);
    }
}
