package health.carryover.clinical.motion;

/** How the person is placed while resting between repetitions. */
public enum Posture {
    STANDING,
    SITTING,
    LYING,
    /** Anything else, as on hands and knees. */
    ANY;

    /** A trunk inclined less against the vertical is not lying. */
    static final double LYING_FROM_DEG = 50;
    /** A trunk inclined more does neither stand nor sit. */
    static final double UPRIGHT_TO_DEG = 55;

    /** Whether a trunk inclined so is possible in it, degrees against the vertical of the picture. */
    boolean allows(double inclinationDeg) {
        return switch (this) {
            case STANDING, SITTING -> inclinationDeg <= UPRIGHT_TO_DEG;
            case LYING -> inclinationDeg >= LYING_FROM_DEG;
            case ANY -> true;
        };
    }
}
