package health.carryover.clinical.engagement;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.engagement.Effort.Prescribed;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The short version of a program for a hard day: a few gentle exercises, one set each. A session of it counts as any
 * other. The same program gives the same short version, whoever asks and however its exercises are ordered.
 */
public final class HardDay {
    /** Our own choice, below the four exercises from which people keep to a program less (Bachmann 2018). */
    public static final int MOST_EXERCISES = 3;

    /** Our own choice. */
    public static final int MOST_REPETITIONS = 10;

    private HardDay() {}

    /**
     * What may be done today.
     * @param weeksSinceSurgery whole weeks; a large number when there was none
     * @param cleared codes that a therapist cleared
     * @param stopped codes that pain has stopped, until reviewed
     * @param locked whether a safety event has locked sessions
     */
    public record Today(int weeksSinceSurgery, Set<String> cleared, Set<String> stopped, boolean locked) {
        public Today {
            cleared = Set.copyOf(cleared);
            stopped = Set.copyOf(stopped);
        }

        private boolean allows(Exercise exercise) {
            if (stopped.contains(exercise.code())) return false;
            if (cleared.contains(exercise.code())) return true;
            Gate gate = exercise.gate();
            return !gate.clearance() && weeksSinceSurgery >= gate.usualWeek().orElse(0);
        }
    }

    /**
     * At most {@value #MOST_EXERCISES} of the program's exercises, mobility before strength before balance, the least
     * load first: one set of at most {@value #MOST_REPETITIONS}, with the prescribed hold and ceiling, and no range that
     * must be reached. Left out is what the library or the efforts do not know, since nothing tells that it is gentle.
     * Empty when nothing is left: then the day is a rest day, and nobody is asked for more.
     * @param library by code
     * @param efforts by code
     */
    public static List<Program.Exercise> of(
            Program program, Map<String, Exercise> library, Map<String, Effort> efforts, Today today) {
        if (today.locked()) return List.of();
        List<Prescribed> possible = new ArrayList<>();
        for (Program.Exercise prescribed : program.exercises()) {
            Exercise exercise = library.get(prescribed.code());
            Effort effort = efforts.get(prescribed.code());
            if (exercise != null && effort != null && today.allows(exercise))
                possible.add(new Prescribed(prescribed, effort));
        }
        return possible.stream()
                .sorted(Effort.gentlestFirst())
                .limit(MOST_EXERCISES)
                .map(each -> shortened(each.exercise()))
                .toList();
    }

    private static Program.Exercise shortened(Program.Exercise exercise) {
        return new Program.Exercise(
                exercise.code(),
                1,
                Math.min(exercise.repetitions(), MOST_REPETITIONS),
                exercise.holdSeconds(),
                null,
                exercise.rangeCeilingDegrees());
    }
}
