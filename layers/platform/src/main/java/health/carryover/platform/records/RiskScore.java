package health.carryover.platform.records;

import health.carryover.clinical.risk.FeatureGroup;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One night's or session's score.
 *
 * @param probability of lapsing within 14 days, as this clinic's own outcomes bear it out; null while they do not
 * @param band of the plain rule, which is what a clinic sees while there is no percentage
 * @param reasons in words, most important first
 * @param model version of the model in service
 * @param digest SHA-256 of its graph, so that a score can be traced to the very bytes
 * @param groups what the reasons are about, in their order
 * @param settledOutcomes of this clinic's own patients, by which the model is calibrated here
 */
public record RiskScore(
        Instant at,
        @Nullable Double probability,
        String band,
        List<String> reasons,
        String model,
        @Nullable String digest,
        boolean simulatedTraining,
        int settledOutcomes,
        List<FeatureGroup> groups) {
    public RiskScore {
        // Items that were stored before there were groups have none.
        groups = List.copyOf(Objects.requireNonNullElse(groups, List.of()));
    }

    /** The same with other words. */
    public RiskScore withReasons(List<String> words) {
        return new RiskScore(at, probability, band, words, model, digest, simulatedTraining, settledOutcomes, groups);
    }
}
