package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of the escalation that works on the open item: finds it, and says that the outreach is over where it is gone.
 *
 * @param <I> the step's input
 */
abstract class StepHandler<I extends StepHandler.Subject> implements RequestHandler<I, Step> {
    /** Which outreach a step is about. */
    interface Subject {
        String clinic();

        String patient();

        String escalation();

        default PatientRef ref() {
            return new PatientRef(clinic(), patient());
        }
    }

    /** The input of steps that need nothing else. */
    record Input(String clinic, String patient, String escalation) implements Subject {}

    /** Why an outreach is closed while a safety event is open: that has its own task, and silences every message. */
    static final String SAFETY = "SAFETY_EVENT";

    private static final Logger log = LoggerFactory.getLogger(StepHandler.class);

    final Environment environment;
    final Records records;
    final Outreach outreach;
    final InstantSource time;
    private final AuditTrail trail;

    StepHandler(Environment environment) {
        this.environment = environment;
        records = new Records(environment, new Vault(environment));
        outreach = new Outreach(environment, records);
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    @Override
    public final Step handleRequest(I input, Context context) {
        Optional<Entry<Escalation>> open = outreach.open(input.ref(), input.escalation());
        Step step = open.isEmpty() ? Step.close("GONE") : run(input, open.get(), time.instant());
        log.atInfo()
                .addKeyValue("step", getClass().getSimpleName())
                .addKeyValue("escalation", input.escalation())
                .addKeyValue("next", step.next())
                .log("escalation step");
        return step;
    }

    abstract Step run(I input, Entry<Escalation> open, Instant now);

    Clinic clinic(PatientRef patient) {
        return records.get(Key.clinic(patient.clinic()), Kind.CLINIC)
                .orElseThrow()
                .content();
    }

    Patient patient(PatientRef patient) {
        return records.get(Key.patient(patient), Kind.PATIENT).orElseThrow().content();
    }

    /** The audit event of this step, for the transaction that makes its change. */
    Write audit(PatientRef patient, String escalation, Instant now) {
        return new Write.Other(trail.item(new AuditEvent(
                patient.clinic(),
                patient.patient(),
                "escalation",
                "SYSTEM",
                getClass().getSimpleName().replace("Handler", ""),
                "DONE",
                now,
                escalation)));
    }

    Write replace(Entry<Escalation> open, Escalation next) {
        return new Write.Replace(open.next(next, Outreach.clear(next)));
    }
}
