package health.carryover.platform.records;

import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.ContactCap.Answer;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that reaches a patient, and the cap on it. A contact is stored, with its audit event, before it is sent, in a
 * transaction that renews the patient's {@link Contacted} item: whoever else counted at the same moment counts again.
 */
public final class SentContacts {
    private static final int TRIES = 5;

    /** What {@link ContactCap} looks back. */
    private static final Duration COUNTED = Duration.ofDays(7);

    /**
     * Something to be sent.
     *
     * @param text names the message, given the id of the one before; null for what has none
     * @param after what else is remembered once it is sent
     */
    public record Draft(
            String id,
            ContactCap.Kind kind,
            Patient.Channel channel,
            String sender,
            UnaryOperator<@Nullable String> text,
            UnaryOperator<Contacted> after) {
        public static Draft push(String id, ContactCap.Kind kind, String sender, UnaryOperator<@Nullable String> text) {
            return new Draft(id, kind, Patient.Channel.PUSH, sender, text, UnaryOperator.identity());
        }

        /** Tells of a milestone, once. */
        public Draft telling(String goal, int percent) {
            return new Draft(id, kind, channel, sender, text, before -> before.told(goal, percent));
        }
    }

    public sealed interface Result {
        /** @param contact as stored now, or at an earlier try of the same */
        record Stored(SentContact contact) implements Result {}

        /** @param until from when there is room, as far as is known now */
        record Refused(ContactCap.Why why, Instant until) implements Result {}
    }

    private final Records records;
    private final AuditTrail trail;
    private final ContactCap cap;

    public SentContacts(Environment environment, Records records, ContactCap cap) {
        this.records = records;
        this.cap = cap;
        trail = new AuditTrail(environment);
    }

    /**
     * Stores a contact if the cap has room for it; to be sent afterwards. A repeat of one that is stored already is
     * stored: its sender may have fallen over before sending.
     */
    public Result store(PatientRef patient, Draft draft, boolean safetyTaskOpen, Instant now) {
        for (int attempt = 1; ; attempt++) {
            Optional<Entry<Contacted>> before = contacted(patient);
            List<SentContact> recent = recent(patient, now);
            Optional<SentContact> repeat =
                    recent.stream().filter(each -> each.id().equals(draft.id())).findFirst();
            if (repeat.isPresent()) return new Result.Stored(repeat.get());
            if (cap.judge(draft.kind(), counted(recent), safetyTaskOpen, now) instanceof Answer.Refused refused)
                return new Result.Refused(refused.why(), refused.until());
            Contacted known = before.map(Entry::content).orElse(Contacted.NEVER);
            SentContact contact = new SentContact(
                    draft.id(),
                    draft.kind(),
                    now,
                    draft.channel(),
                    draft.text().apply(known.lastText()),
                    draft.sender());
            List<Write> writes = writes(patient, before, contact, draft.after().apply(known.after(contact)), "SYSTEM");
            if (attempt == TRIES) {
                records.commit(writes);
                return new Result.Stored(contact);
            }
            if (records.transact(writes) instanceof Write.Result.Committed) return new Result.Stored(contact);
        }
    }

    /** A contact that a person made, for the transaction that stores what came of it. Nobody is refused here. */
    public List<Write> madeByPerson(
            PatientRef patient, String id, ContactCap.Kind kind, Patient.Channel channel, String person, Instant now) {
        Optional<Entry<Contacted>> before = contacted(patient);
        SentContact contact = new SentContact(id, kind, now, channel, null, person);
        return writes(patient, before, contact, before.map(Entry::content).orElse(Contacted.NEVER), "STAFF");
    }

    private List<Write> writes(
            PatientRef patient, Optional<Entry<Contacted>> before, SentContact contact, Contacted after, String roles) {
        List<Write> writes = new ArrayList<>();
        writes.add(
                before.isEmpty()
                        ? new Write.Create(Entry.first(Key.contacted(patient), Kind.CONTACTED, after, Map.of()))
                        : new Write.Replace(before.get().next(after, Map.of())));
        writes.add(new Write.Create(
                Entry.first(Key.sent(patient, contact.at(), contact.id()), Kind.SENT, contact, Map.of())));
        writes.add(new Write.Other(trail.item(new AuditEvent(
                patient.clinic(),
                patient.patient(),
                contact.sender(),
                roles,
                "Contact" + contact.kind(),
                "STORED",
                contact.at(),
                contact.id()))));
        return writes;
    }

    /** From when one more contact stays within the cap; now at the earliest. */
    public Instant roomFrom(PatientRef patient, Instant now) {
        return cap.roomFrom(counted(recent(patient, now)), now);
    }

    /** The contacts that the cap counts, the oldest first. */
    public List<SentContact> recent(PatientRef patient, Instant now) {
        return records
                .range(Key.patientPk(patient), "SENT#" + Key.instant(now.minus(COUNTED)), "SENT#~", Kind.SENT)
                .stream()
                .map(Entry::content)
                .toList();
    }

    /** Percent of a goal that the patient was told of last; 0 if of none. */
    public int toldOf(PatientRef patient, String goal) {
        return contacted(patient)
                .map(entry -> entry.content().milestones().getOrDefault(goal, 0))
                .orElse(0);
    }

    private Optional<Entry<Contacted>> contacted(PatientRef patient) {
        return records.get(Key.contacted(patient), Kind.CONTACTED);
    }

    private static List<ContactCap.Sent> counted(List<SentContact> contacts) {
        return contacts.stream().map(SentContact::counted).toList();
    }
}
