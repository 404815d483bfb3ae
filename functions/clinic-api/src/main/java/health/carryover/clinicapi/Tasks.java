package health.carryover.clinicapi;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.escalation.ClinicHours;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.identity.Caller.Role;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.outreach.CallOutcome;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.SafetyEvent;
import health.carryover.platform.records.SentContacts;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import health.carryover.platform.review.ReviewItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks: listed, taken by one person, finished. The outcome is stored first, then the waiting state machine told. */
final class Tasks {
    private static final int LISTED = 100;

    record Shown(
            String taskId,
            Task.Work work,
            Task.Status status,
            Instant dueAt,
            String patientId,
            String patientName,
            @Nullable String phone,
            @Nullable String assignee,
            List<String> reasons,
            @Nullable String claimedBy,
            @Nullable Instant engagedAt,
            @Nullable String outcome) {}

    record TaskList(List<Shown> tasks) {}

    record Outcome(
            String outcome, @Nullable String note, @Nullable ProgramChange program) {}

    private enum ReviewOutcome {
        KEEP,
        MODIFY,
        PAUSE,
        DISCHARGE
    }

    private final Records records;
    private final Outreach outreach;
    private final SentContacts contacts;
    private final Set<String> exercises = ExerciseLibrary.builtIn().codes();

