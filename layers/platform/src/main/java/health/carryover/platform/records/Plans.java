package health.carryover.platform.records;

import health.carryover.clinical.adherence.Adherence;
import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.platform.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is derived from a patient's sessions and plan: the summary and the history that the night run reads. Recomputed
 * as a whole from what is stored, so that a lost or doubled event changes nothing that lasts.
 */
public final class Plans {
    /** The risk features look back 56 days, and a margin for sessions that arrive late. */
    static final int HISTORY_DAYS = 63;

    /** Bytes of sessions as JSON; an item may have 400 KB, and programs and breaks want room too. */
    private static final int LARGEST_HISTORY = 250_000;

    /** The therapist's glance covers four weeks. */
    static final int SUMMARY_DAYS = 28;

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

    /** Summary and history as items, in place of those before. */
    public List<Write> derived(PatientRef ref, History history) {
        Instant now = history.rebuiltAt();
        LocalDate today = now.atZone(history.zone()).toLocalDate();
        Adherence summary = Adherence.over(
                SUMMARY_DAYS,
                today,
                history.sessions().stream().map(StoredSession::session).toList(),
                history.programs(),
                history.breaks());
        long version = now.toEpochMilli();
        return List.of(
                new Write.Overwrite(new Entry<>(Key.summary(ref), Kind.SUMMARY, version, summary, Map.of())),
                new Write.Overwrite(new Entry<>(Key.features(ref), Kind.FEATURES, version, history, Map.of())));
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
