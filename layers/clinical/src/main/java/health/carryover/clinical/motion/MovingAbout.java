package health.carryover.clinical.motion;

/** Tells walking, stooping, lying down and getting up from the repetitions of one movement. */
final class MovingAbout {
    /**
     * Correlation of left and right below which it is walking: there they go against each other, while in every squat,
     * bridge and stand of the recordings it is above 0.9.
     */
    static final double AGREEMENT = 0.6;
    /** Correlation above which a person who seems to have left the spot is believed to exercise: the camera may move. */
    static final double CLOSE_AGREEMENT = 0.8;
    /** From this visibility on, what a side does is evidence. */
    static final double SEEN_WELL = 0.3;
    /** Trunk lengths between start and end of a movement from which it is walking. */
    static final double TRAVEL = 0.75;
    /** Trunk lengths a second from which it is walking, if the hips went further than a slip of the tracker. */
    static final double SPEED = 0.6;

    static final double SLIP = 0.3;
    /** A trunk inclined more does not walk. */
    static final double UPRIGHT_DEG = 45;
    /** A movement that leaves the trunk inclined so much otherwise than before is one of lying down or getting up. */
    static final double POSTURE_DEG = 45;
    /** A trunk that bends more takes the arms with it. */
    static final double BENDING_DEG = 35;

    private final Movement movement;

    MovingAbout(Movement movement) {
        this.movement = movement;
    }

    /** Whether this excursion is no attempt at the movement, however large. */
    boolean made(Excursion excursion) {
        return walked(excursion) || changedPosture(excursion) || !isInPosture(excursion) || isTrunkBending(excursion);
    }

    private static boolean changedPosture(Excursion excursion) {
        return excursion.turned() > POSTURE_DEG && !excursion.cutAtStart() && !excursion.cutAtEnd();
    }

    /** An arm that hangs while the trunk bends is not raised. */
    private boolean isTrunkBending(Excursion excursion) {
        return movement.joint().isOfTheArm() && excursion.bent() > BENDING_DEG;
    }

    /** One end of it is enough: after the last repetition people bend to the phone. */
    private boolean isInPosture(Excursion excursion) {
        boolean before = movement.posture().allows(excursion.inclinationBefore());
        boolean after = movement.posture().allows(excursion.inclinationAfter());
        return before || after;
    }

    private boolean walked(Excursion excursion) {
        boolean upright = Math.min(excursion.inclinationBefore(), excursion.inclinationAfter()) < UPRIGHT_DEG;
        double seconds = (excursion.endMs() - excursion.startMs()) / 1000.0;
        boolean fast = excursion.travel() > SLIP && excursion.travel() > SPEED * seconds;
        boolean left = !movement.travels() && upright && (excursion.travel() > TRAVEL || fast);
        boolean alike = movement.sides() == Movement.Sides.ALIKE;
        if (!alike || excursion.otherVisibility() < SEEN_WELL) return left;
        return excursion.agreement() < AGREEMENT || left && excursion.agreement() < CLOSE_AGREEMENT;
    }
}
