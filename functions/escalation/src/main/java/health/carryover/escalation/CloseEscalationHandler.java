package health.carryover.escalation;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Ends the outreach, unless a call that ended at the same moment asks for a therapist. A repeat finds it gone and
 * changes nothing.
 */
public final class CloseEscalationHandler extends StepHandler<CloseEscalationHandler.Input> {
    record Input(String clinic, String patient, String escalation, String because) implements Subject {}

    public CloseEscalationHandler() {
        this(Environment.ofLambda());
    }

    CloseEscalationHandler(Environment environment) {
        super(environment);
    }

    @Override
    Step run(Input input, Entry<Escalation> open, Instant now) {
        PatientRef ref = input.ref();
        Optional<Entry<Task>> task = outreach.task(ref, open.content());
        Optional<Step> review = task.map(Entry::content)
                .filter(found ->
                        found.status() == Task.Status.DONE && !found.work().clinical())
                .map(Step::after)
                .filter(step -> step.next() == Step.Next.REVIEW);
        if (review.isPresent() && !input.because().equals(SAFETY)) return review.get();
        List<Write> writes = Closing.writes(ref, open, task, input.because());
        writes.add(audit(ref, input.escalation(), now));
        records.commit(writes);
        return Step.close(input.because());
    }
}
