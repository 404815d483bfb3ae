package health.carryover.escalation;

import health.carryover.clinical.escalation.ClinicHours;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.clinical.escalation.Escalation.Reviewed;
import health.carryover.clinical.risk.Reasons;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.ContactCaps;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Appointment;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.SentContacts;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A call for the staff. Stores phase and task first, then looks once more whether the patient came back meanwhile. */
public final class CreateCallTaskHandler extends StepHandler<StepHandler.Input> {
    /** Working time of the clinic until a call should have been tried. Our own default. */
    static final Duration DUE = Duration.ofHours(4);

    /** Working time after which an unfinished task is brought up again. */
    static final Duration REMIND = Duration.ofHours(8);

    /** With a visit within so many working days, the question waits until then. */
    private static final int VISIT_SOON = 2;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private final SentContacts contacts;

    public CreateCallTaskHandler() {
        this(Environment.ofLambda());
    }

    CreateCallTaskHandler(Environment environment) {
        super(environment);
        contacts = new SentContacts(environment, records, ContactCaps.inForce());
    }

    @Override
    Step run(Input input, Entry<Escalation> open, Instant now) {
        PatientRef ref = input.ref();
        Escalation escalation = open.content();
        ClinicHours hours = clinic(ref).hours();
        if (escalation.phase() != Phase.CALL) {
            if (!mayCall(ref)) return Step.review(Reviewed.NOT_REACHED);
            Task task = task(ref, escalation, hours, now);
            Escalation calling = escalation.calling(task.id());
            records.commit(List.of(
                    replace(open, calling),
                    new Write.Create(Outreach.newTask(input.clinic(), task)),
                    audit(ref, escalation.id(), now)));
            escalation = calling;
        }
        Optional<Entry<Task>> task = outreach.task(ref, escalation);
        Optional<Step> outcome = task.map(Entry::content)
                .filter(found -> found.status() == Task.Status.DONE)
                .map(Step::after);
        if (outcome.isPresent()) return outcome.get();
        if (outreach.endedBySafetyEvent(ref, escalation.flaggedAt())) return Step.close(SAFETY);
        Optional<Engagement> engaged = outreach.deciding(ref, escalation.flaggedAt());
        boolean claimed = task.isPresent() && task.get().content().status() == Task.Status.CLAIMED;
        if (engaged.isPresent() && !claimed) return Step.after(engaged.get());
        return Step.await(hours.after(task.orElseThrow().content().dueAt(), REMIND));
    }

    private boolean mayCall(PatientRef ref) {
        return !patient(ref).optedOut().contains(Patient.Channel.CALL)
                && records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                        .map(entry -> entry.content().allows(Consent.Scope.OUTREACH_CALL))
                        .orElse(false);
    }

    private Task task(PatientRef ref, Escalation escalation, ClinicHours hours, Instant now) {
        Optional<Instant> visit = records
                .range(Key.patientPk(ref), "APPOINTMENT#" + Key.instant(now), "APPOINTMENT#~", Kind.APPOINTMENT)
                .stream()
                .map(Entry::content)
                .filter(appointment -> appointment.state() == Appointment.State.BOOKED)
                .map(Appointment::at)
                .filter(at -> hours.withinWorkingDays(now, at, VISIT_SOON))
                .findFirst();
        List<String> reasons = new ArrayList<>(Reasons.forFrontDesk(escalation.reasons()));
        // A call on top of what the patient got already waits until the cap has room for it; a visit is no contact
        // more.
        Instant room = visit.isPresent() ? now : contacts.roomFrom(ref, now);
        if (room.isAfter(now))
            reasons.add("Was contacted enough for now: call from "
                    + DAY.format(hours.after(room, Duration.ZERO).atZone(hours.zone())) + " on.");
        return Task.open(
                escalation.id() + "-call",
                visit.isPresent() ? Task.Work.ASK_AT_VISIT : Task.Work.CALL,
                ref.patient(),
                escalation.id(),
                reasons,
                now,
                visit.orElseGet(() -> hours.after(room, DUE)),
                null);
    }
}
