package health.carryover.clinical.adherence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What makes a well-formed session clinically impossible. The API document checks shapes; this checks sense. */
public final class SessionRules {
    /** How far a session may lie in the future after the phone's clock was corrected. */
    static final Duration FUTURE = Duration.ofMinutes(5);

    /** Older than this, a session says more about the phone than about the patient. Our own bound. */
    static final Duration OLDEST = Duration.ofDays(366);

    /** A problem of one member: a stable code and the JSON pointer of the member, never its value. */
    public record Problem(String code, String pointer) {}

    private SessionRules() {}

    /** @return every reason to refuse the session; empty when there is none */
    public static List<Problem> problems(Session session, Instant now, Set<String> knownExercises) {
        List<Problem> problems = new ArrayList<>();
        if (!session.endedAt().isAfter(session.startedAt()))
            problems.add(new Problem("endedBeforeStarted", "/endedAt"));
        else if (Duration.between(session.startedAt(), session.endedAt()).compareTo(Session.LONGEST) > 0)
            problems.add(new Problem("longerThanSixHours", "/endedAt"));
        if (session.endedAt().isAfter(now.plus(FUTURE))) problems.add(new Problem("inTheFuture", "/endedAt"));
        if (session.startedAt().isBefore(now.minus(OLDEST))) problems.add(new Problem("olderThanAYear", "/startedAt"));
        for (int i = 0; i < session.exercises().size(); i++)
            if (!knownExercises.contains(session.exercises().get(i).code()))
                problems.add(new Problem("unknownExercise", "/exercises/" + i + "/code"));
        return problems;
    }
}
