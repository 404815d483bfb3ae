package health.carryover.platform.identity;

import health.carryover.platform.records.PatientRef;
import java.util.Set;

/** Who calls, from our own Identity item of the token's pool and subject: never from an attribute of the token. */
public record Caller(String clinic, String person, Set<Role> roles) {
    public enum Role {
        PATIENT,
        THERAPIST,
        STAFF,
        ADMINISTRATOR,
        COMPLIANCE,
        /** Runs the deployment and opens clinics; sees no clinic's data. */
        OPERATOR
    }

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The caller's own record, for a patient. */
    public PatientRef self() {
        return new PatientRef(clinic, person);
    }
}
