package health.carryover.clinical.exercise;

/** What a coach says beside corrections, the most important first. */
public enum Cue {
    /** The protocol's ceiling is reached. */
    STOP_THERE,
    /** Well short of the goal, by more than the camera errs. */
    FURTHER,
    /** Short of the goal, by less than the camera errs. */
    A_LITTLE_FURTHER,
    SLOWER,
    HOLD,
    GOOD
}
