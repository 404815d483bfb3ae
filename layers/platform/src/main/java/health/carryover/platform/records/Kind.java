package health.carryover.platform.records;

import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.escalation.Escalation;

/**
 * A kind of item: its {@code type} attribute and the record inside {@code sealed}. Every read names the kind it expects.
 */
public record Kind<T>(String type, Class<T> content) {
    public static final Kind<Clinic> CLINIC = new Kind<>("clinic", Clinic.class);
    public static final Kind<HoldOutDecision> HOLD_OUT = new Kind<>("hold-out", HoldOutDecision.class);
    public static final Kind<Staff> STAFF = new Kind<>("staff", Staff.class);
    public static final Kind<Patient> PATIENT = new Kind<>("patient", Patient.class);
    public static final Kind<Program> PROGRAM = new Kind<>("program", Program.class);
    public static final Kind<Consent> CONSENT = new Kind<>("consent", Consent.class);
    public static final Kind<StoredSession> SESSION = new Kind<>("session", StoredSession.class);
    public static final Kind<UploadMarker> UPLOAD = new Kind<>("upload", UploadMarker.class);
    public static final Kind<Recording> RECORDING = new Kind<>("recording", Recording.class);
    public static final Kind<Video> VIDEO = new Kind<>("video", Video.class);
    public static final Kind<Measurement> MEASUREMENT = new Kind<>("measurement", Measurement.class);
    public static final Kind<Contact> CONTACT = new Kind<>("contact", Contact.class);
    public static final Kind<Appointment> APPOINTMENT = new Kind<>("appointment", Appointment.class);
    public static final Kind<PlannedBreak> BREAK = new Kind<>("break", PlannedBreak.class);
    public static final Kind<SafetyEvent> SAFETY = new Kind<>("safety", SafetyEvent.class);
    public static final Kind<SentContact> SENT = new Kind<>("sent", SentContact.class);
    public static final Kind<Contacted> CONTACTED = new Kind<>("contacted", Contacted.class);
    public static final Kind<PatientGoal> GOAL = new Kind<>("goal", PatientGoal.class);
    public static final Kind<StoredCohort> COHORT = new Kind<>("cohort", StoredCohort.class);
    public static final Kind<SafetyReport> SAFETY_REPORT = new Kind<>("safetyReport", SafetyReport.class);
    public static final Kind<OpenSymptoms> OPEN_SYMPTOMS = new Kind<>("openSymptoms", OpenSymptoms.class);
    public static final Kind<ReviewMarks> REVIEW_MARKS = new Kind<>("reviewMarks", ReviewMarks.class);
    public static final Kind<RiskScore> RISK = new Kind<>("risk", RiskScore.class);
    public static final Kind<ShadowScore> SHADOW = new Kind<>("shadow", ShadowScore.class);
    public static final Kind<History> FEATURES = new Kind<>("features", History.class);
    public static final Kind<Escalation> ESCALATION = new Kind<>("escalation", Escalation.class);
    public static final Kind<Task> TASK = new Kind<>("task", Task.class);
}
