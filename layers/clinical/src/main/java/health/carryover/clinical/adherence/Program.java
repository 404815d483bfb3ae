package health.carryover.clinical.adherence;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The home exercise program in force from {@code validFrom} until a newer version.
 *
 * @param version 1, 2, 3 ...
 * @param days the days of the week with a session prescribed; at least one
 * @param sessionsPerDay prescribed on each of those days, 1 or more
 * @param maintenance true once the plan of care has ended and the patient carries on alone
 * @param author the therapist who wrote it
 * @param note to the patient, in the therapist's words
 */
public record Program(
        int version,
        LocalDate validFrom,
        Set<DayOfWeek> days,
        int sessionsPerDay,
        List<Exercise> exercises,
        boolean maintenance,
        String author,
        Instant writtenAt,
        @Nullable String note) {
    /** One prescribed exercise; range in degrees, neutral-zero convention. */
    public record Exercise(
            String code,
            int sets,
            int repetitions,
            @Nullable Integer holdSeconds,
            @Nullable Double rangeFloorDegrees,
            @Nullable Double rangeCeilingDegrees) {}

    public Program {
        days = Set.copyOf(days);
        exercises = List.copyOf(exercises);
    }

    public int sessionsPerWeek() {
        return days.size() * sessionsPerDay;
    }

    /** Sessions prescribed on that day; 0 on a rest day or before the program begins. */
    public int sessionsOn(LocalDate day) {
        return !day.isBefore(validFrom) && days.contains(day.getDayOfWeek()) ? sessionsPerDay : 0;
    }
}
