package health.carryover.clinical.engagement;

import health.carryover.clinical.adherence.Program;
import java.util.Comparator;

/**
 * What an exercise asks of a tired or sore person.
 * @param load from 1, lying or sitting and hardly any weight, to 3, the whole body's weight or more
 */
public record Effort(String exercise, Kind kind, int load) {
    /** The gentlest first. */
    public enum Kind {
        MOBILITY,
        STRENGTH,
        BALANCE,
        ENDURANCE
    }

    public Effort {
        if (load < 1 || load > 3) throw new IllegalArgumentException("load: outside [1, 3]");
    }

    /** Mobility first, then the least load, then the fewest repetitions; ties in the order of the code. */
    static Comparator<Prescribed> gentlestFirst() {
        return Comparator.comparing((Prescribed each) -> each.effort().kind())
                .thenComparing(each -> each.effort().load())
                .thenComparing(each -> each.exercise().sets() * each.exercise().repetitions())
                .thenComparing(each -> each.exercise().code());
    }

    /** An exercise of a program and what it asks. */
    record Prescribed(Program.Exercise exercise, Effort effort) {}
}
