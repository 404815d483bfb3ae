package health.carryover.clinical.motion;

import java.util.OptionalDouble;

/**
 * What a patient's repetitions are measured by.
 * @param prescribedDeg excursion from rest to peak that makes a repetition full, degrees, (0, 180]; empty: the person's
 *     own range decides
 * @param ownDeg the patient's own range as calibrated in the clinic or in earlier sessions, degrees, (0, 180]; empty: it
 *     is learnt from the repetitions
 */
public record RangeGoal(OptionalDouble prescribedDeg, OptionalDouble ownDeg) {
    /** Nothing is prescribed or known. */
    public static final RangeGoal NONE = new RangeGoal(OptionalDouble.empty(), OptionalDouble.empty());

    public RangeGoal {
        check(prescribedDeg, "prescribed range");
        check(ownDeg, "own range");
    }

    public static RangeGoal prescribed(double degrees) {
        return new RangeGoal(OptionalDouble.of(degrees), OptionalDouble.empty());
    }

    private static void check(OptionalDouble degrees, String name) {
        if (degrees.isPresent() && !(degrees.getAsDouble() > 0 && degrees.getAsDouble() <= 180))
            throw new IllegalArgumentException(name + " outside (0, 180] degrees");
    }
}
