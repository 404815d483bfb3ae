package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.clinical.escalation.Assignment;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Admission;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.RiskScore;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits a flagged patient: one transaction that finds no open outreach and a free place under the clinic's cap. */
public final class OpenEscalationHandler
        implements RequestHandler<OpenEscalationHandler.Input, OpenEscalationHandler.Opened> {
    public record Input(String clinic, String patient, String execution) {}

    /** @param refusal why the patient was not admitted */
    public record Opened(
            boolean admitted,
            @Nullable String escalation,
            @Nullable Instant encourageAt,
            @Nullable String refusal) {}

    private static final Logger log = LoggerFactory.getLogger(OpenEscalationHandler.class);

    private final Vault vault;
    private final Records records;
    private final Outreach outreach;
    private final Admission admission;
    private final AuditTrail trail;
    private final Ids ids = new Ids();
    private final InstantSource time;

    public OpenEscalationHandler() {
        this(Environment.ofLambda());
    }

    OpenEscalationHandler(Environment environment) {
        vault = new Vault(environment);
        records = new Records(environment, vault);
        outreach = new Outreach(environment, records);
        admission = new Admission(records, outreach);
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    @Override
    public Opened handleRequest(Input input, Context context) {
        Opened opened = open(input, time.instant());
        log.atInfo()
                .addKeyValue("execution", input.execution())
                .addKeyValue("admitted", opened.admitted())
                .addKeyValue("refusal", opened.refusal())
                .log("admission");
        return opened;
    }

    private Opened open(Input input, Instant now) {
        PatientRef ref = new PatientRef(input.clinic(), input.patient());
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        Optional<Entry<Escalation>> existing = outreach.open(ref);
        if (existing.isPresent()) return repeated(existing.get().content(), input, patient, now);
        Optional<String> refusal = admission.refusal(ref, patient, now);
        if (refusal.isPresent()) return new Opened(false, null, null, refusal.get());

        List<String> reasons = records.latest(Key.patientPk(ref), "RISK#", Kind.RISK)
                .map(entry -> entry.content())
                .map(RiskScore::reasons)
                .orElse(List.of());
        Escalation escalation = Escalation.opened(
                ids.next(now), input.execution(), now, reasons, assignment(input.clinic(), input.execution()));
        Write.Result result = records.transact(List.of(
                new Write.Create(
                        Entry.first(Key.openEscalation(ref), Kind.ESCALATION, escalation, Outreach.clear(escalation))),
                new Write.Count(input.clinic(), 1, admission.cap(input.clinic())),
                new Write.Other(trail.item(new AuditEvent(
                        input.clinic(),
                        input.patient(),
                        "escalation",
                        "SYSTEM",
                        "OpenEscalation",
                        "DONE",
                        now,
                        escalation.id())))));
        return switch (result) {
            case Write.Result.Committed committed -> admitted(escalation, patient, now);
            case Write.Result.Refused refused
            when refused.failed() == 0 ->
                repeated(outreach.open(ref).orElseThrow().content(), input, patient, now);
            case Write.Result.Refused refused -> new Opened(false, null, null, "CAP_REACHED");
        };
    }

    /** By lot where the clinic has decided to take part: the flag's name under the clinic's key, so a repeat draws the same. */
    private Assignment assignment(String clinic, String execution) {
        boolean takesPart = records.latest(Key.clinicPk(clinic), "HOLDOUT#", Kind.HOLD_OUT)
                .map(decision -> decision.content().takesPart())
                .orElse(false);
        if (!takesPart) return Assignment.NOT_RANDOMISED;
        return Assignment.draw(
                vault.mac(clinic, String.join("\0", "hold-out", execution).getBytes(StandardCharsets.UTF_8)));
    }

    /** The same execution asking again is answered as before; another one finds the patient taken. */
    private static Opened repeated(Escalation existing, Input input, Patient patient, Instant now) {
        return existing.execution().equals(input.execution())
                ? admitted(existing, patient, now)
                : new Opened(false, null, null, "ALREADY_OPEN");
    }

    private static Opened admitted(Escalation escalation, Patient patient, Instant now) {
        return new Opened(true, escalation.id(), patient.contactHours().next(now), null);
    }
}
