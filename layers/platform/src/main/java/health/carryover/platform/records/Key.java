package health.carryover.platform.records;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;

/** Partition and sort key of an item of table Records. Ids are opaque: no name, record number or phone is ever one. */
public record Key(String pk, String sk) {
    /** Fixed width: Instant.toString drops zero decimals, and "...00.5Z" would sort before "...00Z". */
    private static final DateTimeFormatter UTC_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Whether a text from outside can be an id at all. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static String requireId(String id) {
        if (!isId(id)) throw new IllegalArgumentException("an id has 1 to 64 letters, digits, _ or -");
        return id;
    }

    public static String instant(Instant at) {
        return UTC_MILLIS.format(at);
    }

    public static String clinicPk(String clinic) {
        return "C#" + requireId(clinic);
    }

    public static String patientPk(PatientRef patient) {
        return clinicPk(patient.clinic()) + "#P#" + patient.patient();
    }

    public static Key clinic(String clinic) {
        return new Key(clinicPk(clinic), "PROFILE");
    }

    public static Key holdOut(String clinic, int version) {
        return new Key(clinicPk(clinic), "HOLDOUT#%06d".formatted(version));
    }

    public static Key staff(String clinic, String person) {
        return new Key(clinicPk(clinic), "STAFF#" + requireId(person));
    }

    public static Key capacity(String clinic) {
        return new Key(clinicPk(clinic), "CAPACITY");
    }

    public static Key task(String clinic, String task) {
        return new Key(clinicPk(clinic), "TASK#" + requireId(task));
    }

    /** The clinics of a deployment, spread over sixteen cells; only the night run reads them. */
    public static Key registry(String clinic) {
        return new Key(cellPk(Math.floorMod(clinic.hashCode(), CELLS)), "CLINIC#" + requireId(clinic));
    }

    public static final int CELLS = 16;

    public static String cellPk(int cell) {
        return "CELL#" + cell;
    }

    public static Key features(PatientRef patient) {
        return new Key(featuresPk(patient.clinic()), "P#" + patient.patient());
    }

    public static String featuresPk(String clinic) {
        return clinicPk(clinic) + "#FEATURES";
    }

    public static Key patient(PatientRef patient) {
        return new Key(patientPk(patient), "PROFILE");
    }

    public static Key program(PatientRef patient, int version) {
        return new Key(patientPk(patient), "PROGRAM#%06d".formatted(version));
    }

    public static Key consent(PatientRef patient, int version) {
        return new Key(patientPk(patient), "CONSENT#%06d".formatted(version));
    }

    public static Key session(PatientRef patient, Instant endedAt, String sessionId) {
        return new Key(patientPk(patient), "SESSION#" + instant(endedAt) + "#" + requireId(sessionId));
    }

    public static Key upload(PatientRef patient, String sessionId) {
        return new Key(patientPk(patient), "UPLOAD#" + requireId(sessionId));
    }

    public static Key recording(PatientRef patient, String uploadId) {
        return new Key(patientPk(patient), "RECORDING#" + requireId(uploadId));
    }

    public static Key video(PatientRef patient, String video) {
        return new Key(patientPk(patient), VIDEOS + requireId(video));
    }

    public static final String VIDEOS = "VIDEO#";

    /** By session, so that whoever has a session finds its measurements, and by recording, so that each is there once. */
    public static Key measurement(PatientRef patient, String sessionId, String uploadId) {
        return new Key(patientPk(patient), measurementPrefix(sessionId) + requireId(uploadId));
    }

    static String measurementPrefix(String sessionId) {
        return "MEASURE#" + requireId(sessionId) + "#";
    }

    public static Key contact(PatientRef patient, Instant at, String id) {
        return new Key(patientPk(patient), "CONTACT#" + instant(at) + "#" + requireId(id));
    }

    public static Key appointment(PatientRef patient, Instant at, String id) {
        return new Key(patientPk(patient), "APPOINTMENT#" + instant(at) + "#" + requireId(id));
    }

    public static Key plannedBreak(PatientRef patient, LocalDate from, String id) {
        return new Key(patientPk(patient), "BREAK#" + from + "#" + requireId(id));
    }

    public static Key safety(PatientRef patient, Instant at, String id) {
        return new Key(patientPk(patient), "SAFETY#" + instant(at) + "#" + requireId(id));
    }

    public static Key sent(PatientRef patient, Instant at, String id) {
        return new Key(patientPk(patient), "SENT#" + instant(at) + "#" + requireId(id));
    }

    public static Key contacted(PatientRef patient) {
        return new Key(patientPk(patient), "CONTACTED");
    }

    public static Key goal(PatientRef patient, String goal) {
        return new Key(patientPk(patient), "GOAL#" + requireId(goal));
    }

    public static Key cohort(String clinic, String group) {
        return new Key(cohortsPk(clinic), "GROUP#" + group);
    }

    public static String cohortsPk(String clinic) {
        return clinicPk(clinic) + "#COHORTS";
    }

    public static Key safetyReport(PatientRef patient, String reportId) {
        return new Key(patientPk(patient), "REPORT#" + requireId(reportId));
    }

    public static Key openSymptoms(PatientRef patient) {
        return new Key(patientPk(patient), "SYMPTOMS");
    }

    public static Key reviewMarks(PatientRef patient) {
        return new Key(patientPk(patient), "REVIEWMARKS");
    }

    public static Key risk(PatientRef patient, LocalDate date) {
        return new Key(patientPk(patient), "RISK#" + date);
    }

    /** What the candidate said that night; beside the risk, never in its place. */
    public static Key shadow(PatientRef patient, LocalDate date) {
        return new Key(patientPk(patient), "SHADOW#" + date);
    }

    public static Key openEscalation(PatientRef patient) {
        return new Key(patientPk(patient), "ESCALATION#OPEN");
    }

    public static Key closedEscalation(PatientRef patient, String escalation) {
        return new Key(patientPk(patient), "ESCALATION#" + requireId(escalation));
    }
}
