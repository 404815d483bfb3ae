package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** How many items of a Map may fail; exactly as many as tolerated is still tolerated. */
final class Tolerated {
    static final Failure EXCEEDED = Failure.of(
            "States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");

    private final @Nullable Integer count;
    private final @Nullable Double percentage;
    private final int items;
    private int failed;

    private Tolerated(@Nullable Integer count, @Nullable Double percentage, int items) {
        this.count = count;
        this.percentage = percentage;
        this.items = items;
    }

    static Tolerated nothing() {
        return new Tolerated(null, null, 0);
    }

    static Tolerated of(State.Tolerance tolerance, Template template, int items) {
        Integer count = tolerance.count() == null
                ? null
                : (Integer) template.integer(tolerance.count(), "ToleratedFailureCount", 0, Integer.MAX_VALUE);
        return new Tolerated(count, percentage(tolerance.percentage(), template), items);
    }

    private static @Nullable Double percentage(@Nullable JsonNode given, Template template) {
        if (given == null) return null;
        double percentage =
                template.fill(given, "ToleratedFailurePercentage", "number").doubleValue();
        if (!(percentage >= 0 && percentage <= 100)) {
            throw new Template.QueryFailure(
                    "ToleratedFailurePercentage",
                    "ToleratedFailurePercentage must be between 0 and 100 but was: " + percentage);
        }
        return percentage;
    }

    /** Whether the definition says anything about tolerance. */
    boolean given() {
        return count != null || percentage != null;
    }

    /** Counts failed items; whether all of those so far are tolerated. With both limits given, both must hold. */
    boolean oneMore(int newlyFailed) {
        failed += newlyFailed;
        return given()
                && (count == null || failed <= count)
                && (percentage == null || failed * 100.0 <= percentage * items);
    }
}
