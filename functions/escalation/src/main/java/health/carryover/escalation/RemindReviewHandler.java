package health.carryover.escalation;

import health.carryover.clinical.escalation.ClinicHours;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.StaffPush;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Staff;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The review is late: first a reminder, then the covering therapist, then the clinic's owner, who stays reminded. */
public final class RemindReviewHandler extends StepHandler<StepHandler.Input> {
    private final StaffPush push;

    public RemindReviewHandler() {
        this(Environment.ofLambda());
    }

    RemindReviewHandler(Environment environment) {
        super(environment);
        push = new StaffPush(environment, records);
    }

    @Override
    Step run(Input input, Entry<Escalation> open, Instant now) {
        PatientRef ref = input.ref();
        Clinic clinic = clinic(ref);
        ClinicHours hours = clinic.hours();
        Entry<Task> task = outreach.task(ref, open.content()).orElseThrow();
        if (task.content().status() == Task.Status.DONE) return Step.after(task.content());

        // A repeat of this step finds the task due later already.
        if (task.content().dueAt().isAfter(now))
            return Step.await(task.content().dueAt());
        Escalation reminded = open.content().reminded();
        String therapist = patient(ref).therapist();
        String assignee = switch (reminded.reminders()) {
            case 1 -> therapist;
            case 2 ->
                records.get(Key.staff(ref.clinic(), therapist), Kind.STAFF)
                        .map(Entry::content)
                        .map(Staff::covering)
                        .or(() -> Optional.of(clinic.owner()))
                        .orElseThrow();
            default -> clinic.owner();
        };
        Instant due = hours.after(now, CreateReviewHandler.DUE);
        Task again = task.content().reassigned(assignee, due);
        push.tell(ref.clinic(), assignee, again.id(), false);
        records.commit(List.of(
                replace(open, reminded),
                new Write.Replace(task.next(again, Outreach.clear(ref.clinic(), again))),
                audit(ref, input.escalation(), now)));
        return Step.await(due);
    }
}
