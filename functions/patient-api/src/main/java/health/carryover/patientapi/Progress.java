package health.carryover.patientapi;

import health.carryover.clinical.engagement.CohortCell;
import health.carryover.clinical.engagement.CohortComparison;
import health.carryover.clinical.engagement.Encouragement;
import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.engagement.Milestone;
import health.carryover.clinical.engagement.RunningWeek;
import health.carryover.clinical.engagement.WeeklyStreak;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.library.Encouragements;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientGoal;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Plans;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredCohort;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The patient's home screen: the week, the weeks in a row, the way to each goal, and whether one keeps up with others, in
 * the patient's language. What cannot be said kindly or surely is left out. The patient looks, so nothing of it counts as
 * a contact.
 */
final class Progress {
    /** Two years and the running week, which is as far as a row of weeks is followed. */
    private static final int LONGEST_ROW_DAYS = 7 * 105;

    /** The complete weeks that the usual history covers. */
    private static final int USUAL_ROW_WEEKS = (Plans.HISTORY_DAYS - 6) / 7;

    record Screen(
            String language,
            RunningWeek week,
            Optional<Streak> streak,
            List<OnTheWay> milestones,
            Optional<Said> cohort) {}

    /** @param weeks kept in a row */
    record Streak(int weeks, boolean thisWeekKept, String text) {}

    /** @param percent of the way to the goal set with the therapist, in steps */
    record OnTheWay(String goalId, String what, int percent, String text) {}

    record Said(String text) {}

    private final Records records;
    private final Plans plans;
    private final Outreach outreach;
    private final Encouragement texts = Encouragements.inForce();

    Progress(Records records, Plans plans, Outreach outreach) {
        this.records = records;
        this.plans = plans;
        this.outreach = outreach;
    }

    Answer answer(Request request, Resource resource) {
        PatientRef ref = request.caller().self();
        Patient patient = records.get(Key.patient(ref), Kind.PATIENT)
                .orElseThrow(Refused::notFound)
                .content();
        boolean safetyTaskOpen = outreach.openSafetyEvent(ref);
        Plans.Course course = plans.course(ref, patient.zone(), request.now(), Plans.HISTORY_DAYS);
        return Answer.ok(new Screen(
                patient.language(),
                RunningWeek.at(course.today(), course.sessions(), course.programs(), course.breaks()),
                streak(ref, patient, course, safetyTaskOpen, request.now()),
                milestones(ref, patient, course.today(), safetyTaskOpen),
                cohort(ref, patient, course, safetyTaskOpen, request.now())));
    }

    private Optional<Streak> streak(
            PatientRef ref, Patient patient, Plans.Course course, boolean safetyTaskOpen, Instant now) {
        WeeklyStreak streak = row(course);
        // Only a row that may reach beyond what was read is worth reading more; weeks of a break do not show in its
        // length.
        boolean maybeLonger = streak.weeks() >= USUAL_ROW_WEEKS
                || streak.weeks() > 0 && !course.breaks().isEmpty();
        if (maybeLonger) streak = row(plans.course(ref, patient.zone(), now, LONGEST_ROW_DAYS));
        OptionalInt weeks = streak.shown(safetyTaskOpen);
        if (weeks.isEmpty()) return Optional.empty();
        return Optional.of(new Streak(
                weeks.getAsInt(),
                streak.thisWeekKept(),
                text(Reason.STREAK_KEPT, Place.APP, patient, ref, course.today())
                        .with(weeks.getAsInt())));
    }

    private static WeeklyStreak row(Plans.Course course) {
        return WeeklyStreak.at(course.today(), course.sessions(), course.programs(), course.breaks());
    }

    private List<OnTheWay> milestones(PatientRef ref, Patient patient, LocalDate today, boolean safetyTaskOpen) {
        return records.prefix(Key.patientPk(ref), "GOAL#", Kind.GOAL).stream()
                .filter(entry -> !entry.content().closed())
                .flatMap(entry -> onTheWay(entry, ref, patient, today, safetyTaskOpen).stream())
                .toList();
    }

    private Optional<OnTheWay> onTheWay(
            Entry<PatientGoal> entry, PatientRef ref, Patient patient, LocalDate today, boolean safetyTaskOpen) {
        if (!(entry.content().milestone(patient.diagnosis(), safetyTaskOpen)
                instanceof Milestone.Progress(int percent))) return Optional.empty();
        return Optional.of(new OnTheWay(
                entry.key().sk().substring("GOAL#".length()),
                entry.content().goal().measure().what(),
                percent,
                text(Reason.MILESTONE_REACHED, Place.APP, patient, ref, today).with(percent)));
    }

    private Optional<Said> cohort(
            PatientRef ref, Patient patient, Plans.Course course, boolean safetyTaskOpen, Instant now) {
        boolean agrees = records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content().allows(Consent.Scope.COMPARISON))
                .orElse(false);
        OptionalInt score = course.compliance().score();
        // Without consent not even the group is looked at.
        if (!agrees || safetyTaskOpen || score.isEmpty()) return Optional.empty();
        String group =
                CohortCell.group(patient.diagnosis(), ChronoUnit.WEEKS.between(patient.planStart(), course.today()));
        CohortCell cell = records.get(Key.cohort(ref.clinic(), group), Kind.COHORT)
                .map(Entry::content)
                .filter(stored -> stored.isFresh(now))
                .map(StoredCohort::cell)
                .orElse(null);
        return CohortComparison.of(cell, score.getAsInt(), agrees, safetyTaskOpen) instanceof CohortComparison.KeepsUp
                ? Optional.of(new Said(text(Reason.COHORT, Place.PUSH, patient, ref, course.today())
                        .text()))
                : Optional.empty();
    }

    /** The same all day long. */
    private Text text(Reason reason, Place place, Patient patient, PatientRef ref, LocalDate today) {
        return texts.choose(
                reason, patient.spoken(), place, null, 31L * ref.patient().hashCode() + today.toEpochDay());
    }
}
