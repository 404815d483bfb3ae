package health.carryover.escalation;

import health.carryover.clinical.escalation.ClinicHours;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Escalation.Reviewed;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.StaffPush;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;

/** The call was not finished in time: it is due again, and after three times the owner hears of it and a therapist looks. */
public final class RemindCallHandler extends StepHandler<StepHandler.Input> {
    static final int REMINDERS = 3;

    private final StaffPush push;

    public RemindCallHandler() {
        this(Environment.ofLambda());
    }

    RemindCallHandler(Environment environment) {
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
        // A repeat of the last reminder: the owner knows, only the answer was lost.
        if (open.content().reminders() >= REMINDERS) return Step.review(Reviewed.NOT_REACHED);
        Instant remindAt = hours.after(task.content().dueAt(), CreateCallTaskHandler.REMIND);
        // Somebody tried meanwhile and set the task to another day.
        if (remindAt.isAfter(now)) return Step.await(remindAt);

        Escalation reminded = open.content().reminded();
        if (reminded.reminders() < REMINDERS) {
            Instant due = hours.after(now, CreateCallTaskHandler.DUE);
            Task again = task.content().reassigned(null, due);
            records.commit(List.of(
                    replace(open, reminded),
                    new Write.Replace(task.next(again, Outreach.clear(ref.clinic(), again))),
                    audit(ref, input.escalation(), now)));
            return Step.await(hours.after(due, CreateCallTaskHandler.REMIND));
        }
        Task alert = Task.open(
                input.escalation() + "-owner",
                Task.Work.FOLLOW_UP,
                ref.patient(),
                input.escalation(),
                List.of("A call was not made after " + REMINDERS + " reminders."),
                now,
                hours.after(now, CreateCallTaskHandler.DUE),
                clinic.owner());
        push.tell(ref.clinic(), clinic.owner(), alert.id(), false);
        records.commit(List.of(
                replace(open, reminded),
                new Write.Create(Outreach.newTask(ref.clinic(), alert)),
                audit(ref, input.escalation(), now)));
        return Step.review(Reviewed.NOT_REACHED);
    }
}
