package health.carryover.escalation;

import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Escalation.AfterStoring;
import health.carryover.clinical.escalation.Escalation.Fence;
import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.clinical.escalation.Escalation.Token;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A state that waits for a callback: stores the token first, then looks whether what it waits for is there already. */
abstract class ArmingHandler extends StepHandler<ArmingHandler.Waiting> {
    private static final int TRIES = 5;

    /** @param stateEntered, retryCount, redriveCount which attempt of the state brings the token */
    record Waiting(
            String clinic,
            String patient,
            String escalation,
            String taskToken,
            Instant stateEntered,
            int retryCount,
            int redriveCount)
            implements Subject {
        Token token() {
            return new Token(taskToken, new Fence(redriveCount, stateEntered, retryCount));
        }
    }

    private final Phase phase;

    ArmingHandler(Environment environment, Phase phase) {
        super(environment);
        this.phase = phase;
    }

    @Override
    final Step run(Waiting input, Entry<Escalation> open, Instant now) {
        PatientRef ref = input.ref();
        Escalation armed = store(input, open, now);
        Optional<Entry<Task>> task = outreach.task(ref, armed);
        Optional<Step> answer = task.map(Entry::content)
                .filter(found -> found.status() == Task.Status.DONE)
                .map(found -> Step.after(found));
        if (answer.isEmpty()) answer = engaged(ref, armed, task);
        // Whoever else completes the token at the same moment has found the same: the second is benign.
        answer.ifPresent(step -> outreach.complete(input.taskToken(), step));
        return answer.orElse(Step.await(now));
    }

    private Escalation store(Waiting input, Entry<Escalation> open, Instant now) {
        Entry<Escalation> current = open;
        for (int attempt = 1; ; attempt++) {
            if (current.content().phase() != phase)
                throw new IllegalStateException(
                        "armed in phase " + current.content().phase() + ", not " + phase);
            Escalation armed = current.content().armed(input.token());
            if (armed.equals(current.content())) return armed;
            Write.Result result =
                    records.transact(List.of(replace(current, armed), audit(input.ref(), armed.id(), now)));
            if (result instanceof Write.Result.Committed) return armed;
            if (attempt == TRIES) throw new IllegalStateException("the escalation changed at every try to arm it");
            current = outreach.open(input.ref(), input.escalation()).orElseThrow();
        }
    }

    private Optional<Step> engaged(PatientRef ref, Escalation armed, Optional<Entry<Task>> task) {
        if (outreach.endedBySafetyEvent(ref, armed.flaggedAt())) return Optional.of(Step.close(SAFETY));
        Optional<Engagement> engagement = outreach.deciding(ref, armed.flaggedAt());
        if (engagement.isEmpty()) return Optional.empty();
        boolean claimed = task.isPresent() && task.get().content().status() == Task.Status.CLAIMED;
        AfterStoring after = armed.afterStoring(engagement.get(), claimed);
        if (after == AfterStoring.SHOW_ON_TASK) outreach.onEngagement(ref, engagement.get());
        return after == AfterStoring.ENGAGED ? Optional.of(Step.after(engagement.get())) : Optional.empty();
    }
}
