package health.carryover.platform.outreach;

import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation.Reviewed;
import health.carryover.platform.records.Task;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine does next; identifiers and times only.
 *
 * @param until when a waiting state's time is up
 * @param encourageAt when a message may go out
 * @param because why the outreach is closed, or why a therapist looks
 */
public record Step(
        Next next,
        @Nullable Instant until,
        @Nullable Instant encourageAt,
        @Nullable String because) {
    public enum Next {
        AWAIT,
        WAIT,
        REVIEW,
        CLOSE
    }

    public static Step await(Instant until) {
        return new Step(Next.AWAIT, until, null, null);
    }

    public static Step waitUntil(Instant encourageAt) {
        return new Step(Next.WAIT, null, encourageAt, null);
    }

    public static Step review(Reviewed because) {
        return new Step(Next.REVIEW, null, null, because.name());
    }

    public static Step close(String because) {
        return new Step(Next.CLOSE, null, null, because);
    }

    /** Pain goes to the therapist; every other sign of life ends the outreach. */
    public static Step after(Engagement engagement) {
        return engagement.kind().needsTherapist() ? review(Reviewed.PAIN) : close("ENGAGED");
    }

    /** What a finished task of an outreach means: a review ends it, a call goes on as its outcome says. */
    public static Step after(Task done) {
        String outcome = Objects.requireNonNull(done.outcome(), "a finished task has an outcome");
        return done.work().clinical()
                ? close(outcome)
                : CallOutcome.valueOf(outcome).step();
    }
}
