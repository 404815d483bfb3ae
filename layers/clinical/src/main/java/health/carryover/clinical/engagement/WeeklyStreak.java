package health.carryover.clinical.engagement;

import health.carryover.clinical.adherence.Compliance;
import health.carryover.clinical.adherence.ExerciseDay;
import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;

/**
 * Weeks in a row in which the patient kept to the program. Computed each time from all sessions, so an upload that comes
 * late repairs it. A rest day asks for nothing and a session may be done on another day of the week. A week touched by a
 * planned break can be kept but cannot end the row; nor can one in which nothing was prescribed, nor the running one.
 *
 * @param weeks kept without one missed between them
 * @param thisWeekKept whether the running week is one of them already
 */
public record WeeklyStreak(int weeks, boolean thisWeekKept) {
    /** Percent of the week's dose from which it is kept, included; our own choice, as in the risk features. */
    public static final int KEPT_PERCENT = 70;

    /** Fewer weeks are not called a row. */
    public static final int LEAST_SHOWN = 2;

    /** Further back nobody looks: two years. */
    static final int MOST_WEEKS = 104;

    /**
     * @param today in the patient's zone; later sessions are not looked at
     * @param sessions any order; doubled ids count once
     */
    public static WeeklyStreak at(
            LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        LocalDate running = Compliance.monday(today);
        LocalDate start = programs.stream()
                .map(Program::validFrom)
                .min(LocalDate::compareTo)
                .orElse(today);
        LocalDate first = later(Compliance.monday(start), running.minusWeeks(MOST_WEEKS));
        int kept = 0;
        boolean runningKept = false;
        for (LocalDate monday = running; !monday.isBefore(first); monday = monday.minusWeeks(1)) {
            // The whole week, so that the running one is kept only when it is so whatever happens until Sunday.
            List<ExerciseDay> days = ExerciseDay.between(monday, monday.plusDays(6), sessions, programs, breaks);
            int prescribed = days.stream().mapToInt(ExerciseDay::prescribed).sum();
            int done = days.stream()
                    .filter(day -> !day.date().isAfter(today))
                    .mapToInt(ExerciseDay::done)
                    .sum();
            boolean isRunning = monday.equals(running);
            if (prescribed == 0) continue;
            if (100 * done >= KEPT_PERCENT * prescribed) {
                kept++;
                runningKept |= isRunning;
            } else if (!isRunning && days.stream().noneMatch(ExerciseDay::inBreak)) break;
        }
        return new WeeklyStreak(kept, runningKept);
    }

    /**
     * What the patient sees: the weeks in a row. Empty, and then nothing is said at all, when there is no row, so that a
     * broken one is never announced, and while a safety task is open (SAFETY.md).
     */
    public OptionalInt shown(boolean safetyTaskOpen) {
        return safetyTaskOpen || weeks < LEAST_SHOWN ? OptionalInt.empty() : OptionalInt.of(weeks);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
