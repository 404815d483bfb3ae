package health.carryover.clinical.adherence;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a patient keeps to the program, in one look. There is one mark, {@link Compliance#score}, and the counts beside it
 * are of the same whole weeks: a second percentage over other days would only contradict it.
 *
 * @param since the Monday from which this counts
 * @param prescribed sessions since then, planned breaks removed; today's only once they are done
 * @param done by any means, all of them, even more than were prescribed
 * @param lastSession day of the last session that counts
 * @param score {@link Compliance#score}, 0-100; absent when nothing was prescribed
 * @param line the score with its parts, in one line for the therapist
 */
public record Adherence(
        LocalDate since,
        int prescribed,
        int done,
        @Nullable LocalDate lastSession,
        @Nullable Integer score,
        @Nullable String line) {

    /**
     * @param weeks how many, the running one included; {@link Compliance#USUAL_WEEKS} for the therapist's glance
     * @param today in the patient's zone
     * @param sessions any order, any number of days; doubled ids count once
     */
    public static Adherence over(
            int weeks, LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        Compliance compliance = Compliance.over(weeks, today, sessions, programs, breaks);
        OptionalInt score = compliance.score();
        return new Adherence(
                compliance.weeks().getFirst().from(),
                compliance.prescribed(),
                compliance.weeks().stream().mapToInt(Compliance.Week::done).sum(),
                ExerciseDay.done(sessions).floorKey(today),
                score.isPresent() ? score.getAsInt() : null,
                compliance.line());
    }

    /** What a patient is shown: what was done, no mark. */
    public Adherence withoutScore() {
        return new Adherence(since, prescribed, done, lastSession, null, null);
    }

    /** Sessions that the program in force prescribes on a day. */
    public static int prescribedOn(LocalDate day, List<Program> programs) {
        Program inForce = null;
        for (Program program : programs)
            if (!program.validFrom().isAfter(day) && (inForce == null || program.version() > inForce.version()))
                inForce = program;
        return inForce == null ? 0 : inForce.sessionsOn(day);
    }
}
