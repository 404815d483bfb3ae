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
    /** The same towards the camera or away, which the length of the trunk shows less surely. */
    static final double APPROACH = 1;
    /** Trunk lengths a second from which it is walking, if the hips went further than a slip of the tracker. */
    static final double SPEED = 0.6;

    static final double SLIP = 0.3;
    /** A trunk inclined more does not walk. */
    static final double UPRIGHT_DEG = 45;
    /** A movement that leaves the trunk inclined so much otherwise than before is one of lying down or getting up. */
    static final double POSTURE_DEG = 45;
    /** A trunk that bends more takes the arms with it. */
    static final double BENDING_DEG = 35;

    /** Share of the whole that the leg behind does in a lunge: on the recording 0.6 and more, walking about none. */
    static final double LESSER = 0.3;

    /** Trunk lengths: standing on the toes lifts by 0.1 to 0.2, a step by 0.05. */
    static final double LIFTED = 0.06;

    /** Thigh and shank in trunk lengths: 0.491 and 0.288 of the stature (Winter). */
    static final double LEG_TO_TRUNK = 1.7;
    /** Share of what the bent knees would lower the hips by that must be seen. */
    static final double LOWERED = 0.3;
    /** Trunk lengths between sitting and standing: about 0.9. */
    static final double STOOD_UP = 0.4;

    static final long LONGEST_ON_THE_FEET_MS = 20_000;
    /** Looking from closer to the side than this shows nothing of a movement to the side. */
    static final double ASIDE_DEG = 27;
    /** Nobody exercises over so many times the usual range: it is another movement, or the tracker. */
    static final double BEYOND = 2.2;

    private final Movement movement;

    MovingAbout(Movement movement) {
        this.movement = movement;
    }

    /** Whether this excursion is no attempt at the movement, however large. */
    boolean made(Excursion excursion) {
        return walked(excursion)
                || changedPosture(excursion)
                || !isInPosture(excursion)
                || isTrunkBending(excursion)
                || isStep(excursion)
                || satDown(excursion)
                || stayedDown(excursion)
                || stayedUp(excursion)
                || stoodUp(excursion)
                || isFromAside(excursion)
                || excursion.degrees() > BEYOND * movement.usualRangeDeg();
    }

    /** In a lunge both legs bend; of somebody who steps one stays straight. */
    private boolean isStep(Excursion excursion) {
        boolean lunge = movement.travels() && movement.sides() == Movement.Sides.TOGETHER;
        boolean seen = excursion.otherVisibility() >= SEEN_WELL;
        return lunge && seen && excursion.lesserRise() < LESSER * excursion.degrees();
    }

    /** Nobody stays in a squat for so long: that is a chair. */
    private boolean satDown(Excursion excursion) {
        boolean onTheFeet =
                movement.posture() == Posture.STANDING && !movement.joint().isOfTheArm();
        return onTheFeet && excursion.endMs() - excursion.startMs() > LONGEST_ON_THE_FEET_MS;
    }

    /** Standing on the toes lifts the body; feet that point otherwise are walking. */
    private boolean stayedDown(Excursion excursion) {
        boolean toes = movement.joint() == Joint.ANKLE_PLANTARFLEXION && movement.posture() == Posture.STANDING;
        return toes && movement.direction() == Movement.Direction.GROWS && excursion.lifted() < LIFTED;
    }

    /** Knees that bend in a squat or a lunge lower the hips; in a step or a leg lifted they do not. */
    private boolean stayedUp(Excursion excursion) {
        boolean squat = movement.joint() == Joint.KNEE_FLEXION
                && movement.posture() == Posture.STANDING
                && movement.direction() == Movement.Direction.GROWS;
        double lowers = LEG_TO_TRUNK * (1 - Math.cos(Math.toRadians(excursion.degrees() / 2)));
        return squat && -excursion.lifted() < LOWERED * lowers;
    }

    /** Knees that straighten while the hips rise are not those of somebody who stays on the chair. */
    private boolean stoodUp(Excursion excursion) {
        boolean oneLeg = movement.posture() == Posture.SITTING && movement.sides() == Movement.Sides.EITHER;
        return oneLeg && !movement.joint().isOfTheArm() && Math.abs(excursion.lifted()) > STOOD_UP;
    }

    /** An arm raised to the side goes towards the camera that looks from the side: what moves there is raised forward. */
    private boolean isFromAside(Excursion excursion) {
        return movement.joint() == Joint.SHOULDER_ABDUCTION && Math.abs(excursion.azimuth() - 90) < ASIDE_DEG;
    }

    private static boolean changedPosture(Excursion excursion) {
        return excursion.turned() > POSTURE_DEG && !excursion.cutAtStart() && !excursion.cutAtEnd();
    }

    /** An arm that hangs while the trunk bends is not raised, and knees that bend less than the trunk pick something up. */
    private boolean isTrunkBending(Excursion excursion) {
        if (movement.joint().isOfTheArm()) return excursion.bent() > BENDING_DEG;
        boolean squat = movement.joint() == Joint.KNEE_FLEXION && movement.posture() == Posture.STANDING;
        return squat && excursion.bent() > Math.max(BENDING_DEG, excursion.degrees());
    }

    /** One end of it is enough: after the last repetition people bend to the phone. */
    private boolean isInPosture(Excursion excursion) {
        boolean before = movement.posture().allows(excursion.inclinationBefore(), excursion.thighBefore());
        boolean after = movement.posture().allows(excursion.inclinationAfter(), excursion.thighAfter());
        return before || after;
    }

    private boolean walked(Excursion excursion) {
        boolean upright = Math.min(excursion.inclinationBefore(), excursion.inclinationAfter()) < UPRIGHT_DEG;
        double seconds = (excursion.endMs() - excursion.startMs()) / 1000.0;
        boolean fast = excursion.travel() > SLIP && excursion.travel() > SPEED * seconds;
        boolean away = excursion.travel() > TRAVEL || excursion.approach() > APPROACH;
        boolean left = !movement.travels() && upright && (away || fast);
        boolean alike = movement.sides() == Movement.Sides.ALIKE;
        if (!alike || excursion.otherVisibility() < SEEN_WELL) return left;
        return excursion.agreement() < AGREEMENT || left && excursion.agreement() < CLOSE_AGREEMENT;
    }
}
