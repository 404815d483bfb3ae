package health.carryover.clinical.motion;

/** The person's own left and right, never the picture's. */
public enum Side {
    LEFT,
    RIGHT
}
