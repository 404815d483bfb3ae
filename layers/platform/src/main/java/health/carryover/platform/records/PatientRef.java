package health.carryover.platform.records;

/** A patient of a clinic, by opaque ids. */
public record PatientRef(String clinic, String patient) {
    public PatientRef {
        Key.requireId(clinic);
        Key.requireId(patient);
    }
}
