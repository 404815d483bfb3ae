package health.carryover.platform.records;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work for a person of the clinic.
 *
 * @param escalation the outreach it belongs to, if it does
 * @param assignee the person it is meant for; absent = anyone of the role
 * @param attempts calls tried so far, each on a day of its own
 */
public record Task(
        String id,
        Work work,
        Status status,
        String patient,
        @Nullable String escalation,
        List<String> reasons,
        Instant createdAt,
        Instant dueAt,
        @Nullable String assignee,
        @Nullable String claimedBy,
        List<Attempt> attempts,
        @Nullable Instant engagedAt,
        @Nullable String outcome,
        @Nullable String note) {
    public enum Work {
        CALL,
        ASK_AT_VISIT,
        REVIEW,
        REVIEW_ITEM,
        SAFETY,
        FOLLOW_UP;

        /** Work of a therapist, not of the front desk. */
        public boolean clinical() {
            return this == REVIEW || this == REVIEW_ITEM || this == SAFETY;
        }
    }

    public enum Status {
        OPEN,
        CLAIMED,
        DONE,
        WITHDRAWN;

        public boolean ended() {
            return this == DONE || this == WITHDRAWN;
        }
    }

    public record Attempt(Instant at, String by, String result) {}

    public Task {
        reasons = List.copyOf(reasons);
        attempts = List.copyOf(attempts);
    }

    public static Task open(
            String id,
            Work work,
            String patient,
            @Nullable String escalation,
            List<String> reasons,
            Instant now,
            Instant dueAt,
            @Nullable String assignee) {
        return new Task(
                id,
                work,
                Status.OPEN,
                patient,
                escalation,
                reasons,
                now,
                dueAt,
                assignee,
                null,
                List.of(),
                null,
                null,
                null);
    }

    public Task claimed(String person) {
        return copy(Status.CLAIMED, dueAt, assignee, person, attempts, engagedAt, outcome, note);
    }

    public Task tried(Attempt attempt, Instant nextDue) {
        List<Attempt> all = new java.util.ArrayList<>(attempts);
        all.add(attempt);
        return copy(Status.OPEN, nextDue, assignee, null, all, engagedAt, outcome, note);
    }

    public Task reassigned(@Nullable String person, Instant nextDue) {
        return copy(Status.OPEN, nextDue, person, null, attempts, engagedAt, outcome, note);
    }

    public Task engaged(Instant at) {
        return copy(status, dueAt, assignee, claimedBy, attempts, at, outcome, note);
    }

    public Task done(String by, String result, @Nullable String words) {
        return copy(Status.DONE, dueAt, assignee, by, attempts, engagedAt, result, words);
    }

    public Task withdrawn(String because) {
        return copy(Status.WITHDRAWN, dueAt, assignee, claimedBy, attempts, engagedAt, because, note);
    }

    private Task copy(
            Status newStatus,
            Instant newDue,
            @Nullable String newAssignee,
            @Nullable String newClaimedBy,
            List<Attempt> newAttempts,
            @Nullable Instant newEngagedAt,
            @Nullable String newOutcome,
            @Nullable String newNote) {
        return new Task(
                id,
                work,
                newStatus,
                patient,
                escalation,
                reasons,
                createdAt,
                newDue,
                newAssignee,
                newClaimedBy,
                newAttempts,
                newEngagedAt,
                newOutcome,
                newNote);
    }
}
