package health.carryover.clinicapi;

import health.carryover.platform.http.Refused;
import health.carryover.platform.records.PatientRef;

/** Ids that came from outside. */
final class Lookup {
    private Lookup() {}

    /** An id that cannot be one belongs to nobody. */
    static PatientRef ref(String clinic, String patient) {
        try {
            return new PatientRef(clinic, patient);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound();
        }
    }
}
