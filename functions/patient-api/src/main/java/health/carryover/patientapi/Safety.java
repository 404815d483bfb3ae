package health.carryover.patientapi;

import health.carryover.clinical.escalation.ClinicHours;
import health.carryover.clinical.safety.SafetyClimb;
import health.carryover.clinical.safety.SafetyScreen;
import health.carryover.clinical.safety.Symptom;
import health.carryover.clinical.safety.SymptomCheck;
import health.carryover.clinical.setup.Language;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.library.SafetyClimbs;
import health.carryover.platform.library.SymptomChecks;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.OpenSymptoms;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.SafetyEvent;
import health.carryover.platform.records.SafetyReport;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Symptoms: what is asked before a session, and what follows from a report: a safety task at once, and silence from every
 * message until a therapist has cleared it. A phone sends its report again until it is answered, at once or when it is
 * online again; however often and from however many phones it comes, there is one task.
 */
final class Safety {
    private static final String TASK = "safety-";

    private static final int TRIES = 8;

    /** A phone that was online when it was told needs no word about it. */
    private static final Duration AT_ONCE = Duration.ofMinutes(5);

    private final Records records;
    private final Outreach outreach;
    private final SymptomCheck check = SymptomChecks.inForce();
    private final SafetyClimb climb = SafetyClimbs.inForce();
    private final Ids ids = new Ids();

    Safety(Records records, Outreach outreach) {
        this.records = records;
        this.outreach = outreach;
    }

    /**
     * @param reportId given by the phone before it is online, so that a repeat is known; absent from phones that are old
     * @param reportedAt the phone's clock
     */
    record Report(
            String symptom,
            @Nullable String reportId,
            @Nullable Instant reportedAt) {}

    /** @param screen what the patient must read now; the phone shows its own without waiting for this */
    record Reported(String id, SafetyScreen.Shown screen, boolean clinicOpen) {}

    record Asked(String symptom, String question, SafetyScreen.Shown screen) {}

    record Hours(List<DayOfWeek> days, LocalTime opens, LocalTime closes, ZoneId zone) {}

    /** All that a phone needs without a network: the closed sentence stands in every screen, hours say when. */
    record Questions(List<Asked> symptoms, Hours clinicHours) {}

    Answer questions(Request request, Resource resource) {
        PatientRef ref = request.caller().self();
        Patient patient = patient(ref);
        Clinic clinic = clinic(ref);
        List<Asked> asked = check.askedOf(patient.diagnosis()).stream()
                .map(symptom -> new Asked(
                        symptom.code(),
                        symptom.question(language(patient)),
                        check.screen(symptom).in(language(patient), false)))
                .toList();
        return Answer.ok(new Questions(
                asked,
                new Hours(
                        List.copyOf(new TreeSet<>(clinic.openDays())),
                        clinic.opens(),
                        clinic.closes(),
                        clinic.zone())));
    }

    Answer report(Request request, Resource resource) {
        PatientRef ref = request.caller().self();
        Report report = request.body(Report.class);
        Symptom symptom =
                check.find(report.symptom()).orElseThrow(() -> Refused.impossible("noSuchSymptom", "/symptom"));
        Patient patient = patient(ref);
        ClinicHours hours = clinic(ref).hours();
        String task = open(request, resource, ref, report, symptom, patient, hours);
        // Stored first: a step of the outreach that arms itself right now looks for safety events afterwards. A repeat
        // looks again, since the first one may have stopped right before.
        if (outreach.openSafetyEvent(ref))
            outreach.open(ref)
                    .map(open -> open.content().token())
                    .ifPresent(token -> outreach.complete(token.value(), Step.close("SAFETY_EVENT")));
        boolean clinicOpen = hours.open(request.now());
        return Answer.created(new Reported(
                task.substring(TASK.length()), check.screen(symptom).in(language(patient), clinicOpen), clinicOpen));
    }

    /** @return the task of this symptom: a new one, or the one that is there already */
    private String open(
            Request request,
            Resource resource,
            PatientRef ref,
            Report report,
            Symptom symptom,
            Patient patient,
            ClinicHours hours) {
        String reportId = report.reportId() == null ? ids.next(request.now()) : report.reportId();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            // A repeat that comes after a therapist has cleared it opens nothing again.
            Optional<Entry<SafetyReport>> known = records.get(Key.safetyReport(ref, reportId), Kind.SAFETY_REPORT);
            if (known.isPresent()) return known.get().content().task();
            Optional<Entry<OpenSymptoms>> entry = records.get(Key.openSymptoms(ref), Kind.OPEN_SYMPTOMS);
            OpenSymptoms open = entry.map(Entry::content).orElse(OpenSymptoms.NONE);
            String other = open.tasks().get(symptom.code());
            String task = other == null ? TASK + ids.next(request.now()) : other;
            List<Write> writes = new ArrayList<>();
            writes.add(new Write.Create(Entry.first(
                    Key.safetyReport(ref, reportId), Kind.SAFETY_REPORT, new SafetyReport(task), Map.of())));
            // Written anew even where it stays: nobody clears the task that this report counts for meanwhile.
            OpenSymptoms next = open.with(symptom.code(), task);
            writes.add(entry.<Write>map(found -> new Write.Replace(found.next(next, Map.of())))
                    .orElseGet(() ->
                            new Write.Create(Entry.first(Key.openSymptoms(ref), Kind.OPEN_SYMPTOMS, next, Map.of()))));
            if (other == null) writes.addAll(event(ref, task, report, symptom, patient, hours, request.now()));
            writes.add(request.audit(resource));
            if (records.transact(writes) instanceof Write.Result.Committed) return task;
            // The same report by another way, or another symptom, at this very moment: look again.
        }
        throw new IllegalStateException("the open symptoms changed at every try");
    }

    private List<Write> event(
            PatientRef ref,
            String task,
            Report report,
            Symptom symptom,
            Patient patient,
            ClinicHours hours,
            Instant now) {
        return List.of(
                new Write.Create(Entry.first(
                        Key.safety(ref, now, task.substring(TASK.length())),
                        Kind.SAFETY,
                        SafetyEvent.open(symptom.code(), now, task, report.reportedAt()),
                        Map.of(Clear.state, "OPEN"))),
                new Write.Create(Outreach.newTask(
                        ref.clinic(),
                        Task.open(
                                task,
                                Task.Work.SAFETY,
                                ref.patient(),
                                null,
                                reasons(symptom, report, now),
                                now,
                                hours.after(now, climb.covering()),
                                patient.therapist()))));
    }

    private List<String> reasons(Symptom symptom, Report report, Instant now) {
        List<String> reasons = new ArrayList<>();
        String danger = check.screen(symptom).danger().name();
        reasons.add(danger.charAt(0) + danger.substring(1).toLowerCase(Locale.ROOT) + ", reported before a session: "
                + symptom.forTherapist() + ".");
        Instant at = report.reportedAt();
        if (at != null && at.plus(AT_ONCE).isBefore(now))
            reasons.add("The phone was offline: by its clock it was reported at " + at + ".");
        return reasons;
    }

    private Patient patient(PatientRef ref) {
        return records.get(Key.patient(ref), Kind.PATIENT)
                .orElseThrow(Refused::notFound)
                .content();
    }

    private Clinic clinic(PatientRef ref) {
        return records.get(Key.clinic(ref.clinic()), Kind.CLINIC).orElseThrow().content();
    }

    private static Language language(Patient patient) {
        return patient.language().equals("es") ? Language.SPANISH : Language.ENGLISH;
    }
}