    Tasks(Records records, Outreach outreach, SentContacts contacts) {
        this.records = records;
        this.outreach = outreach;
        this.contacts = contacts;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("GET /v1/tasks", "ListTasks", Operation::clinic, this::list),
                Operation.of("POST /v1/tasks/{taskId}/claim", "WorkOnTask", this::task, this::claim),
                Operation.of("POST /v1/tasks/{taskId}/outcome", "WorkOnTask", this::task, this::finish));
    }

    private Entry<Task> read(Request request) {
        try {
            return records.get(Key.task(request.caller().clinic(), request.path("taskId")), Kind.TASK)
                    .orElseThrow(Refused::notFound);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound();
        }
    }

    private Resource task(Request request) {
        Task task = read(request).content();
        return new Resource.TaskRecord(
                request.caller().clinic(), task.id(), task.work().name());
    }

    /**
     * Therapists see clinical tasks, the front desk sees the others, and whom a task was given to sees that one: an owner
     * who is only an administrator. Each only what the work needs.
     */
    private Answer list(Request request, Resource resource) {
        String status = request.query("status").orElse(Task.Status.OPEN.name());
        if (!Set.of("OPEN", "CLAIMED").contains(status)) throw Refused.malformed("enum", "/status");
        Set<Role> roles = request.caller().roles();
        String person = request.caller().person();
        List<Shown> tasks =
                records.indexed(Key.clinicPk(resource.clinic()) + "#TASK#" + status, Kind.TASK, LISTED).stream()
                        .map(Entry::content)
                        .filter(task -> person.equals(task.assignee())
                                || (task.work().clinical()
                                        ? roles.contains(Role.THERAPIST)
                                        : roles.contains(Role.STAFF)
                                                || roles.contains(Role.THERAPIST)
                                                        && task.work() == Task.Work.ASK_AT_VISIT))
                        .map(task -> show(resource.clinic(), task))
                        .toList();
        return Answer.ok(new TaskList(tasks));
    }

    private Shown show(String clinic, Task task) {
        Patient patient = records.get(Key.patient(new PatientRef(clinic, task.patient())), Kind.PATIENT)
                .orElseThrow()
                .content();
        return new Shown(
                task.id(),
                task.work(),
                task.status(),
                task.dueAt(),
                task.patient(),
                patient.name(),
                task.work().clinical() ? null : patient.phone(),
                task.assignee(),
                task.reasons(),
                task.claimedBy(),
                task.engagedAt(),
                task.outcome());
    }

    private Answer claim(Request request, Resource resource) {
        Entry<Task> entry = read(request);
        Task task = entry.content();
        String person = request.caller().person();
        if (task.status() == Task.Status.CLAIMED && person.equals(task.claimedBy()))
            return Answer.ok(show(resource.clinic(), task));
        if (task.status() != Task.Status.OPEN) throw taken(task);
        Task claimed = task.claimed(person);
        Write.Result result = records.transact(List.of(replace(resource, entry, claimed), request.audit(resource)));
        if (result instanceof Write.Result.Refused) throw taken(task);
        return Answer.ok(show(resource.clinic(), claimed));
    }

    private static Refused taken(Task task) {
        return task.status().ended()
                ? Refused.conflict("task-ended", "This task has ended.")
                : Refused.conflict("task-taken", "Somebody else works on this task.");
    }

    private Answer finish(Request request, Resource resource) {
        Entry<Task> entry = read(request);
        Task task = entry.content();
        Outcome outcome = request.body(Outcome.class);
        String person = request.caller().person();
        if (task.status() == Task.Status.DONE
                && outcome.outcome().equals(task.outcome())
                && person.equals(task.claimedBy())) {
            // The first one may have stopped right before it told the state machine.
            tell(new PatientRef(resource.clinic(), task.patient()), task);
            return Answer.ok(show(resource.clinic(), task));
        }
        if (task.status() != Task.Status.CLAIMED || !person.equals(task.claimedBy()))
            throw Refused.conflict("not-claimed", "Claim the task before you finish it.");
        PatientRef patient = new PatientRef(resource.clinic(), task.patient());
        List<Write> writes = new ArrayList<>();
        Task next = next(request, task, outcome, patient, writes);
        writes.add(replace(resource, entry, next));
        writes.add(request.audit(resource));
        writes.addAll(Calls.made(contacts, patient, task, person, request.now()));
        if (records.transact(writes) instanceof Write.Result.Refused) throw Refused.stale();
        if (next.status() == Task.Status.DONE) tell(patient, next);
        else lookAgain(patient, next);
        return Answer.ok(show(resource.clinic(), next));
    }

    private Task next(Request request, Task task, Outcome outcome, PatientRef patient, List<Write> writes) {
        String person = request.caller().person();
        switch (task.work()) {
            case CALL, ASK_AT_VISIT -> {
                CallOutcome call = value(CallOutcome.class, outcome.outcome());
                ClinicHours hours = records.get(Key.clinic(patient.clinic()), Kind.CLINIC)
                        .orElseThrow()
                        .content()
                        .hours();
                long days = Stream.concat(task.attempts().stream().map(Task.Attempt::at), Stream.of(request.now()))
                        .map(at -> at.atZone(hours.zone()).toLocalDate())
                        .distinct()
                        .count();
                if (call == CallOutcome.NO_ANSWER && days < CallOutcome.TRIES) {
                    return task.tried(
                            new Task.Attempt(request.now(), person, call.name()), hours.nextWorkingDay(request.now()));
                }
            }
            case REVIEW -> review(request, value(ReviewOutcome.class, outcome.outcome()), outcome, patient, writes);
            case SAFETY -> {
                if (!outcome.outcome().equals("CLEARED")) throw Refused.impossible("notForThisTask", "/outcome");
                clear(patient, task, person, request.now(), writes);
            }
            case REVIEW_ITEM, FOLLOW_UP -> {
                if (!outcome.outcome().equals("CLEARED")) throw Refused.impossible("notForThisTask", "/outcome");
                ReviewItems.closing(records, patient, task.id(), request.now()).ifPresent(writes::add);
            }
        }
        return task.done(person, outcome.outcome(), outcome.note());
    }

    private static <T extends Enum<T>> T value(Class<T> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw Refused.impossible("notForThisTask", "/outcome");
        }
    }

    /** The decision and what it changes go into one transaction. */
    private void review(Request request, ReviewOutcome decision, Outcome outcome, PatientRef ref, List<Write> writes) {
        if ((decision == ReviewOutcome.MODIFY) != (outcome.program() != null))
            throw Refused.impossible(
                    decision == ReviewOutcome.MODIFY ? "programMissing" : "programNotWanted", "/program");
        Entry<Patient> patient = records.get(Key.patient(ref), Kind.PATIENT).orElseThrow();
        switch (decision) {
            case KEEP -> {}
            case MODIFY -> {
                int latest = records.latest(Key.patientPk(ref), "PROGRAM#", Kind.PROGRAM)
                        .map(entry -> entry.content().version())
                        .orElse(0);
                Program program = java.util.Objects.requireNonNull(outcome.program())
                        .version(
                                latest + 1,
                                request.caller().person(),
                                request.now(),
                                request.now().atZone(patient.content().zone()).toLocalDate(),
                                exercises,
                                "/program");
                writes.add(
                        new Write.Create(Entry.first(Key.program(ref, latest + 1), Kind.PROGRAM, program, Map.of())));
            }
            case PAUSE -> writes.add(status(patient, Patient.Status.PAUSED));
            case DISCHARGE -> writes.add(status(patient, Patient.Status.MAINTENANCE));
        }
    }

    private static Write status(Entry<Patient> patient, Patient.Status status) {
        return new Write.Replace(patient.next(patient.content().withStatus(status), patient.clear()));
    }

    private void clear(PatientRef ref, Task task, String person, Instant now, List<Write> writes) {
        Entry<SafetyEvent> event = records.prefix(Key.patientPk(ref), "SAFETY#", Kind.SAFETY).stream()
                .filter(found -> found.content().task().equals(task.id()))
                .findFirst()
                .orElseThrow();
        writes.add(new Write.Replace(event.next(event.content().cleared(person, now), Map.of(Clear.state, "CLEARED"))));
        records.get(Key.openSymptoms(ref), Kind.OPEN_SYMPTOMS)
                .ifPresent(open ->
                        writes.add(new Write.Replace(open.next(open.content().without(task.id()), open.clear()))));
    }

    /** Ends the state that waits for this task. If none does yet, the one that arms itself finds the outcome stored. */
    private void tell(PatientRef patient, Task done) {
        if (done.escalation() == null) return;
        Optional<Escalation> open = outreach.open(patient, done.escalation())
                .map(Entry::content)
                .filter(escalation -> done.id().equals(escalation.taskId()));
        open.map(Escalation::token).ifPresent(token -> outreach.complete(token.value(), Step.after(done)));
    }

    /** The call is open again, to be made on another day: not for a patient who came back while somebody tried. */
    private void lookAgain(PatientRef patient, Task tried) {
        if (tried.escalation() == null) return;
        outreach.open(patient, tried.escalation())
                .flatMap(open -> outreach.deciding(patient, open.content().flaggedAt()))
                .ifPresent(engagement -> outreach.onEngagement(patient, engagement));
    }

    private static Write replace(Resource resource, Entry<Task> entry, Task next) {
        return new Write.Replace(entry.next(next, Outreach.clear(resource.clinic(), next)));
    }
}
