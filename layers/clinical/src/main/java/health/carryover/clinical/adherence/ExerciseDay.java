package health.carryover.clinical.adherence;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What one day asked for and what was done on it. A day hangs on nothing but its own sessions, the program in force on
 * it and the breaks that cover it, so that a session uploaded late changes its own day and no other.
 *
 * @param prescribed sessions; 0 on a rest day, before the first program and in a planned break
 * @param done sessions that count, recorded by any means
 * @param inBreak whether a planned break covers the day
 */
public record ExerciseDay(LocalDate date, int prescribed, int done, boolean inBreak) {
    /**
     * Every day from the first to the last, both included.
     * @param sessions any order; doubled ids count once
     */
    public static List<ExerciseDay> between(
            LocalDate first,
            LocalDate last,
            List<Session> sessions,
            List<Program> programs,
            List<PlannedBreak> breaks) {
        Map<LocalDate, Integer> done = done(sessions);
        List<ExerciseDay> days = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            LocalDate date = day;
            boolean inBreak = breaks.stream().anyMatch(pause -> pause.covers(date));
            int prescribed = inBreak ? 0 : Adherence.prescribedOn(date, programs);
            days.add(new ExerciseDay(date, prescribed, done.getOrDefault(date, 0), inBreak));
        }
        return days;
    }

    /** Sessions that count by day, the earliest day first. */
    static TreeMap<LocalDate, Integer> done(List<Session> sessions) {
        TreeMap<LocalDate, Integer> byDay = new TreeMap<>();
        sessions.stream()
                .filter(Session::counts)
                // Of two with one id the earlier day is taken, whichever was uploaded first.
                .collect(toMap(Session::sessionId, ExerciseDay::of, BinaryOperator.minBy(LocalDate::compareTo)))
                .values()
                .forEach(day -> byDay.merge(day, 1, Integer::sum));
        return byDay;
    }

    private static LocalDate of(Session session) {
        return session.endedAt().atZone(session.zone()).toLocalDate();
    }
}
