package health.carryover.platform.review;

import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Symmetry.Sides;
import health.carryover.clinical.motion.View;
import health.carryover.clinical.review.PainSeen;
import health.carryover.clinical.review.RangeSeen;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last nine weeks show of a patient: pain, range and left against right, oldest first. Degrees only of what was
 * measured in the cloud from a camera: sensors have no measurement error by view, and a device's own angle is a claim.
 *
 * @param sides by exercise
 */
record Course(List<PainSeen> pains, Map<String, List<RangeSeen>> ranges, Map<String, List<Sides>> sides) {
    private static final Duration REACH = Duration.ofDays(63);

    static Course of(Records records, PatientRef ref, ExerciseLibrary library, double leastConfidence, Instant now) {
        String pk = Key.patientPk(ref);
        List<Session> sessions =
                records.range(pk, "SESSION#" + Key.instant(now.minus(REACH)), "SESSION#~", Kind.SESSION).stream()
                        .map(Entry::content)
                        .map(StoredSession::session)
                        .filter(Session::counts)
                        .toList();
        List<PainSeen> pains = sessions.stream()
                .filter(session -> session.pain() != null && session.pain().before() != null)
                .map(session -> new PainSeen(
                        day(session),
                        Objects.requireNonNull(
                                Objects.requireNonNull(session.pain()).before())))
                .toList();
        // A session's id begins with the milliseconds of its making (UUIDv7), so that the newest are found by key.
        Map<String, List<Measurement>> measured =
                records.range(pk, "MEASURE#" + idPrefix(now.minus(REACH)), "MEASURE#~", Kind.MEASUREMENT).stream()
                        .collect(Collectors.groupingBy(
                                entry -> entry.key().sk().split("#")[1],
                                Collectors.mapping(Entry::content, Collectors.toList())));
        Map<String, List<RangeSeen>> ranges = new LinkedHashMap<>();
        Map<String, List<Sides>> sides = new LinkedHashMap<>();
        for (Session session : sessions)
            surest(measured.getOrDefault(session.sessionId(), List.of()), leastConfidence)
                    .forEach(measurement -> library.find(measurement.exercise())
                            .ifPresent(exercise -> add(exercise, day(session), measurement, ranges, sides)));
        return new Course(pains, ranges, sides);
    }

    /** Of each exercise of a session the recording whose degrees are surest. */
    private static Stream<Measurement> surest(List<Measurement> ofSession, double leastConfidence) {
        return ofSession.stream()
                .filter(each -> each.movement() != null
                        && each.movement().excursions() != null
                        && each.movement().view() != null
                        && each.movement().confidence() >= leastConfidence)
                .collect(Collectors.groupingBy(
                        Measurement::exercise,
                        LinkedHashMap::new,
                        Collectors.maxBy(Comparator.<Measurement>comparingDouble(each ->
                                        Objects.requireNonNull(each.movement()).confidence())
                                .thenComparing(Measurement::uploadId))))
                .values()
                .stream()
                .flatMap(java.util.Optional::stream);
    }

    private static void add(
            Exercise exercise,
            LocalDate day,
            Measurement measurement,
            Map<String, List<RangeSeen>> ranges,
            Map<String, List<Sides>> sides) {
        Measurement.Movement movement = Objects.requireNonNull(measurement.movement());
        Measurement.Excursions excursions = Objects.requireNonNull(movement.excursions());
        View view = View.valueOf(Objects.requireNonNull(movement.view()));
        Double all = excursions.all();
        if (all != null)
            exercise.movement()
                    .map(moved -> new RangeSeen(day, exercise.code(), moved.joint(), view, all))
                    .ifPresent(seen -> ranges.computeIfAbsent(exercise.code(), _ -> new ArrayList<>())
                            .add(seen));
        if (excursions.left() != null && excursions.right() != null)
            sides.computeIfAbsent(exercise.code(), _ -> new ArrayList<>())
                    .add(new Sides(view, excursions.left(), excursions.right()));
    }

    private static LocalDate day(Session session) {
        return session.endedAt().atZone(session.zone()).toLocalDate();
    }

    /** The first digits of the ids that are made then or later. */
    private static String idPrefix(Instant from) {
        String hex = "%012x".formatted(from.toEpochMilli());
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }
}
