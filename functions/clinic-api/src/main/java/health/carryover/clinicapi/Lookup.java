package health.carryover.clinicapi;

import health.carryover.platform.http.Refused;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.PatientRef;

/** Ids that came from outside. */
final class Lookup {
    private Lookup() {}

    /** An id that cannot be one belongs to nobody. */
    static String id(String id) {
        if (!Key.isId(id)) throw Refused.notFound();
        return id;
    }

    static PatientRef ref(String clinic, String patient) {
        return new PatientRef(clinic, id(patient));
    }
}
