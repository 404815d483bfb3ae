package health.carryover.platform.records;

import health.carryover.clinical.engagement.CohortCell;
import java.time.Duration;
import java.time.Instant;

/** What the night kept of one group of a clinic's patients. */
public record StoredCohort(CohortCell cell, Instant at) {
    /** Older ones are not compared with: the night after the last has failed. Our own choice. */
    static final Duration FRESH = Duration.ofHours(50);

    public boolean isFresh(Instant now) {
        return at.plus(FRESH).isAfter(now);
    }
}
