package health.carryover.clinicapi;

import health.carryover.clinical.engagement.ContactCap;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.SentContacts;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;

/** Calls that staff made. Each counts as a contact of the patient's, answered or not. */
final class Calls {
    private Calls() {}

    /** @param task as it was before this outcome */
    static List<Write> made(SentContacts contacts, PatientRef patient, Task task, String person, Instant now) {
        if (task.work() != Task.Work.CALL) return List.of();
        String id = task.id() + "-" + (task.attempts().size() + 1);
        return contacts.madeByPerson(patient, id, ContactCap.Kind.CALL, Patient.Channel.CALL, person, now);
    }
}
