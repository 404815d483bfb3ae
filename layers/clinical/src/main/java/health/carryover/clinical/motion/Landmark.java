package health.carryover.clinical.motion;

/** The 33 points of MediaPipe Pose, in its order: the ordinal is the index. Odd indices from 7 on are the left side. */
public enum Landmark {
    NOSE,
    LEFT_EYE_INNER,
    LEFT_EYE,
    LEFT_EYE_OUTER,
    RIGHT_EYE_INNER,
    RIGHT_EYE,
    RIGHT_EYE_OUTER,
    LEFT_EAR,
    RIGHT_EAR,
    MOUTH_LEFT,
    MOUTH_RIGHT,
    LEFT_SHOULDER,
    RIGHT_SHOULDER,
    LEFT_ELBOW,
    RIGHT_ELBOW,
    LEFT_WRIST,
    RIGHT_WRIST,
    LEFT_PINKY,
    RIGHT_PINKY,
    LEFT_INDEX,
    RIGHT_INDEX,
    LEFT_THUMB,
    RIGHT_THUMB,
    LEFT_HIP,
    RIGHT_HIP,
    LEFT_KNEE,
    RIGHT_KNEE,
    LEFT_ANKLE,
    RIGHT_ANKLE,
    LEFT_HEEL,
    RIGHT_HEEL,
    LEFT_FOOT_INDEX,
    RIGHT_FOOT_INDEX;

    /** Landmarks of a frame: 33. */
    public static final int COUNT = 33;

    /** The same point of the other side; the nose is its own. */
    public Landmark opposite() {
        return switch (this) {
            case NOSE -> NOSE;
            case LEFT_EYE_INNER -> RIGHT_EYE_INNER;
            case LEFT_EYE -> RIGHT_EYE;
            case LEFT_EYE_OUTER -> RIGHT_EYE_OUTER;
            case RIGHT_EYE_INNER -> LEFT_EYE_INNER;
            case RIGHT_EYE -> LEFT_EYE;
            case RIGHT_EYE_OUTER -> LEFT_EYE_OUTER;
            default -> values()[ordinal() % 2 == 1 ? ordinal() + 1 : ordinal() - 1]; // odd is left from the ears on
        };
    }
}
