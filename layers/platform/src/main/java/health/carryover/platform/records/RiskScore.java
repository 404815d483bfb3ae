package health.carryover.platform.records;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One night's or session's score.
 *
 * @param probability of lapsing within 14 days, as the model returned it
 * @param band what a clinic sees while the percentage is not calibrated there
 * @param reasons in words, most important first
 */
public record RiskScore(
        Instant at,
        @Nullable Double probability,
        String band,
        List<String> reasons,
        String model,
        boolean simulatedTraining) {}
