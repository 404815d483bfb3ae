package health.carryover.escalation;

import health.carryover.clinical.safety.SafetyClimb.Rung;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.StaffPush;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Staff;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A safety task becomes somebody's: told first, as pushes are here (DECISIONS.md), then stored and audited. */
final class SafetyHandover {
    private final Records records;
    private final StaffPush push;
    private final AuditTrail trail;
    private final InstantSource time;

    SafetyHandover(Environment environment, Records records) {
        this.records = records;
        push = new StaffPush(environment, records);
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    /** Free for anybody to take, whoever worked on it, and meant for the one on this rung. Nothing if it is so already. */
    void give(Entry<Task> entry, String clinic, Rung rung, Instant until) {
        Task task = entry.content();
        String person = person(new PatientRef(clinic, task.patient()), rung);
        // Of a task that somebody took at once the therapist is told, but it stays with who took it.
        Task given = rung == Rung.THERAPIST ? task : task.reassigned(person, until);
        if (rung != Rung.THERAPIST && given.equals(task)) return;
        StaffPush.Told told = push.tell(clinic, person, task.id(), true);
        List<Write> writes = new ArrayList<>();
        if (rung != Rung.THERAPIST) writes.add(new Write.Replace(entry.next(given, Outreach.clear(clinic, given))));
        writes.add(new Write.Other(trail.item(new AuditEvent(
                clinic,
                task.patient(),
                "safety",
                "SYSTEM",
                switch (rung) {
                    case NOBODY -> throw new IllegalArgumentException("nobody cannot be told");
                    case THERAPIST -> "TellTherapist";
                    case COVERING -> "TellCovering";
                    case OWNER -> "TellOwner";
                },
                told.name(),
                time.instant(),
                task.id()))));
        records.commit(writes);
    }

    /** Where nobody covers, the owner does. */
    private String person(PatientRef ref, Rung rung) {
        Clinic clinic =
                records.get(Key.clinic(ref.clinic()), Kind.CLINIC).orElseThrow().content();
        if (rung == Rung.OWNER) return clinic.owner();
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        if (rung == Rung.THERAPIST) return patient.therapist();
        Optional<String> covering = records.get(Key.staff(ref.clinic(), patient.therapist()), Kind.STAFF)
                .map(Entry::content)
                .map(Staff::covering);
        return covering.orElse(clinic.owner());
    }
}
