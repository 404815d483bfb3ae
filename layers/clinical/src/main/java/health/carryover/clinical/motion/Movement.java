package health.carryover.clinical.motion;

import java.time.Duration;

/**
 * What one repetition of an exercise does to a joint.
 * @param joint the primary angle
 * @param direction whether the angle grows or shrinks on the way from rest to the peak of the repetition
 * @param sides how left and right take part
 * @param usualRangeDeg excursion from rest to peak of a usual full repetition, degrees, (5, 180]; only its fractions are
 *     used, to tell movement from noise before the person's own range is known
 * @param shortest time of the shortest repetition from leaving rest to being back, (0, 10 s]; anything shorter is a slip
 *     of the tracker or a step
 * @param travels whether the person is meant to leave the spot, as in walking lunges
 * @param depth whether the tracker's depth is used the more, the more frontal the view: for movements towards the camera,
 *     which the picture does not show. Depth is coarse, so movements that the picture shows from every side go without.
 * @param posture in which the person rests between repetitions: what begins and ends otherwise is none
 * @param leave hysteresis: share of the range from which rest is left, (0, 0.5]
 * @param back hysteresis: share of the range by which the movement must come back to be over, more than leave, at most 0.9
 */
public record Movement(
        Joint joint,
        Direction direction,
        Sides sides,
        double usualRangeDeg,
        Duration shortest,
        boolean travels,
        boolean depth,
        Posture posture,
        double leave,
        double back)
        implements Measurement {
    /** Hysteresis that counted the shared recordings right, under added noise too; own measurement. */
    public static final double USUAL_LEAVE = 0.25;

    public static final double USUAL_BACK = 2.0 / 3;

    /** In any posture, with the usual hysteresis. */
    public Movement(
            Joint joint,
            Direction direction,
            Sides sides,
            double usualRangeDeg,
            Duration shortest,
            boolean travels,
            boolean depth) {
        this(joint, direction, sides, usualRangeDeg, shortest, travels, depth, Posture.ANY, USUAL_LEAVE, USUAL_BACK);
    }

    public enum Direction {
        GROWS,
        SHRINKS
    }

    public enum Sides {
        /** Both sides bend together and alike, as in a squat: a walking person is told apart by that. */
        ALIKE,
        /** Both sides bend together, but not alike, as in a lunge. */
        TOGETHER,
        /** One side, both at once, or left and right in turn, as in curls. */
        EITHER
    }

    public Movement {
        if (!(usualRangeDeg > 5 && usualRangeDeg <= 180))
            throw new IllegalArgumentException("usual range outside (5, 180] degrees");
        if (!shortest.isPositive() || shortest.compareTo(Duration.ofSeconds(10)) > 0)
            throw new IllegalArgumentException("shortest repetition outside (0, 10] seconds");
        if (!(leave > 0 && leave <= 0.5)) throw new IllegalArgumentException("leave outside (0, 0.5]");
        if (!(back > leave && back <= 0.9)) throw new IllegalArgumentException("back outside (leave, 0.9]");
    }
}
