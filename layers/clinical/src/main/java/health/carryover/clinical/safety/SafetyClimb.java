package health.carryover.clinical.safety;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a safety task, one after the other, until a therapist has dealt with it. All times are clinic hours. Data
 * with a source: {@code safety-climb.csv}.
 *
 * @param version shown in audits
 * @param covering after the report, when nobody has taken the task: the covering therapist
 * @param owner after the report: the clinical owner; later than {@code covering}
 * @param again between two reminders of the owner, who stays the last one: a safety task is never silently closed
 * @param claimed how long whoever took the task is left to work on it, once, before it goes on without them
 */
public record SafetyClimb(String version, Duration covering, Duration owner, Duration again, Duration claimed) {
    /** Who has been told. */
    public enum Rung {
        NOBODY,
        THERAPIST,
        COVERING,
        OWNER
    }

    /** What happens now. */
    public sealed interface Decision {
        /** Clinic time. */
        Duration untilNextLook();

        /** Somebody works on it: they are left to it this once. */
        record LeaveToClaimant(String claimant, Duration untilNextLook) implements Decision {}

        /** It is free for anybody, and meant for the one on this rung, who is told. */
        record Tell(Rung rung, Duration untilNextLook) implements Decision {}
    }

    public SafetyClimb {
        if (version.isBlank()) throw new IllegalArgumentException("version: missing");
        positive("covering_after_minutes", covering);
        positive("again_after_minutes", again);
        positive("claimed_minutes", claimed);
        if (owner.compareTo(covering) <= 0)
            throw new IllegalArgumentException("owner_after_minutes: not after the covering therapist");
    }

    private static void positive(String column, Duration duration) {
        if (!duration.isPositive()) throw new IllegalArgumentException(column + ": not above 0");
    }

    /**
     * For a task that is not done, when its time on this rung is up.
     *
     * @param claimedBy who works on it now
     * @param seenBefore who worked on it when it was looked at last
     */
    public Decision decide(Rung rung, @Nullable String claimedBy, @Nullable String seenBefore) {
        if (rung != Rung.NOBODY && claimedBy != null && !claimedBy.equals(seenBefore))
            return new Decision.LeaveToClaimant(claimedBy, claimed);
        return switch (rung) {
            case NOBODY -> new Decision.Tell(Rung.THERAPIST, covering);
            case THERAPIST -> new Decision.Tell(Rung.COVERING, owner.minus(covering));
            case COVERING, OWNER -> new Decision.Tell(Rung.OWNER, again);
        };
    }
}
