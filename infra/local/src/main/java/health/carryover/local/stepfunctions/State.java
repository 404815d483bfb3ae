package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One state of a definition that has been read and found good. A {@link JsonNode} field is a template: it may hold expressions. */
sealed interface State {
    String name();

    record Pass(String name, Flow flow) implements State {}

    record Succeed(String name, @Nullable JsonNode output) implements State {}

    record Fail(
            String name, @Nullable JsonNode error, @Nullable JsonNode cause) implements State {}

    /** Exactly one of the two is there. */
    record Wait(
            String name,
            Flow flow,
            @Nullable JsonNode seconds,
            @Nullable JsonNode timestamp) implements State {}

    record Choice(String name, List<Rule> rules, @Nullable Flow fallback) implements State {}

    record Task(
            String name,
            Flow flow,
            TaskResource resource,
            @Nullable JsonNode arguments,
            @Nullable JsonNode timeoutSeconds,
            @Nullable JsonNode heartbeatSeconds,
            Safety safety)
            implements State {}

    record Parallel(String name, Flow flow, @Nullable JsonNode arguments, List<States> branches, Safety safety)
            implements State {}

    record MapState(
            String name,
            Flow flow,
            @Nullable JsonNode items,
            @Nullable JsonNode itemSelector,
            @Nullable JsonNode maxConcurrency,
            Tolerance tolerance,
            States processor,
            @Nullable Distribution distribution,
            Safety safety)
            implements State {}

    /** States that belong together: a machine's, a branch's, an item processor's. */
    record States(String startAt, Map<String, State> byName) {}

    /** What happens on the way out; {@code next} is absent at the end. */
    record Flow(
            @Nullable String next,
            @Nullable JsonNode assign,
            @Nullable JsonNode output) {}

    record Rule(JsonNode condition, Flow flow) {}

    record Safety(List<Retrier> retriers, List<Catcher> catchers) {
        static final Safety NONE = new Safety(List.of(), List.of());
    }

    record Retrier(
            List<String> errorEquals,
            int intervalSeconds,
            int maxAttempts,
            double backoffRate,
            @Nullable Integer maxDelaySeconds,
            boolean fullJitter) {
        /** The longest this retrier waits before its attempt number {@code attempt}, counted from 1. */
        double delaySeconds(int attempt) {
            double delay = intervalSeconds * Math.pow(backoffRate, attempt - 1);
            return maxDelaySeconds == null ? delay : Math.min(delay, maxDelaySeconds);
        }
    }

    record Catcher(List<String> errorEquals, Flow flow) {}

    record Tolerance(@Nullable JsonNode count, @Nullable JsonNode percentage) {
        boolean given() {
            return count != null || percentage != null;
        }
    }

    /** What a Distributed Map has beyond an inline one. */
    record Distribution(
            boolean express,
            String label,
            @Nullable JsonNode itemReader,
            @Nullable JsonNode itemBatcher,
            @Nullable JsonNode resultWriter) {}
}
