package health.carryover.escalation;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;

/** Ends the outreach. A repeat finds it gone and changes nothing. */
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
        List<Write> writes = Closing.writes(ref, open, outreach.task(ref, open.content()), input.because());
        writes.add(audit(ref, input.escalation(), now));
        records.commit(writes);
        return Step.close(input.because());
    }
}
