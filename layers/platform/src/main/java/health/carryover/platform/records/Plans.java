package health.carryover.platform.records;

import health.carryover.clinical.adherence.Adherence;
import health.carryover.clinical.adherence.Compliance;
import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.platform.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is derived from a patient's sessions and plan: the history that the night run reads, and how the patient keeps to
 * the plan. Worked out as a whole from what is stored, so that a lost or doubled event changes nothing that lasts.
 */
public final class Plans {
    /** The risk features look back 56 days, and a margin for sessions that arrive late. */
    public static final int HISTORY_DAYS = 63;

    /** Bytes of sessions as JSON; an item may have 400 KB, and programs and breaks want room too. */
    private static final int LARGEST_HISTORY = 250_000;

    private final Records records;

    public Plans(Records records) {
        this.records = records;
    }

    public List<Program> programs(PatientRef patient) {
        return contents(records.prefix(Key.patientPk(patient), "PROGRAM#", Kind.PROGRAM));
    }

    public History history(PatientRef ref, Patient patient, Instant now) {
        String pk = Key.patientPk(ref);
        Instant from = now.minus(HISTORY_DAYS, ChronoUnit.DAYS);
        List<StoredSession> sessions =
                contents(records.range(pk, "SESSION#" + Key.instant(from), "SESSION#~", Kind.SESSION));
        List<Appointment> appointments =
                contents(records.range(pk, "APPOINTMENT#" + Key.instant(from), "APPOINTMENT#~", Kind.APPOINTMENT));
        List<PlannedBreak> breaks = contents(records.prefix(pk, "BREAK#", Kind.BREAK));
        List<Instant> encouragedAt = records.prefix(pk, "ESCALATION#", Kind.ESCALATION).stream()
                .map(entry -> entry.content().encouragedAt())
                .filter(Objects::nonNull)
                .toList();
        return new History(
                patient.zone(),
                patient.planStart(),
                bounded(sessions.stream().map(Plans::withoutWords).toList()),
                programs(ref),
                breaks,
                appointments,
                encouragedAt,
                now);
    }

    /** The history as an item, in place of the one before. */
    public List<Write> derived(PatientRef ref, History history) {
        long version = history.rebuiltAt().toEpochMilli();
        return List.of(new Write.Overwrite(new Entry<>(Key.features(ref), Kind.FEATURES, version, history, Map.of())));
    }

    /**
     * What a patient did and was to do, read from the sessions themselves. A stored summary would stand still for a
     * patient who does nothing, which is the very one to see.
     *
     * @param today in the patient's zone
     */
    public record Course(LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        public Adherence adherence() {
            return Adherence.over(Compliance.USUAL_WEEKS, today, sessions, programs, breaks);
        }

        public Compliance compliance() {
            return Compliance.over(Compliance.USUAL_WEEKS, today, sessions, programs, breaks);
        }
    }

    /** @param days how far back sessions are read */
    public Course course(PatientRef ref, ZoneId zone, Instant now, int days) {
        String pk = Key.patientPk(ref);
        Instant from = now.minus(days, ChronoUnit.DAYS);
        return new Course(
                now.atZone(zone).toLocalDate(),
                records.range(pk, "SESSION#" + Key.instant(from), "SESSION#~", Kind.SESSION).stream()
                        .map(entry -> entry.content().session())
                        .toList(),
                programs(ref),
                contents(records.prefix(pk, "BREAK#", Kind.BREAK)));
    }

    /** A phone gone wild must not make an item larger than a table takes: the oldest sessions are left out first. */
    static List<StoredSession> bounded(List<StoredSession> oldestFirst) {
        int size = 0;
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            size += Json.bytes(oldestFirst.get(i)).length;
            if (size > LARGEST_HISTORY) return oldestFirst.subList(i + 1, oldestFirst.size());
        }
        return oldestFirst;
    }

    private static StoredSession withoutWords(StoredSession stored) {
        Session session = stored.session();
        return new StoredSession(
                new Session(
                        session.sessionId(),
                        session.programVersion(),
                        session.startedAt(),
                        session.endedAt(),
                        session.zone(),
                        session.recordedBy(),
                        session.exercises(),
                        session.pain(),
                        session.formScore(),
                        null,
                        null,
                        null),
                stored.raw(),
                stored.clockCorrection(),
                stored.receivedAt(),
                List.of());
    }

    private static <T> List<T> contents(List<Entry<T>> entries) {
        return entries.stream().map(Entry::content).toList();
    }
}
