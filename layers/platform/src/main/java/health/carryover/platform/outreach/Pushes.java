package health.carryover.platform.outreach;

import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.Encouragement;
import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.ContactCaps;
import health.carryover.platform.library.Encouragements;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.SentContacts;
import health.carryover.platform.records.SentContacts.Draft;
import health.carryover.platform.records.SentContacts.Result;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Messages to a patient's phone: only with consent, only without an opt-out, only within the cap on contacts. Stored
 * first and sent then; a repeat of one that did go out bears the same collapse key, so that the phone shows one. Quiet
 * hours are the caller's, who can wait.
 */
public final class Pushes {
    private final Records records;
    private final SentContacts contacts;
    private final Encouragement texts = Encouragements.inForce();
    private final SnsClient sns;

    public Pushes(Environment environment, Records records) {
        this.records = records;
        contacts = new SentContacts(environment, records, ContactCaps.inForce());
        sns = environment.client(SnsClient.builder());
    }

    /** What was sent before, for who tells of something once. */
    public SentContacts contacts() {
        return contacts;
    }

    /** Whether this patient can and wants to be reached by a push. */
    public boolean wanted(PatientRef ref, Patient patient) {
        return patient.pushTarget() != null
                && !patient.optedOut().contains(Patient.Channel.PUSH)
                && records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                        .map(entry -> entry.content().allows(Consent.Scope.OUTREACH_PUSH))
                        .orElse(false);
    }

    /** A message about a reason in the patient's language, never the one before; not stored yet. */
    public Draft draft(
            String id,
            ContactCap.Kind kind,
            String sender,
            Reason reason,
            PatientRef ref,
            Patient patient,
            Instant now) {
        return Draft.push(
                id,
                kind,
                sender,
                previous -> texts.choose(reason, patient.spoken(), Place.PUSH, previous, seed(ref, patient, now))
                        .id());
    }

    /** Stores the message if there is room for it, and sends it. The patient must want pushes. */
    public Result send(Draft draft, PatientRef ref, Patient patient, boolean safetyTaskOpen, Instant now) {
        Result result = contacts.store(ref, draft, safetyTaskOpen, now);
        if (result instanceof Result.Stored(var contact))
            new PhoneMessage(draft.id(), words(contact.text(), patient), "message/" + draft.id(), false)
                    .publish(sns, Objects.requireNonNull(patient.pushTarget()));
        return result;
    }

    private String words(@Nullable String id, Patient patient) {
        if (id == null) throw new IllegalStateException("a push has words");
        return texts.find(id, patient.spoken())
                .map(Text::text)
                .orElseThrow(() -> new IllegalStateException("the texts have none of the id " + id));
    }

    /** The same all day, unlike for other people and other days. */
    private static long seed(PatientRef ref, Patient patient, Instant now) {
        return 31L * ref.patient().hashCode()
                + now.atZone(patient.zone()).toLocalDate().toEpochDay();
    }
}
