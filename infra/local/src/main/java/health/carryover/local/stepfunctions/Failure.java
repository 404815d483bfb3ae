package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a state failed: error name and cause as the history shows them, either may be absent.
 *
 * @param kind what retriers and catchers need to know beyond the name
 */
record Failure(@Nullable String error, @Nullable String cause, Kind kind) {
    static final String TIMEOUT = "States.Timeout";
    static final String QUERY = "States.QueryEvaluationError";
    static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String RUNTIME = "States.Runtime";
    static final String ALL = "States.ALL";

    enum Kind {
        REPORTED,
        TIMEOUT,
        /** Reported as {@code States.Timeout}; {@code States.HeartbeatTimeout} is a name for retriers and catchers only. */
        HEARTBEAT,
        /** The interpreter itself refused to go on: {@code States.ALL} does not catch it. */
        TERMINAL
    }

    static Failure of(@Nullable String error, @Nullable String cause) {
        return new Failure(error, cause, RUNTIME.equals(error) ? Kind.TERMINAL : Kind.REPORTED);
    }

    static Failure terminal(String error, String cause) {
        return new Failure(error, cause, Kind.TERMINAL);
    }

    /** Whether one of the names of an ErrorEquals means this failure. */
    boolean matches(List<String> errorEquals) {
        return errorEquals.stream().anyMatch(this::matches);
    }

    private boolean matches(String name) {
        return switch (name) {
            case ALL -> kind != Kind.TERMINAL;
            case "States.TaskFailed" -> kind == Kind.REPORTED && error != null && !error.equals(TIMEOUT);
            case "States.HeartbeatTimeout" -> kind == Kind.HEARTBEAT || name.equals(error);
            case RUNTIME -> false;
            default -> name.equals(error);
        };
    }

    /** {@code $states.errorOutput}; a timeout has an empty cause there and none in its event. */
    ObjectNode errorOutput() {
        boolean timeout = kind == Kind.TIMEOUT || kind == Kind.HEARTBEAT;
        ObjectNode output = Json.object();
        output.set("Error", Json.textOrNull(error));
        output.set("Cause", Json.textOrNull(timeout && cause == null ? "" : cause));
        return output;
    }
}
