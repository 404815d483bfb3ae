package health.carryover.platform.records;

import health.carryover.clinical.engagement.ContactCap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of the clinic that reached a patient, or was about to: it is stored before it is sent, so that two senders
 * cannot both find room for theirs.
 *
 * @param id the same for a repeat that the patient notices once
 * @param channel by which
 * @param text id of the message, of those of the library; absent for what a person said
 * @param sender the function's step or the person
 */
public record SentContact(
        String id,
        ContactCap.Kind kind,
        Instant at,
        Patient.Channel channel,
        @Nullable String text,
        String sender) {
    ContactCap.Sent counted() {
        return new ContactCap.Sent(id, kind, at);
    }
}
