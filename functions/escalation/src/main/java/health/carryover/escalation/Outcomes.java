package health.carryover.escalation;

import health.carryover.platform.outreach.CallOutcome;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Task;
import java.util.Objects;

/** What a finished task means for the state machine. */
final class Outcomes {
    private Outcomes() {}

    static Step step(Task done) {
        String outcome = Objects.requireNonNull(done.outcome(), "a finished task has an outcome");
        return done.work().clinical()
                ? Step.close(outcome)
                : CallOutcome.valueOf(outcome).step();
    }
}
