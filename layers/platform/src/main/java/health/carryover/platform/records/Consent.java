package health.carryover.platform.records;

import java.time.Instant;
import java.util.Set;

/** What a patient agreed to; each change is a new version, and only the newest counts. */
public record Consent(int version, Set<Scope> granted, Instant givenAt) {
    public enum Scope {
        BODY_TRACKING,
        VIDEO,
        SHARE_WITH_THERAPIST,
        SHARE_WITH_CLINIC,
        COMPARISON,
        RESEARCH,
        RISK_MONITORING,
        OUTREACH_PUSH,
        OUTREACH_TEXT,
        OUTREACH_CALL
    }

    public Consent {
        granted = Set.copyOf(granted);
    }

    public boolean allows(Scope scope) {
        return granted.contains(scope);
    }
}
