package health.carryover.platform.records;

import java.time.Instant;

/**
 * A clinic's decision to take part in the hold-out of outreach, or not to. Each change is a new version; those before stay.
 *
 * @param decidedBy the person who decided
 */
public record HoldOutDecision(int version, boolean takesPart, String decidedBy, Instant decidedAt) {}
