package health.carryover.platform.records;

import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.adherence.Session.ExerciseDone;
import health.carryover.clinical.motion.RepTolerance;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.RepTolerances;
import health.carryover.platform.metrics.Metrics;
import health.carryover.platform.records.MovementCheck.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measurements beside the session that they are of. Session and recordings come in any order and through different
 * functions: whoever has stored something calls {@link #settle}, which computes the session's checks anew from all that is
 * stored. So the last one to come finds everything, and a repeat changes nothing.
 */
public final class Measurements {
    private static final int TRIES = 6;

    /** More than a session may name; an item must not outgrow the table because a phone went wild. */
    private static final int MOST_RECORDINGS = 50;

    private static final int MOST_SENSORS = 64;

    private final Records records;
    private final AuditTrail trail;
    private final Metrics metrics;
    private final InstantSource time;
    private final RepTolerance tolerance = RepTolerances.inForce();

    public Measurements(Environment environment, Records records) {
        this.records = records;
        trail = new AuditTrail(environment);
        metrics = new Metrics(environment.time());
        time = environment.time();
    }

    /** To be part of the transaction that settles the matter of a recording; refused when it is measured already. */
    public static Write store(PatientRef patient, String sessionId, Measurement measurement) {
        return new Write.Create(Entry.first(
                Key.measurement(patient, sessionId, measurement.uploadId()), Kind.MEASUREMENT, measurement, Map.of()));
    }

    public boolean has(PatientRef patient, Recording recording) {
        return records.get(Key.measurement(patient, recording.sessionId(), recording.uploadId()), Kind.MEASUREMENT)
                .isPresent();
    }

    /** Those of the sessions of which a recording was measured, in one query. */
    public Set<String> measured(PatientRef patient, Set<String> sessionIds) {
        if (sessionIds.isEmpty()) return Set.of();
        TreeSet<String> sorted = new TreeSet<>(sessionIds);
        return records
                .range(
                        Key.patientPk(patient),
                        Key.measurementPrefix(sorted.first()),
                        Key.measurementPrefix(sorted.last()) + Records.AFTER,
                        Kind.MEASUREMENT)
                .stream()
                .map(entry -> entry.key().sk().split("#")[1])
                .filter(sessionIds::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Compares what is known of a session with what it claims, and writes it beside it; nothing if it has not come yet. */
    public void settle(PatientRef patient, String sessionId) {
        for (int attempt = 1; ; attempt++) {
            Optional<Entry<StoredSession>> session = session(patient, sessionId);
            if (session.isEmpty()) return;
            StoredSession stored = session.get().content();
            List<MovementCheck> checks = checks(patient, stored.session());
            if (checks.equals(stored.movement())) return;
            if (write(patient, session.get(), checks)) {
                tell(stored.movement(), checks);
                return;
            }
            // Somebody else wrote in between, perhaps with less in view: read again.
            if (attempt == TRIES) throw new IllegalStateException("the session kept changing");
        }
    }

    private Optional<Entry<StoredSession>> session(PatientRef patient, String sessionId) {
        return records.get(Key.upload(patient, sessionId), Kind.UPLOAD)
                .map(marker ->
                        Objects.requireNonNull(marker.clear().get(Clear.sessionKey), "marker without its session"))
                .flatMap(sortKey -> records.get(new Key(Key.patientPk(patient), sortKey), Kind.SESSION));
    }

    private boolean write(PatientRef patient, Entry<StoredSession> session, List<MovementCheck> checks) {
        Instant now = time.instant();
        Verdict worst = checks.stream()
                .map(MovementCheck::verdict)
                .max(Comparator.comparing(Measurements::weight))
                .orElse(Verdict.NOT_COUNTED);
        Write.Result result = records.transact(List.of(
                new Write.Replace(session.next(session.content().with(checks), session.clear())),
                new Write.Other(trail.item(new AuditEvent(
                        patient.clinic(),
                        patient.patient(),
                        "motion-analysis",
                        "SYSTEM",
                        "CompareMovement",
                        worst.name(),
                        now,
                        session.content().session().sessionId())))));
        return result instanceof Write.Result.Committed;
    }

    /** What stands for the session where only one word has room. */
    private static int weight(Verdict verdict) {
        return switch (verdict) {
            case DISAGREES -> 6;
            case REFUSED -> 5;
            case WAITING -> 4;
            case UNCERTAIN -> 3;
            case NOT_CLAIMED -> 2;
            case NOT_COUNTED -> 1;
            case AGREES -> 0;
        };
    }

    private void tell(List<MovementCheck> before, List<MovementCheck> after) {
        Map<String, Verdict> known =
                before.stream().collect(Collectors.toMap(MovementCheck::exercise, MovementCheck::verdict));
        for (MovementCheck check : after)
            if (known.get(check.exercise()) != check.verdict())
                metrics.count("MovementCheck", "Verdict", check.verdict().name());
    }

    private List<MovementCheck> checks(PatientRef patient, Session session) {
        List<Measurement> measured = records
                .newestFirst(
                        Key.patientPk(patient),
                        Key.measurementPrefix(session.sessionId()),
                        Kind.MEASUREMENT,
                        MOST_RECORDINGS,
                        Optional.empty())
                .entries()
                .stream()
                .map(Entry::content)
                .toList();
        Map<String, List<Measurement>> byExercise = measured.stream()
                .collect(Collectors.groupingBy(Measurement::exercise, TreeMap::new, Collectors.toList()));
        Map<String, List<String>> awaited = awaited(patient, session, measured);
        Set<String> exercises = new TreeSet<>(byExercise.keySet());
        exercises.addAll(awaited.keySet());
        return exercises.stream()
                .map(exercise -> check(
                        exercise,
                        claimed(session, exercise),
                        byExercise.getOrDefault(exercise, List.of()),
                        awaited.getOrDefault(exercise, List.of())))
                .toList();
    }

    /** Upload ids by exercise of recordings that the session names and of which nothing is known yet. */
    private Map<String, List<String>> awaited(PatientRef patient, Session session, List<Measurement> measured) {
        Set<String> known = measured.stream().map(Measurement::uploadId).collect(Collectors.toSet());
        Map<String, List<String>> awaited = new TreeMap<>();
        for (String uploadId : new TreeSet<>(Objects.requireNonNull(session.recordings()))) {
            if (known.contains(uploadId) || !Key.isId(uploadId)) continue;
            records.get(Key.recording(patient, uploadId), Kind.RECORDING)
                    .map(Entry::content)
                    .filter(recording -> recording.sessionId().equals(session.sessionId()))
                    .ifPresent(recording -> awaited.computeIfAbsent(recording.exercise(), _ -> new ArrayList<>())
                            .add(uploadId));
        }
        return awaited;
    }

    private static @Nullable Integer claimed(Session session, String exercise) {
        List<Integer> counts = session.exercises().stream()
                .filter(done -> done.code().equals(exercise))
                .map(ExerciseDone::repetitions)
                .filter(Objects::nonNull)
                .toList();
        return counts.isEmpty()
                ? null
                : counts.stream().mapToInt(Integer::intValue).sum();
    }

    private MovementCheck check(
            String exercise, @Nullable Integer claimed, List<Measurement> measured, List<String> awaited) {
        List<Measurement> counting = counting(measured);
        List<Measurement.Movement> movements = movements(counting);
        boolean counted = !movements.isEmpty();
        boolean complete = counting.stream().map(Measurement::notMeasured).allMatch(Objects::isNull);
        int full =
                movements.stream().mapToInt(Measurement.Movement::repetitions).sum();
        int partial = movements.stream()
                .mapToInt(Measurement.Movement::partialRepetitions)
                .sum();
        double confidence = confidence(movements);
        List<String> refusals = words(measured, measurement -> Stream.ofNullable(measurement.refusal()));
        Verdict verdict;
        if (!refusals.isEmpty()) verdict = Verdict.REFUSED;
        else if (!awaited.isEmpty()) verdict = Verdict.WAITING;
        else if (!counted) verdict = Verdict.NOT_COUNTED;
        else if (claimed == null) verdict = Verdict.NOT_CLAIMED;
        else if (!complete) verdict = Verdict.UNCERTAIN;
        else
            verdict = switch (tolerance.judge(claimed, full, confidence)) {
                case AGREES -> Verdict.AGREES;
                case DISAGREES -> Verdict.DISAGREES;
                case UNCERTAIN -> Verdict.UNCERTAIN;
            };
        return new MovementCheck(
                exercise,
                verdict,
                claimed,
                counted ? full : null,
                counted ? partial : null,
                median(movements),
                counted ? confidence : null,
                words(movements, movement -> Stream.ofNullable(movement.view())),
                words(movements, movement -> movement.flags().stream()),
                measured.stream()
                        .flatMap(measurement -> measurement.sensors().stream())
                        .limit(MOST_SENSORS)
                        .toList(),
                measured.stream()
                        .map(Measurement::notMeasured)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted(Comparator.comparing(Measurement.NotMeasured::toString))
                        .toList(),
                refusals,
                Stream.concat(measured.stream().map(Measurement::uploadId), awaited.stream())
                        .sorted()
                        .toList(),
                words(measured, measurement -> Stream.ofNullable(measurement.algorithm())),
                tolerance.version());
    }

    /** Those that the count is taken of: camera and sensors watch the same repetitions, which count once. */
    private static List<Measurement> counting(List<Measurement> measured) {
        List<Measurement> cameras =
                measured.stream().filter(each -> each.sensors().isEmpty()).toList();
        List<Measurement> sensors =
                measured.stream().filter(each -> !each.sensors().isEmpty()).toList();
        List<Measurement.Movement> seen = movements(cameras);
        List<Measurement.Movement> felt = movements(sensors);
        if (felt.isEmpty()) return seen.isEmpty() ? measured : cameras;
        if (seen.isEmpty()) return sensors;
        boolean complete = sensors.stream().map(Measurement::notMeasured).allMatch(Objects::isNull);
        return complete && confidence(felt) >= confidence(seen) ? sensors : cameras;
    }

    private static List<Measurement.Movement> movements(List<Measurement> measured) {
        return measured.stream()
                .map(Measurement::movement)
                .filter(Objects::nonNull)
                .toList();
    }

    private static double confidence(List<Measurement.Movement> movements) {
        return movements.stream()
                .mapToDouble(Measurement.Movement::confidence)
                .min()
                .orElse(0);
    }

    /** Each once, sorted: the same facts make the same check. */
    private static <T> List<String> words(List<T> of, Function<T, Stream<String>> word) {
        return of.stream().flatMap(word).distinct().sorted().toList();
    }

    private static @Nullable Double median(List<Measurement.Movement> movements) {
        double[] peaks = movements.stream()
                .flatMap(movement -> movement.peakAnglesDegrees().stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (peaks.length == 0) return null;
        return Math.round((peaks[(peaks.length - 1) / 2] + peaks[peaks.length / 2]) * 5) / 10.0;
    }
}
