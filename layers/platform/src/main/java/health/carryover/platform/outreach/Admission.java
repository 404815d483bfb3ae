package health.carryover.platform.outreach;

import health.carryover.clinical.risk.Selection;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Who may be reached out to, and how many at once. */
public final class Admission {
    /** After an outreach a patient is left in peace this long; patients complain most of being contacted too often. */
    static final Duration COOLDOWN = Duration.ofDays(14);

    private final Records records;
    private final Outreach outreach;

    public Admission(Records records, Outreach outreach) {
        this.records = records;
        this.outreach = outreach;
    }

    /** Open outreaches that the clinic can have: a fifth of its patients, rounded up, within its staff's capacity. */
    public int cap(String clinic) {
        int patients = records.count(Key.featuresPk(clinic));
        int capacity = records.get(Key.clinic(clinic), Kind.CLINIC)
                .orElseThrow()
                .content()
                .staffCapacity();
        return Selection.cap(patients, capacity);
    }

    /** Why this patient is not to be reached out to now, if there is a reason. */
    public Optional<String> refusal(PatientRef ref, Patient patient, Instant now) {
        String pk = Key.patientPk(ref);
        if (patient.status() != Patient.Status.ACTIVE) return Optional.of("NOT_ACTIVE");
        boolean monitored = records.latest(pk, "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content().allows(Consent.Scope.RISK_MONITORING))
                .orElse(false);
        if (!monitored) return Optional.of("NO_CONSENT");
        LocalDate today = now.atZone(patient.zone()).toLocalDate();
        boolean away = records.prefix(pk, "BREAK#", Kind.BREAK).stream()
                .anyMatch(pause -> pause.content().covers(today));
        if (away) return Optional.of("PLANNED_BREAK");
        if (outreach.openSafetyEvent(ref)) return Optional.of("SAFETY_EVENT");
        boolean recent = records.prefix(pk, "ESCALATION#", Kind.ESCALATION).stream()
                .anyMatch(past -> past.content().flaggedAt().plus(COOLDOWN).isAfter(now));
        return recent ? Optional.of("RECENT_OUTREACH") : Optional.empty();
    }
}
