package health.carryover.platform.review;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.MeasurementErrors;
import health.carryover.clinical.exercise.Symmetry;
import health.carryover.clinical.exercise.Symmetry.Sides;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.review.FallingRange;
import health.carryover.clinical.review.Progress;
import health.carryover.clinical.review.RangeSeen;
import health.carryover.clinical.review.ReviewRule;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.CameraErrors;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.library.ReviewRules;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.ReviewMarks;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Review items for the therapist's day. To be called whenever a session or a measurement was stored; everything is
 * computed from what is stored, and a mark in the same transaction as the task keeps an item from being there twice.
 */
public final class ReviewItems {
    /** What a therapist is shown; a kind and a subject have one open item at most. */
    private enum Item {
        NO_PROGRESS,
        FALLING_RANGE,
        ASYMMETRY
    }

    private record Found(Item item, String subject, String reason) {}

    private static final int TRIES = 5;

    /** What an item about the whole plan is about. */
    private static final String PLAN = "plan";

    private static final String ROTATOR_CUFF = "ROTATOR_CUFF_REPAIR";

    private final Records records;
    private final AuditTrail trail;
    private final Ids ids = new Ids();
    private final ExerciseLibrary library = ExerciseLibrary.builtIn();
    private final MeasurementErrors errors = CameraErrors.inForce();
    private final ReviewRule rule = ReviewRules.inForce();

    public ReviewItems(Environment environment, Records records) {
        this.records = records;
        trail = new AuditTrail(environment);
    }

