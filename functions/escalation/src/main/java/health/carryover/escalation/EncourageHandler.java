package health.carryover.escalation;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Window;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The encouraging push, in the hours that the patient allows. A repeat of a push that did go out bears the same
 * collapse key, so that the phone shows one.
 */
public final class EncourageHandler extends StepHandler<StepHandler.Input> {
    private final SnsClient sns;

    public EncourageHandler() {
        this(Environment.ofLambda());
    }

    EncourageHandler(Environment environment) {
        super(environment);
        sns = environment.client(SnsClient.builder());
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

        if (mayPush(ref, patient)) push(escalation, patient);
        List<Program> programs = records.prefix(Key.patientPk(ref), "PROGRAM#", Kind.PROGRAM).stream()
                .map(Entry::content)
                .toList();
        Escalation encouraged = escalation.encouraged(now, Window.deadline(now, patient.zone(), programs));
        records.commit(List.of(replace(open, encouraged), audit(ref, escalation.id(), now)));
        return Step.await(java.util.Objects.requireNonNull(encouraged.deadline()));
    }

    private boolean mayPush(PatientRef ref, Patient patient) {
        return patient.pushTarget() != null
                && !patient.optedOut().contains(Patient.Channel.PUSH)
                && records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                        .map(entry -> entry.content().allows(Consent.Scope.OUTREACH_PUSH))
                        .orElse(false);
    }

    /** Says nothing about the person: neither Google nor Apple may see why the clinic writes. */
    private void push(Escalation escalation, Patient patient) {
        String words = patient.language().equals("es")
                ? "Tiene un mensaje de su clínica."
                : "You have a message from your clinic.";
        Map<String, Object> fcm = Map.of(
                "fcmV1Message",
                Map.of(
                        "message",
                        Map.of(
                                "notification", Map.of("title", "Carryover", "body", words),
                                "android", Map.of("collapse_key", escalation.id()),
                                "apns", Map.of("headers", Map.of("apns-collapse-id", escalation.id())),
                                "data", Map.of("open", "message/" + escalation.id()))));
        sns.publish(publish -> publish.targetArn(patient.pushTarget())
                .messageStructure("json")
                .message(Json.text(Map.of("default", words, "GCM", Json.text(fcm)))));
    }
}
