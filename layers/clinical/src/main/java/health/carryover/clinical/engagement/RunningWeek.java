package health.carryover.clinical.engagement;

import health.carryover.clinical.adherence.Compliance;
import health.carryover.clinical.adherence.ExerciseDay;
import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import java.time.LocalDate;
import java.util.List;

/**
 * The patient's week from Monday to Sunday, as the home screen shows it. A day that passed without its session is not
 * called missed: within the week it may be done on another day.
 *
 * @param prescribed sessions of the whole week
 * @param done so far
 * @param days seven, Monday first
 */
public record RunningWeek(int prescribed, int done, List<Day> days) {
    public record Day(LocalDate date, State state) {}

    public enum State {
        /** A session was done, prescribed or not. */
        DONE,
        /** A session is prescribed and not done yet. */
        OPEN,
        /** Nothing is prescribed. */
        REST,
        /** Of a planned break. */
        BREAK
    }

    /**
     * @param today in the patient's zone; later sessions are not looked at
     * @param sessions any order; doubled ids count once
     */
    public static RunningWeek at(
            LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        LocalDate monday = Compliance.monday(today);
        List<ExerciseDay> week = ExerciseDay.between(monday, monday.plusDays(6), sessions, programs, breaks);
        int prescribed = week.stream().mapToInt(ExerciseDay::prescribed).sum();
        int done = week.stream()
                .filter(day -> !day.date().isAfter(today))
                .mapToInt(ExerciseDay::done)
                .sum();
        return new RunningWeek(
                prescribed,
                done,
                week.stream().map(day -> new Day(day.date(), state(day, today))).toList());
    }

    private static State state(ExerciseDay day, LocalDate today) {
        if (day.done() > 0 && !day.date().isAfter(today)) return State.DONE;
        if (day.inBreak()) return State.BREAK;
        return day.prescribed() > 0 ? State.OPEN : State.REST;
    }
}