    public void look(PatientRef ref, Patient patient, Instant now) {
        if (patient.status() != Patient.Status.ACTIVE) return;
        Course course = Course.of(records, ref, library, rule.leastConfidence(), now);
        LocalDate today = now.atZone(patient.zone()).toLocalDate();
        // Before clearance after a rotator-cuff repair active range is no aim, and nobody has a way to clear yet.
        boolean cleared = !patient.diagnosis().equals(ROTATOR_CUFF);
        List<Found> found = new ArrayList<>();
        progress(patient, today, course, cleared).ifPresent(found::add);
        if (cleared)
            course.ranges().stream()
                    .collect(Collectors.groupingBy(RangeSeen::moved, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .forEach(seen ->
                            FallingRange.of(rule, seen, errors).map(this::words).ifPresent(found::add));
        course.sides()
                .forEach((code, sides) -> library.find(code)
                        .flatMap(exercise -> asymmetry(exercise, sides, patient, today, cleared))
                        .ifPresent(found::add));
        for (Found each : found) open(ref, patient, each, now);
    }

    private Optional<Found> progress(Patient patient, LocalDate today, Course course, boolean cleared) {
        List<RangeSeen> ranges = cleared ? course.ranges() : List.of();
        return Progress.of(rule, patient.planStart(), today, course.pains(), ranges, errors)
                        instanceof Progress.None(int judged)
                ? Optional.of(new Found(
                        Item.NO_PROGRESS,
                        PLAN,
                        "No progress since the plan began: %s stayed within the error of measurement (rule %s)."
                                .formatted(
                                        judged == 1 ? "the one measure" : "all " + judged + " measures",
                                        rule.version())))
                : Optional.empty();
    }

    private Found words(FallingRange fall) {
        return new Found(
                Item.FALLING_RANGE,
                fall.moved().exercise()
                        + (fall.moved().side() == null ? "" : " " + fall.moved().side()),
                String.format(
                        Locale.ROOT,
                        "Range of motion has fallen beyond the error of measurement: %s, from %.0f to %.0f degrees (rule %s).",
                        name(fall.moved()),
                        fall.fromDeg(),
                        fall.toDeg(),
                        rule.version()));
    }

    private Optional<Found> asymmetry(
            Exercise exercise, List<Sides> sides, Patient patient, LocalDate today, boolean cleared) {
        OptionalDouble detectable = exercise.movement()
                .flatMap(movement -> errors.of(movement.joint(), sides.getLast().view()))
                .map(error -> error.asymmetryFromDeg())
                .orElse(OptionalDouble.empty());
        if (detectable.isEmpty()) return Optional.empty();
        // Where nobody said when the operation was, the plan cannot have begun before it.
        LocalDate from = patient.surgeryOn() == null ? patient.planStart() : patient.surgeryOn();
        Symmetry.Course course = new Symmetry.Course((int) ChronoUnit.WEEKS.between(from, today), cleared);
        return Symmetry.of(exercise, sides, detectable.getAsDouble(), course)
                        instanceof Symmetry.Deficit(var side, double differenceDeg, int sessions)
                ? Optional.of(new Found(
                        Item.ASYMMETRY,
                        exercise.code(),
                        String.format(
                                Locale.ROOT,
                                "The %s side stays behind the other: %s, %.0f degrees less in %d of the latest sessions.",
                                side.name().toLowerCase(Locale.ROOT),
                                exercise.name(),
                                differenceDeg,
                                sessions)))
                : Optional.empty();
    }

    private String name(RangeSeen.Moved moved) {
        String name = library.find(moved.exercise()).map(Exercise::name).orElse(moved.exercise());
        Side side = moved.side();
        return side == null ? name : name + ", " + side.name().toLowerCase(Locale.ROOT);
    }

    private void open(PatientRef ref, Patient patient, Found found, Instant now) {
        String subject = found.item() + " " + found.subject();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Entry<ReviewMarks>> marks = records.get(Key.reviewMarks(ref), Kind.REVIEW_MARKS);
            ReviewMarks known = marks.map(Entry::content).orElse(ReviewMarks.NONE);
            ReviewMarks.Mark last = known.last().get(subject);
            if (last != null
                    && (last.closedAt() == null
                            || last.closedAt().plus(rule.quiet()).isAfter(now))) return;
            Task task = task(ref, patient, found, now);
            Write.Result result = records.transact(List.of(
                    write(ref, marks, known.opened(subject, task.id())),
                    new Write.Create(Outreach.newTask(ref.clinic(), task)),
                    new Write.Other(trail.item(new AuditEvent(
                            ref.clinic(),
                            ref.patient(),
                            "review",
                            "SYSTEM",
                            "OpenReviewItem",
                            "DONE",
                            now,
                            task.id())))));
            if (result instanceof Write.Result.Committed) return;
            // Somebody else opened or closed an item of this patient meanwhile, perhaps this one.
        }
        throw new IllegalStateException("the review marks changed at every try");
    }

    private Task task(PatientRef ref, Patient patient, Found found, Instant now) {
        Clinic clinic =
                records.get(Key.clinic(ref.clinic()), Kind.CLINIC).orElseThrow().content();
        return Task.open(
                "item-" + ids.next(now),
                Task.Work.REVIEW_ITEM,
                ref.patient(),
                null,
                List.of(found.reason()),
                now,
                clinic.hours().nextWorkingDay(now),
                patient.therapist());
    }

    private static Write write(PatientRef ref, Optional<Entry<ReviewMarks>> before, ReviewMarks marks) {
        return before.<Write>map(entry -> new Write.Replace(entry.next(marks, Map.of())))
                .orElseGet(
                        () -> new Write.Create(Entry.first(Key.reviewMarks(ref), Kind.REVIEW_MARKS, marks, Map.of())));
    }

    /** That the item of this task was closed, as a part of the transaction that closes it; nothing for other tasks. */
    public static Optional<Write> closing(Records records, PatientRef ref, String task, Instant now) {
        Optional<Entry<ReviewMarks>> marks = records.get(Key.reviewMarks(ref), Kind.REVIEW_MARKS);
        return marks.map(entry -> entry.content().closed(task, now))
                .filter(closed -> !closed.equals(marks.get().content()))
                .map(closed -> write(ref, marks, closed));
    }
}
