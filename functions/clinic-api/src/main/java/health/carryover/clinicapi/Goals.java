package health.carryover.clinicapi;

import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Goal;
import health.carryover.clinical.engagement.Measure;
import health.carryover.clinical.engagement.Milestone;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Pushes;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientGoal;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goals that a therapist sets with a patient, and what is measured on the way. The clinic names a goal, so that a repeat
 * of the same words changes nothing.
 */
final class Goals {
    record Shown(
            String goalId,
            String what,
            Measure.Kind kind,
            Measure.Load load,
            Measure.Instrument instrument,
            double start,
            double target,
            double detectable,
            String therapist,
            LocalDate setOn,
            @Nullable Double latest,
            @Nullable LocalDate measuredOn,
            @Nullable String rangeClearedBy,
            boolean closed,
            @Nullable Integer percent,
            @Nullable String notShownBecause) {}

    record GoalList(List<Shown> goals) {}

    /** @param instrument must be the goal's: another one measures something else */
    record Value(Measure.Instrument instrument, double value, LocalDate measuredOn) {}

    private final Records records;
    private final Outreach outreach;
    private final Pushes pushes;
    private final Function<Request, Resource> patient;
    private final Ids ids = new Ids();

    Goals(Records records, Outreach outreach, Pushes pushes, Function<Request, Resource> patient) {
        this.records = records;
        this.outreach = outreach;
        this.pushes = pushes;
        this.patient = patient;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("GET /v1/patients/{patientId}/goals", "ReadGoals", patient, this::list),
                Operation.of("PUT /v1/patients/{patientId}/goals/{goalId}", "WriteGoal", patient, this::write),
                Operation.of(
                        "PUT /v1/patients/{patientId}/goals/{goalId}/value", "RecordGoalValue", patient, this::record));
    }

    private static PatientRef ref(Request request) {
        return Lookup.ref(request.caller().clinic(), request.path("patientId"));
    }

    private static String goalId(Request request) {
        return Lookup.id(request.path("goalId"));
    }

    private Patient patient(PatientRef ref) {
        return records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
    }

    private Answer list(Request request, Resource resource) {
        PatientRef ref = ref(request);
        Patient whose = patient(ref);
        return Answer.ok(new GoalList(records.prefix(Key.patientPk(ref), "GOAL#", Kind.GOAL).stream()
                .map(entry -> shown(entry.key().sk().substring("GOAL#".length()), entry.content(), whose))
                .toList()));
    }

    /** As the patient would be shown it on a quiet day: what a safety event hides for now is no matter here. */
    private static Shown shown(String id, PatientGoal stored, Patient whose) {
        Goal goal = stored.goal();
        Measure measure = goal.measure();
        Milestone milestone = stored.milestone(whose.diagnosis(), false);
        return new Shown(
                id,
                measure.what(),
                measure.kind(),
                measure.load(),
                measure.instrument(),
                goal.start(),
                goal.target(),
                goal.detectable(),
                goal.therapist(),
                goal.setOn(),
                stored.latest(),
                stored.measuredOn(),
                stored.rangeClearedBy(),
                stored.closed(),
                milestone instanceof Milestone.Progress(int percent) ? percent : null,
                milestone instanceof Milestone.Nothing(Milestone.Why why) ? why.name() : null);
    }

    /** A goal that is not there yet, or its next version. A repeat of what stands there already is answered alike. */
    private Answer write(Request request, Resource resource) {
        PatientRef ref = ref(request);
        String id = goalId(request);
        GoalChange change = request.body(GoalChange.class);
        Patient whose = patient(ref);
        Optional<Entry<PatientGoal>> before = records.get(Key.goal(ref, id), Kind.GOAL);
        long version = before.map(Entry::version).orElse(0L);
        if (request.ifMatch().filter(read -> read != version).isPresent()) throw Refused.stale();
        PatientGoal wanted = wanted(change, before.map(Entry::content), request, whose);
        if (before.isPresent() && before.get().content().equals(wanted))
            return Answer.ok(shown(id, wanted, whose)).withVersion(version);
        Write store = before.isPresent()
                ? new Write.Replace(before.get().next(wanted, Map.of()))
                : new Write.Create(Entry.first(Key.goal(ref, id), Kind.GOAL, wanted, Map.of()));
        if (records.transact(List.of(store, request.audit(resource))) instanceof Write.Result.Refused)
            throw Refused.stale();
        return Answer.ok(shown(id, wanted, whose)).withVersion(version + 1);
    }

    private static PatientGoal wanted(GoalChange change, Optional<PatientGoal> before, Request request, Patient whose) {
        String therapist = request.caller().person();
        Goal goal = change.goal(therapist, request.now().atZone(whose.zone()).toLocalDate());
        boolean cleared = Boolean.TRUE.equals(change.rangeCleared());
        Optional<PatientGoal> same = before.filter(stored -> sameAim(stored.goal(), goal));
        boolean clearedBefore = same.map(PatientGoal::rangeClearedBy).isPresent();
        return new PatientGoal(
                // Who set it and when stays with what was set.
                same.map(PatientGoal::goal).orElse(goal),
                same.map(PatientGoal::latest).orElse(null),
                same.map(PatientGoal::measuredOn).orElse(null),
                !cleared ? null : clearedBefore ? same.get().rangeClearedBy() : therapist,
                !cleared ? null : clearedBefore ? same.get().rangeClearedAt() : request.now(),
                Boolean.TRUE.equals(change.closed()));
    }

    private static boolean sameAim(Goal one, Goal other) {
        return one.equals(new Goal(
                other.measure(), other.start(), other.target(), other.detectable(), one.therapist(), one.setOn()));
    }

    /** The newest value counts; one from before the last measurement is refused rather than believed. */
    private Answer record(Request request, Resource resource) {
        PatientRef ref = ref(request);
        String id = goalId(request);
        Entry<PatientGoal> entry = records.get(Key.goal(ref, id), Kind.GOAL).orElseThrow(Refused::notFound);
        PatientGoal before = entry.content();
        Value value = request.body(Value.class);
        Patient whose = patient(ref);
        LocalDate today = request.now().atZone(whose.zone()).toLocalDate();
        if (value.measuredOn().isAfter(today)) throw Refused.impossible("inTheFuture", "/measuredOn");
        if (before.measuredOn() != null && value.measuredOn().isBefore(before.measuredOn()))
            throw Refused.impossible("beforeTheLastOne", "/measuredOn");
        if (value.instrument() != before.goal().measure().instrument())
            throw Refused.impossible("otherInstrument", "/instrument");
        PatientGoal measured = before.measured(value.value(), value.measuredOn());
        long version = entry.version();
        if (!measured.equals(before)) {
            Write store = new Write.Replace(entry.next(measured, Map.of()));
            if (records.transact(List.of(store, request.audit(resource))) instanceof Write.Result.Refused)
                throw Refused.stale();
            version++;
        }
        tell(ref, id, measured, whose, request.now());
        return Answer.ok(shown(id, measured, whose)).withVersion(version);
    }

    /**
     * A milestone reached is told by a push, once, if the patient may be contacted now. If not it is not made up for
     * later, nor is a push that is lost on its way: the app shows it anyway.
     */
    private void tell(PatientRef ref, String id, PatientGoal goal, Patient whose, Instant now) {
        boolean safetyTaskOpen = outreach.openSafetyEvent(ref);
        if (goal.closed()
                || !(goal.milestone(whose.diagnosis(), safetyTaskOpen) instanceof Milestone.Progress progress)) return;
        if (!whose.contactHours().allow(now) || !pushes.wanted(ref, whose)) return;
        OptionalInt reached = progress.toTell(pushes.contacts().toldOf(ref, id));
        if (reached.isEmpty()) return;
        pushes.send(
                pushes.draft(
                                // Opaque: the goal's own name may tell what it is about.
                                ids.next(now),
                                ContactCap.Kind.MILESTONE,
                                "goals",
                                Reason.MILESTONE_REACHED,
                                ref,
                                whose,
                                now)
                        .telling(id, reached.getAsInt()),
                ref,
                whose,
                safetyTaskOpen,
                now);
    }
}
