package health.carryover.clinical.escalation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Something that a patient did after being flagged, and what it means for the outreach. */
public record Engagement(Kind kind, Instant at, String id) {
    public enum Kind {
        SESSION,
        REPLY_FINE,
        REPLY_AWAY,
        REPLY_CHANGE,
        REPLY_PAIN,
        VISIT,
        BREAK;

        /** Pain is an answer, but not one that ends the outreach: a therapist looks at it. */
        public boolean needsTherapist() {
            return this == REPLY_PAIN;
        }
    }

    /** A session that ended this shortly before the flag was under way while the night run looked. */
    public static final Duration GRACE = Duration.ofMinutes(15);

    /** From when on sessions count for a patient flagged then; this instant is included. */
    public static Instant sessionsFrom(Instant flaggedAt) {
        return flaggedAt.minus(GRACE);
    }

    public boolean countsAfter(Instant flaggedAt) {
        return kind == Kind.SESSION ? !at.isBefore(sessionsFrom(flaggedAt)) : !at.isBefore(flaggedAt);
    }

    /** The engagement that decides: pain before all others, otherwise the earliest. */
    public static Optional<Engagement> deciding(List<Engagement> all, Instant flaggedAt) {
        return all.stream()
                .filter(engagement -> engagement.countsAfter(flaggedAt))
                .min(Comparator.comparing(
                                (Engagement engagement) -> !engagement.kind().needsTherapist())
                        .thenComparing(Engagement::at)
                        .thenComparing(Engagement::id));
    }
}
