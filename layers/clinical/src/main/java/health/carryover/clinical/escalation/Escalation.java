package health.carryover.clinical.escalation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One outreach to one patient, from the flag to its end.
 *
 * @param execution name of the state-machine execution that drives it
 * @param deadline until when the patient may come back by themselves; assigned once, when the push has gone out
 * @param token of the state that waits now, if one does
 * @param taskId the open call or review task
 * @param reminders how often the open task's time ran out
 * @param reviewBecause why a therapist looks, once one does
 * @param assignment the arm of the hold-out and its propensity; null on those from before there was one
 */
public record Escalation(
        String id,
        String execution,
        Instant flaggedAt,
        List<String> reasons,
        Phase phase,
        @Nullable Instant encouragedAt,
        @Nullable Instant deadline,
        @Nullable Token token,
        @Nullable String taskId,
        int reminders,
        @Nullable Reviewed reviewBecause,
        @Nullable String closedBecause,
        @Nullable Assignment assignment) {
    /** Later phases never go back to earlier ones, except REVIEW, which a call may skip to. */
    public enum Phase {
        OPENED,
        WAITING,
        CALL,
        REVIEW,
        CLOSED
    }

    /** Why a therapist reviews the prescription. */
    public enum Reviewed {
        NOT_REACHED,
        DECLINED,
        BARRIER,
        CLINICAL_CONCERN,
        PAIN;

        /** A patient who exercises again needs no review if it was only about not reaching them. */
        public boolean endsWhenEngaged() {
            return this == NOT_REACHED || this == DECLINED;
        }
    }

    /** A callback token and which attempt of the state brought it. */
    public record Token(String value, Fence fence) {}

    /** Orders the attempts of one waiting state: an older attempt never replaces a newer one's token. */
    public record Fence(int redriveCount, Instant stateEntered, int retryCount) implements Comparable<Fence> {
        @Override
        public int compareTo(Fence other) {
            int redrive = Integer.compare(redriveCount, other.redriveCount);
            if (redrive != 0) return redrive;
            int entered = stateEntered.compareTo(other.stateEntered);
            return entered != 0 ? entered : Integer.compare(retryCount, other.retryCount);
        }
    }

    public Escalation {
        reasons = List.copyOf(reasons);
    }

    public static Escalation opened(String id, String execution, Instant flaggedAt, List<String> reasons) {
        return opened(id, execution, flaggedAt, reasons, Assignment.NOT_RANDOMISED);
    }

    /** @param assignment drawn once, with the flag */
    public static Escalation opened(
            String id, String execution, Instant flaggedAt, List<String> reasons, Assignment assignment) {
        return new Escalation(
                id, execution, flaggedAt, reasons, Phase.OPENED, null, null, null, null, 0, null, null, assignment);
    }

    /**
     * The push has gone out (or may not): from now on the patient has until the deadline. Repeats change nothing.
     *
     * @param until when the call usually comes; in the later arm of the hold-out the deadline is later by {@link
     *     Assignment#heldBack()}
     */
    public Escalation encouraged(Instant now, Instant until) {
        if (deadline != null) return this;
        Instant held = assignment == null ? until : until.plus(assignment.heldBack());
        return in(Phase.WAITING, now, held, null, null, 0, null, null);
    }

    /** Stores the token of a waiting state, unless a newer attempt already did. */
    public Escalation armed(Token newer) {
        if (token != null && token.fence().compareTo(newer.fence()) > 0) return this;
        return in(phase, encouragedAt, deadline, newer, taskId, reminders, reviewBecause, closedBecause);
    }

    public Escalation calling(String callTask) {
        return in(Phase.CALL, encouragedAt, deadline, null, callTask, 0, null, null);
    }

    public Escalation reviewing(String reviewTask, Reviewed because) {
        return in(Phase.REVIEW, encouragedAt, deadline, null, reviewTask, 0, because, null);
    }

    /** Nobody finished the open task in time, once more. */
    public Escalation reminded() {
        return in(phase, encouragedAt, deadline, null, taskId, reminders + 1, reviewBecause, null);
    }

    public Escalation closed(String because) {
        return in(Phase.CLOSED, encouragedAt, deadline, null, taskId, reminders, reviewBecause, because);
    }

    private Escalation in(
            Phase newPhase,
            @Nullable Instant newEncouragedAt,
            @Nullable Instant newDeadline,
            @Nullable Token newToken,
            @Nullable String newTaskId,
            int newReminders,
            @Nullable Reviewed newReviewBecause,
            @Nullable String newClosedBecause) {
        return new Escalation(
                id,
                execution,
                flaggedAt,
                reasons,
                newPhase,
                newEncouragedAt,
                newDeadline,
                newToken,
                newTaskId,
                newReminders,
                newReviewBecause,
                newClosedBecause,
                assignment);
    }

    /**
     * What the side that stored an engagement does next, having read this escalation after storing.
     *
     * @param taskClaimed whether somebody already works on the open task
     */
    public OnEngagement onEngagement(Engagement engagement, boolean taskClaimed) {
        if (!engagement.countsAfter(flaggedAt)) return new OnEngagement.Nothing();
        return switch (phase) {
            // Not waiting yet: the next step stores its phase and then looks, so it will see what was stored.
            case OPENED, CLOSED -> new OnEngagement.Nothing();
            case WAITING -> token == null ? new OnEngagement.Nothing() : new OnEngagement.Complete(token.value());
            case CALL -> {
                if (taskClaimed && !engagement.kind().needsTherapist()) yield new OnEngagement.ShowOnTask();
                yield token == null ? new OnEngagement.Nothing() : new OnEngagement.Complete(token.value());
            }
            case REVIEW -> {
                boolean ends = reviewBecause != null
                        && reviewBecause.endsWhenEngaged()
                        && !taskClaimed
                        && !engagement.kind().needsTherapist();
                if (!ends) yield new OnEngagement.ShowOnTask();
                yield token == null ? new OnEngagement.Nothing() : new OnEngagement.Complete(token.value());
            }
        };
    }

    /** What the waiting or task-making step does after storing its phase and reading what the patient did. */
    public AfterStoring afterStoring(@Nullable Engagement engagement, boolean taskClaimed) {
        if (engagement == null) return AfterStoring.WAIT;
        return switch (onEngagement(engagement, taskClaimed)) {
            case OnEngagement.Complete _ -> AfterStoring.ENGAGED;
            case OnEngagement.ShowOnTask _ -> AfterStoring.SHOW_ON_TASK;
            case OnEngagement.Nothing _ -> taskClaimed ? AfterStoring.WAIT : AfterStoring.ENGAGED;
        };
    }

    /** The choice of {@link #onEngagement}. */
    public sealed interface OnEngagement {
        /** End the waiting state by its token. */
        record Complete(String token) implements OnEngagement {}

        /** Somebody works on it already: let them see that the patient is back. */
        record ShowOnTask() implements OnEngagement {}

        record Nothing() implements OnEngagement {}
    }

    public enum AfterStoring {
        WAIT,
        ENGAGED,
        SHOW_ON_TASK
    }
}
