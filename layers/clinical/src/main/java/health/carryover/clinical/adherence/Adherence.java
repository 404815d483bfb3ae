package health.carryover.clinical.adherence;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How many of the prescribed sessions were done; {@link Compliance} is the score that a therapist reads, with its parts.
 *
 * @param prescribed in the last {@code days} days, planned breaks removed
 * @param done by any means, all of them, even more than were prescribed
 * @param percent {@code 100 x min(done, prescribed) / prescribed}; absent when nothing was prescribed
 * @param lastSession day of the last session that counts
 * @param score {@link Compliance#score}, 0-100; absent when nothing was prescribed
 * @param line the score with its parts, in one line for the therapist
 */
public record Adherence(
        int days,
        int prescribed,
        int done,
        @Nullable Integer percent,
        @Nullable LocalDate lastSession,
        @Nullable Integer score,
        @Nullable String line) {

    /** @param sessions any order, any number of days; doubled ids count once */
    public static Adherence over(
            int days, LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        int prescribed = 0;
        int done = 0;
        for (ExerciseDay day : ExerciseDay.between(today.minusDays(days - 1L), today, sessions, programs, breaks)) {
            prescribed += day.prescribed();
            done += day.done();
        }
        Integer percent =
                prescribed == 0 ? null : Math.toIntExact(Math.round(100.0 * Math.min(done, prescribed) / prescribed));
        Compliance compliance = Compliance.over(Compliance.USUAL_WEEKS, today, sessions, programs, breaks);
        OptionalInt score = compliance.score();
        return new Adherence(
                days,
                prescribed,
                done,
                percent,
                ExerciseDay.done(sessions).floorKey(today),
                score.isPresent() ? score.getAsInt() : null,
                compliance.line());
    }

    /** What a patient is shown: what was done, no mark. */
    public Adherence withoutScore() {
        return new Adherence(days, prescribed, done, percent, lastSession, null, null);
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
