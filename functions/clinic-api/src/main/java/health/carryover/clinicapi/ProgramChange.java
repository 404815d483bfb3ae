package health.carryover.clinicapi;

import health.carryover.clinical.adherence.Program;
import health.carryover.platform.http.Problem;
import health.carryover.platform.http.Refused;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A new version of a program, as a therapist writes it. */
record ProgramChange(
        @Nullable LocalDate validFrom,
        Set<DayOfWeek> days,
        int sessionsPerDay,
        List<Program.Exercise> exercises,
        @Nullable Boolean maintenance,
        @Nullable String note) {

    /** @param pointer where in the request this stands, for problems */
    Program version(int version, String author, Instant now, LocalDate today, Set<String> known, String pointer) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < exercises.size(); i++) {
            Program.Exercise exercise = exercises.get(i);
            String at = pointer + "/exercises/" + i;
            if (!known.contains(exercise.code())) problems.add(new Problem("unknownExercise", at + "/code"));
            Double floor = exercise.rangeFloorDegrees();
            Double ceiling = exercise.rangeCeilingDegrees();
            if (floor != null && ceiling != null && floor > ceiling)
                problems.add(new Problem("floorAboveCeiling", at + "/rangeFloorDegrees"));
        }
        if (!problems.isEmpty()) throw Refused.impossible(problems);
        return new Program(
                version,
                validFrom == null ? today : validFrom,
                days,
                sessionsPerDay,
                exercises,
                Boolean.TRUE.equals(maintenance),
                author,
                now,
                note);
    }
}
