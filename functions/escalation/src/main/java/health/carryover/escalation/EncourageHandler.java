package health.carryover.escalation;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Window;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Pushes;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.SentContacts.Draft;
import health.carryover.platform.records.SentContacts.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The encouraging push, in the hours that the patient allows and within the cap on contacts. Its words go by the risk's
 * reasons and the patient's language, and tell nothing of the person.
 */
public final class EncourageHandler extends StepHandler<StepHandler.Input> {
    /** So long after the flag a push still waits for room under the cap; then the 48 hours begin without one. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(48);

    private final Pushes pushes;

    public EncourageHandler() {
        this(Environment.ofLambda());
    }

    EncourageHandler(Environment environment) {
        super(environment);
        pushes = new Pushes(environment, records);
    }

    @Override
    Step run(Input input, Entry<Escalation> open, Instant now) {
        Escalation escalation = open.content();
        if (escalation.deadline() != null) return Step.await(escalation.deadline());
        PatientRef ref = input.ref();
        if (outreach.endedBySafetyEvent(ref, escalation.flaggedAt())) return Step.close(SAFETY);
        Optional<Engagement> engaged = outreach.deciding(ref, escalation.flaggedAt());
        if (engaged.isPresent()) return Step.after(engaged.get());
        Patient patient = patient(ref);
        if (!patient.contactHours().allow(now))
            return Step.waitUntil(patient.contactHours().next(now));

        if (pushes.wanted(ref, patient)) {
            Optional<Instant> later = push(ref, escalation, patient, now);
            if (later.isPresent()) return Step.waitUntil(later.get());
        }
        List<Program> programs = records.prefix(Key.patientPk(ref), "PROGRAM#", Kind.PROGRAM).stream()
                .map(Entry::content)
                .toList();
        Escalation encouraged = escalation.encouraged(now, Window.deadline(now, patient.zone(), programs));
        records.commit(List.of(replace(open, encouraged), audit(ref, escalation.id(), now)));
        return Step.await(Objects.requireNonNull(encouraged.deadline()));
    }

    /** @return when to try again, if there is no room for the push yet but will be before long */
    private Optional<Instant> push(PatientRef ref, Escalation escalation, Patient patient, Instant now) {
        Reason reason = records.latest(Key.patientPk(ref), "RISK#", Kind.RISK)
                .map(risk -> Reason.ofPush(risk.content().groups()))
                .orElse(Reason.NO_SESSION);
        Draft draft =
                pushes.draft(escalation.id(), ContactCap.Kind.ENCOURAGEMENT, "escalation", reason, ref, patient, now);
        return switch (pushes.send(draft, ref, patient, false, now)) {
            case Result.Stored _ -> Optional.empty();
            case Result.Refused(var _, Instant until) -> {
                Instant latest = escalation.flaggedAt().plus(LONGEST_WAIT);
                yield until.isAfter(latest)
                        ? Optional.empty()
                        : Optional.of(patient.contactHours().next(until)).filter(at -> !at.isAfter(latest));
            }
        };
    }
}
