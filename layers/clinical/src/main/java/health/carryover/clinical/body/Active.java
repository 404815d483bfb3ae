package health.carryover.clinical.body;

/** Which side moves. Moves of both legs, as a squat, know only BOTH. */
public enum Active {
    BOTH,
    LEFT,
    RIGHT,
    /** Left, right, left ... */
    ALTERNATING
}
