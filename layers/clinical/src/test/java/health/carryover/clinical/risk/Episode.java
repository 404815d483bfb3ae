package health.carryover.clinical.risk;

import health.carryover.clinical.risk.CarePlan.Dose;
import health.carryover.clinical.risk.CarePlan.Outreach;
import health.carryover.clinical.risk.CarePlan.PlannedBreak;
import health.carryover.clinical.risk.CarePlan.Visit;
import health.carryover.clinical.risk.SessionFact.Recording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A plan of seven sessions a week that began on Monday, 5 January 2026, at 10:00 in Chicago (16:00 UTC); a test adds the
 * one thing it is about. Days count from that moment.
 */
final class Episode {
    static final Instant START = Instant.parse("2026-01-05T16:00:00Z");
    static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    final List<SessionFact> sessions = new ArrayList<>();
    private final List<Dose> doses = new ArrayList<>(List.of(new Dose(START, 7)));
    private final List<PlannedBreak> breaks = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final List<Outreach> outreach = new ArrayList<>();

    static Instant day(double days) {
        return START.plusSeconds(Math.round(days * 86_400));
    }

    Episode sessionsOn(double... days) {
        for (double day : days) sessions.add(session(day));
        return this;
    }

    Episode sessionsDaily(int firstDay, int lastDay) {
        for (int day = firstDay; day <= lastDay; day++) sessionsOn(day);
        return this;
    }

    Episode with(SessionFact session) {
        sessions.add(session);
        return this;
    }

    Episode perWeek(int sessionsPerWeek) {
        doses.set(0, new Dose(START, sessionsPerWeek));
        return this;
    }

    Episode doseFrom(double day, int sessionsPerWeek) {
        doses.add(new Dose(day(day), sessionsPerWeek));
        return this;
    }

    Episode breakOn(String first, String last) {
        return breakOn(first, last, START);
    }

    Episode breakOn(String first, String last, Instant announcedAt) {
        breaks.add(new PlannedBreak(LocalDate.parse(first), LocalDate.parse(last), announcedAt));
        return this;
    }

    Episode visit(Visit visit) {
        visits.add(visit);
        return this;
    }

    Episode message(Outreach message) {
        outreach.add(message);
        return this;
    }

    CarePlan plan() {
        return new CarePlan(CHICAGO, doses, breaks, visits, outreach);
    }

    RiskFeatures features(double day) {
        return RiskFeatures.of(plan(), sessions, day(day));
    }

    /** A complete session by camera without pain. */
    static SessionFact session(double day) {
        return new SessionFact("day-" + day, day(day), day(day), 1, 0, 0, 0.8, Set.of(), Recording.CAMERA);
    }

    static SessionFact receivedLate(SessionFact s, Duration delay) {
        return new SessionFact(
                s.id(),
                s.endedAt(),
                s.endedAt().plus(delay),
                s.completedFraction(),
                s.painBefore(),
                s.painAfter(),
                s.formScore(),
                s.skipped(),
                s.recording());
    }

    static SessionFact pain(double day, int before, int after) {
        return new SessionFact("day-" + day, day(day), day(day), 1, before, after, 0.8, Set.of(), Recording.CAMERA);
    }

    static SessionFact quality(double day, double completed, double form, Recording recording, String... skipped) {
        return new SessionFact(
                "day-" + day, day(day), day(day), completed, null, null, form, Set.of(skipped), recording);
    }
}
