package health.carryover.patientapi;

import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Request;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.SafetyEvent;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A reported symptom: a safety task at once, and silence from every message until a therapist has cleared it. */
final class Safety {
    /** SAFETY.md: the therapist, after 30 minutes of clinic hours the covering one. */
    private static final Duration DUE = Duration.ofMinutes(30);

    private final Records records;
    private final Outreach outreach;
    private final Ids ids = new Ids();

    Safety(Records records, Outreach outreach) {
        this.records = records;
        this.outreach = outreach;
    }

    enum Symptom {
        CHEST_PAIN_OR_BREATHLESSNESS(true),
        SADDLE_BLADDER_BOWEL(true),
        SELF_HARM(true),
        FALL_WITH_INJURY(true),
        CALF(false),
        INFECTION(false),
        POP_OR_WEAKNESS(false),
        FALL(false);

        private final boolean emergency;

        Symptom(boolean emergency) {
            this.emergency = emergency;
        }
    }

    record Report(Symptom symptom) {}

    /** @param instruction what the patient must read now; the phone shows its own without waiting for this */
    record Reported(String id, String instruction, boolean clinicOpen) {}

    Answer report(Request request, Resource resource) {
        PatientRef ref = request.caller().self();
        Symptom symptom = request.body(Report.class).symptom();
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        Clinic clinic =
                records.get(Key.clinic(ref.clinic()), Kind.CLINIC).orElseThrow().content();
        String id = ids.next(request.now());
        Task task = Task.open(
                "safety-" + id,
                Task.Work.SAFETY,
                ref.patient(),
                null,
                List.of("Reported before a session: " + symptom),
                request.now(),
                clinic.hours().after(request.now(), DUE),
                patient.therapist());
        SafetyEvent event = new SafetyEvent(symptom.name(), request.now(), task.id(), null, null);
        records.commit(List.of(
                new Write.Create(Entry.first(
                        Key.safety(ref, request.now(), id), Kind.SAFETY, event, Map.of(Clear.state, "OPEN"))),
                new Write.Create(Outreach.newTask(ref.clinic(), task)),
                request.audit(resource)));
        // Stored first: a step of the outreach that arms itself right now looks for safety events afterwards.
        outreach.open(ref)
                .map(open -> open.content().token())
                .ifPresent(token -> outreach.complete(token.value(), Step.close("SAFETY_EVENT")));
        return Answer.created(new Reported(
                id,
                symptom.emergency
                        ? "Call 911 now. If you think of harming yourself, call or text 988."
                        : "Call your surgeon or clinic now. If you cannot reach them, go to urgent care or the"
                                + " emergency room.",
                clinic.hours().open(request.now())));
    }
}
