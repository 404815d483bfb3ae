package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.RangeGoal;
import java.util.OptionalDouble;

/**
 * What is prescribed of one exercise for one session.
 * @param reps wanted, [0, 1000]; 0 when none are counted
 * @param limitDeg the primary angle that must not be passed on the way to the peak, neutral-zero degrees [-180, 180]: a
 *     protocol's ceiling, or its floor where the angle shrinks; empty when there is none
 * @param mayGoFurther false while the patient must not be driven on: after a rotator-cuff repair until a therapist clears
 */
public record Dose(int reps, RangeGoal goal, OptionalDouble limitDeg, TempoGoal tempo, boolean mayGoFurther) {
    public Dose {
        if (reps < 0 || reps > 1000) throw new IllegalArgumentException("reps outside [0, 1000]");
        if (limitDeg.isPresent() && !(Math.abs(limitDeg.getAsDouble()) <= 180))
            throw new IllegalArgumentException("limit outside [-180, 180] degrees");
    }

    /** So many repetitions, as far as the person can. */
    public static Dose of(int reps) {
        return new Dose(reps, RangeGoal.NONE, OptionalDouble.empty(), TempoGoal.CONTROLLED, true);
    }
}
