package health.carryover.escalation;

import health.carryover.clinical.escalation.ClinicHours;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Escalation.AfterStoring;
import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.clinical.escalation.Escalation.Reviewed;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A review of the prescription for the treating therapist; takes the place of a call that is still open. */
public final class CreateReviewHandler extends StepHandler<CreateReviewHandler.Input> {
    /** @param because why, a {@link Reviewed} */
    record Input(String clinic, String patient, String escalation, Reviewed because) implements Subject {}

    /** Working time of the clinic until a review should be done; a clinical concern is looked at the same day. */
    static final Duration DUE = Duration.ofHours(8);

    private static final Duration DUE_AT_ONCE = Duration.ofHours(2);

    public CreateReviewHandler() {
        this(Environment.ofLambda());
    }

    CreateReviewHandler(Environment environment) {
        super(environment);
    }

    @Override
    Step run(Input input, Entry<Escalation> open, Instant now) {
        PatientRef ref = input.ref();
        Escalation escalation = open.content();
        ClinicHours hours = clinic(ref).hours();
        if (escalation.phase() != Phase.REVIEW) {
            boolean concern = input.because() == Reviewed.CLINICAL_CONCERN || input.because() == Reviewed.PAIN;
            List<String> reasons = new ArrayList<>(escalation.reasons());
            reasons.addFirst(words(input.because()));
            Task task = Task.open(
                    escalation.id() + "-review",
                    Task.Work.REVIEW,
                    ref.patient(),
                    escalation.id(),
                    reasons,
                    now,
                    hours.after(now, concern ? DUE_AT_ONCE : DUE),
                    patient(ref).therapist());
            Escalation reviewing = escalation.reviewing(task.id(), input.because());
            List<Write> writes = new ArrayList<>();
            writes.add(replace(open, reviewing));
            writes.add(new Write.Create(Outreach.newTask(input.clinic(), task)));
            outreach.task(ref, escalation)
                    .filter(call -> !call.content().status().ended())
                    .ifPresent(call -> {
                        Task withdrawn = call.content().withdrawn("REVIEW");
                        writes.add(new Write.Replace(call.next(withdrawn, Outreach.clear(input.clinic(), withdrawn))));
                    });
            writes.add(audit(ref, escalation.id(), now));
            records.commit(writes);
            escalation = reviewing;
        }
        Entry<Task> task = outreach.task(ref, escalation).orElseThrow();
        if (task.content().status() == Task.Status.DONE) return Step.after(task.content());
        if (outreach.endedBySafetyEvent(ref, escalation.flaggedAt())) return Step.close(SAFETY);
        Optional<Engagement> engaged = outreach.deciding(ref, escalation.flaggedAt());
        boolean claimed = task.content().status() == Task.Status.CLAIMED;
        if (engaged.isPresent() && escalation.afterStoring(engaged.get(), claimed) == AfterStoring.ENGAGED)
            return Step.after(engaged.get());
        return Step.await(task.content().dueAt());
    }

    private static String words(Reviewed because) {
        return switch (because) {
            case NOT_REACHED -> "Could not be reached.";
            case DECLINED -> "Reached, but does not want to go on as it is.";
            case BARRIER -> "Reached; something is in the way.";
            case CLINICAL_CONCERN -> "A clinical concern came up in the call.";
            case PAIN -> "Answered the message with: in pain.";
        };
    }
}
