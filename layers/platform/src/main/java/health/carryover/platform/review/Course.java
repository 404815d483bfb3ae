package health.carryover.platform.review;

import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Symmetry.Sides;
import health.carryover.clinical.motion.Side;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the last nine weeks show of a patient: pain, range and left against right, oldest first. Degrees only of what was
 * measured in the cloud from a camera: sensors have no measurement error by view, and a device's own angle is a claim.
 *
 * @param sides by exercise
 */
record Course(List<PainSeen> pains, List<RangeSeen> ranges, Map<String, List<Sides>> sides) {
    private static final Duration REACH = Duration.ofDays(63);

    /** The degrees of a session are those of its surest recording. */
    private static final Comparator<Measurement> SUREST_FIRST = Comparator.<Measurement>comparingDouble(
                    each -> -movement(each).confidence())
            .thenComparing(Measurement::uploadId);

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
        List<RangeSeen> ranges = new ArrayList<>();
        Map<String, List<Sides>> sides = new LinkedHashMap<>();
        for (Session session : sessions) {
            List<Measurement> sure = measured.getOrDefault(session.sessionId(), List.of()).stream()
                    .filter(each -> seen(each, leastConfidence))
                    .sorted(SUREST_FIRST)
                    .toList();
            sure.stream()
                    .collect(Collectors.groupingBy(Measurement::exercise, LinkedHashMap::new, Collectors.toList()))
                    .forEach((code, recordings) -> library.find(code).ifPresent(exercise -> {
                        ranges.addAll(ranges(exercise, day(session), recordings));
                        sides(recordings)
                                .ifPresent(both -> sides.computeIfAbsent(code, _ -> new ArrayList<>())
                                        .add(both));
                    }));
        }
        return new Course(pains, ranges, sides);
    }

    private static boolean seen(Measurement measurement, double leastConfidence) {
        Measurement.Movement movement = measurement.movement();
        return movement != null
                && movement.excursions() != null
                && movement.view() != null
                && movement.confidence() >= leastConfidence;
    }

    private static Measurement.Movement movement(Measurement seen) {
        return Objects.requireNonNull(seen.movement());
    }

    private static View view(Measurement seen) {
        return View.valueOf(Objects.requireNonNull(movement(seen).view()));
    }

    private static Measurement.Excursions excursions(Measurement seen) {
        return Objects.requireNonNull(movement(seen).excursions());
    }

    /** Of each side that moved by itself, otherwise of both together. */
    private static List<RangeSeen> ranges(Exercise exercise, LocalDate day, List<Measurement> surestFirst) {
        List<RangeSeen> sides = new ArrayList<>();
        exercise.movement().ifPresent(moved -> {
            for (Side side : Side.values())
                surest(surestFirst, each -> of(excursions(each), side))
                        .ifPresent(seen -> sides.add(
                                new RangeSeen(day, exercise.code(), moved.joint(), side, seen.view(), seen.degrees())));
            if (sides.isEmpty())
                surest(surestFirst, each -> excursions(each).all())
                        .ifPresent(seen -> sides.add(
                                new RangeSeen(day, exercise.code(), moved.joint(), null, seen.view(), seen.degrees())));
        });
        return sides;
    }

    private record Seen(View view, double degrees) {}

    private static Optional<Seen> surest(
            List<Measurement> surestFirst, Function<Measurement, @Nullable Double> degrees) {
        for (Measurement each : surestFirst) {
            Double found = degrees.apply(each);
            if (found != null) return Optional.of(new Seen(view(each), found));
        }
        return Optional.empty();
    }

    private static @Nullable Double of(Measurement.Excursions excursions, Side side) {
        return side == Side.LEFT ? excursions.left() : excursions.right();
    }

    /** Left and right from the same view, of one recording or of one for each side. */
    private static Optional<Sides> sides(List<Measurement> surestFirst) {
        for (Measurement one : surestFirst) {
            Double left = excursions(one).left();
            if (left == null) continue;
            Optional<Seen> right = surest(
                    surestFirst.stream()
                            .filter(other -> view(other) == view(one))
                            .toList(),
                    other -> excursions(other).right());
            if (right.isPresent())
                return Optional.of(new Sides(view(one), left, right.get().degrees()));
        }
        return Optional.empty();
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
