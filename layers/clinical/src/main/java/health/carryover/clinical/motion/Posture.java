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

    /** Knees less far below the hips, in trunk lengths, are not those of somebody who stands. */
    static final double STANDING_FROM = 0.4;
    /** Knees further below the hips do not sit. */
    static final double SITTING_TO = 0.55;
    /** Knees further below the hips do not lie: more than sitting, since trunks look short seen along them. */
    static final double LYING_TO = 0.75;

    /**
     * Whether somebody so placed may rest in it.
     * @param inclinationDeg of the trunk against the vertical of the picture
     * @param thighDrop {@link Trunk#thighDrop}; NaN: not known
     */
    boolean allows(double inclinationDeg, double thighDrop) {
        return switch (this) {
            case STANDING -> inclinationDeg <= UPRIGHT_TO_DEG && !(thighDrop < STANDING_FROM);
            case SITTING -> inclinationDeg <= UPRIGHT_TO_DEG && !(thighDrop > SITTING_TO);
            case LYING -> inclinationDeg >= LYING_FROM_DEG && !(thighDrop > LYING_TO);
            case ANY -> true;
        };
    }
}
