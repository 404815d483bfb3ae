package health.carryover.local.demo;

import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.platform.records.Appointment;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredSession;
import health.carryover.platform.records.Write;
import health.carryover.training.CohortSimulator;
import health.carryover.training.SimulatedPerson;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The patients of whole clinics, written straight into the tables: people of the simulated cohort, each at a day of their
 * plan between the first and the last. Through the API the sessions of one clinic alone would take a minute; the night run
 * reads no more of a patient than what is written here.
 */
public final class SimulatedCaseload {
    /** As far back as a history goes. */
    private static final Duration KEPT = Duration.ofDays(63);

    private static final DayOfWeek[] DAYS = DayOfWeek.values();
    private static final int PER_TRANSACTION = 40;

    private final Records records;
    private final Ids ids = new Ids();

    /** @param records with the right to put items */
    public SimulatedCaseload(Records records) {
        this.records = records;
    }

    /**
     * @param seed who they are
     * @param firstDay the earliest day of their plan on which anybody stands; later ones follow at random
     * @return the patients' ids
     */
    public List<String> fill(String clinic, List<String> therapists, long seed, int count, int firstDay, Instant now) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> patients = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (SimulatedPerson person : CohortSimulator.cohort(seed, count)) {
            PatientRef ref = new PatientRef(clinic, ids.next(now));
            String therapist = therapists.get(patients.size() % therapists.size());
            int day = firstDay + random.nextInt(60);
            writes.addAll(items(ref, person, therapist, day, now));
            patients.add(ref.patient());
            if (writes.size() >= PER_TRANSACTION) {
                records.commit(writes);
                writes.clear();
            }
        }
        if (!writes.isEmpty()) records.commit(writes);
        return patients;
    }

    private static List<Write> items(PatientRef ref, SimulatedPerson person, String therapist, int day, Instant now) {
        CarePlan plan = person.plan();
        ZoneId zone = plan.zone();
        LocalDate began = plan.start().atZone(zone).toLocalDate();
        // Moved by whole days, so that who exercises in the morning still does.
        Period moved = Period.ofDays(
                (int) (ChronoUnit.DAYS.between(began, now.atZone(zone).toLocalDate()) - day));
        Instant from = now.minus(KEPT);
        List<StoredSession> sessions = person.sessions().stream()
                .filter(fact -> moved(fact.endedAt(), zone, moved).isAfter(from)
                        && moved(fact.receivedAt(), zone, moved).isBefore(now))
                .map(fact -> session(fact, zone, moved))
                .toList();
        List<Program> programs = new ArrayList<>();
        for (CarePlan.Dose dose : plan.doses()) {
            Instant since = moved(dose.from(), zone, moved);
            if (since.isAfter(now)) continue;
            Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
            for (int i = 0; i < dose.sessionsPerWeek(); i++) days.add(DAYS[i * DAYS.length / dose.sessionsPerWeek()]);
            programs.add(new Program(
                    programs.size() + 1,
                    since.atZone(zone).toLocalDate(),
                    days,
                    1,
                    List.of(),
                    false,
                    therapist,
                    since,
                    null));
        }
        List<Appointment> appointments = plan.visits().stream()
                .filter(visit -> moved(visit.at(), zone, moved).isAfter(from)
                        && moved(visit.bookedAt(), zone, moved).isBefore(now))
                .map(visit -> appointment(visit, zone, moved, now))
                .toList();
        List<PlannedBreak> breaks = plan.breaks().stream()
                .filter(pause -> moved(pause.announcedAt(), zone, moved).isBefore(now))
                .map(pause -> new PlannedBreak(
                        pause.first().plus(moved), pause.last().plus(moved), PlannedBreak.Reason.OTHER))
                .toList();
        Patient patient = new Patient(
                "Simulated Person",
                "+12125550100",
                LocalDate.parse("1970-01-01"),
                zone,
                "en",
                therapist,
                "KNEE_ARTHROPLASTY",
                began.plus(moved),
                Patient.Status.ACTIVE,
                null,
                null,
                Set.of(),
                null,
                now,
                null);
        History history =
                new History(zone, began.plus(moved), sessions, programs, breaks, appointments, List.of(), now);
        List<Write> writes = new ArrayList<>(List.of(
                create(Key.patient(ref), Kind.PATIENT, patient),
                create(Key.consent(ref, 1), Kind.CONSENT, new Consent(1, EnumSet.allOf(Consent.Scope.class), now)),
                new Write.Overwrite(
                        new Entry<>(Key.features(ref), Kind.FEATURES, now.toEpochMilli(), history, Map.of()))));
        for (Program program : programs) writes.add(create(Key.program(ref, program.version()), Kind.PROGRAM, program));
        return writes;
    }

    private static <T> Write create(Key key, Kind<T> kind, T content) {
        return new Write.Create(Entry.first(key, kind, content, Map.of()));
    }

    private static Instant moved(Instant at, ZoneId zone, Period by) {
        return at.atZone(zone).plus(by).toInstant();
    }

    private static Appointment appointment(CarePlan.Visit visit, ZoneId zone, Period moved, Instant now) {
        boolean known = moved(visit.stateSince(), zone, moved).isBefore(now);
        return new Appointment(
                moved(visit.at(), zone, moved),
                known ? Appointment.State.valueOf(visit.state().name()) : Appointment.State.BOOKED);
    }

    /** One exercise stands for the session: what was skipped of how much is the cohort's, not an exercise's name. */
    private static StoredSession session(SessionFact fact, ZoneId zone, Period moved) {
        Instant endedAt = moved(fact.endedAt(), zone, moved);
        Instant startedAt = endedAt.minus(Duration.ofMinutes(15));
        Double form = fact.formScore();
        Integer before = fact.painBefore();
        Integer after = fact.painAfter();
        Session session = new Session(
                fact.id(),
                1,
                startedAt,
                endedAt,
                zone,
                switch (fact.recording()) {
                    case CAMERA -> Session.RecordedBy.CAMERA;
                    case SENSOR -> Session.RecordedBy.SENSOR;
                    case MANUAL -> Session.RecordedBy.MANUAL;
                },
                List.of(new Session.ExerciseDone("squat", Session.Completion.DONE, 10, null, null, null, null)),
                before == null || after == null ? null : new Session.Pain(before, null, after),
                form == null ? null : (int) Math.round(100 * form),
                null,
                null,
                null);
        return new StoredSession(
                session,
                new StoredSession.Raw(startedAt, endedAt),
                Duration.ZERO,
                moved(fact.receivedAt(), zone, moved));
    }
}
