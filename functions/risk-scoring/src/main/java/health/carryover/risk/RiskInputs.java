package health.carryover.risk;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.platform.records.Appointment;
import health.carryover.platform.records.History;
import health.carryover.platform.records.StoredSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the features are computed from, out of a stored history. */
final class RiskInputs {
    private RiskInputs() {}

    static CarePlan plan(History history) {
        // Of two versions that begin on the same day the newer one was never followed by the older.
        Map<Instant, Integer> doses = new TreeMap<>();
        history.programs().stream()
                .sorted(Comparator.comparingInt(Program::version))
                .forEach(program -> doses.put(
                        program.validFrom().atStartOfDay(history.zone()).toInstant(), program.sessionsPerWeek()));
        return new CarePlan(
                history.zone(),
                doses.entrySet().stream()
                        .map(dose -> new CarePlan.Dose(dose.getKey(), dose.getValue()))
                        .toList(),
                history.breaks().stream()
                        .map(pause -> new CarePlan.PlannedBreak(pause.from(), pause.to(), Instant.EPOCH))
                        .toList(),
                history.appointments().stream()
                        .map(visit -> visit(visit, history.rebuiltAt()))
                        .toList(),
                history.encouragedAt().stream()
                        .map(sentAt -> new CarePlan.Outreach(sentAt, null))
                        .toList());
    }

    /** When a visit was booked is not stored; all that is in the history is known now. */
    private static CarePlan.Visit visit(Appointment appointment, Instant known) {
        CarePlan.Visit booked = CarePlan.Visit.booked(Instant.EPOCH, appointment.at());
        Instant since = appointment.at().isBefore(known) ? appointment.at() : known;
        return switch (appointment.state()) {
            case BOOKED -> booked;
            case ATTENDED -> booked.becomes(CarePlan.Visit.State.ATTENDED, since);
            case CANCELLED -> booked.becomes(CarePlan.Visit.State.CANCELLED, since);
            case MISSED -> booked.becomes(CarePlan.Visit.State.MISSED, since);
        };
    }

    static List<SessionFact> facts(History history) {
        return history.sessions().stream().map(RiskInputs::fact).toList();
    }

    private static SessionFact fact(StoredSession stored) {
        Session session = stored.session();
        Set<String> skipped = new HashSet<>();
        session.exercises().stream()
                .filter(exercise -> exercise.completion() == Session.Completion.SKIPPED)
                .forEach(exercise -> skipped.add(exercise.code()));
        Session.Pain pain = session.pain();
        Integer form = session.formScore();
        return new SessionFact(
                session.sessionId(),
                session.endedAt(),
                stored.receivedAt(),
                session.completedFraction(),
                pain == null ? null : pain.before(),
                pain == null ? null : pain.after(),
                form == null ? null : form / 100.0,
                skipped,
                switch (session.recordedBy()) {
                    case CAMERA -> SessionFact.Recording.CAMERA;
                    case SENSOR -> SessionFact.Recording.SENSOR;
                    case MANUAL, CLINIC, PAPER -> SessionFact.Recording.MANUAL;
                });
    }
}
