package health.carryover.clinical.review;

import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.View;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The range of motion that one session showed in one exercise.
 * @param day of the patient
 * @param side that moved; absent when both did at once
 * @param excursionDeg median over the full repetitions, from rest to peak, degrees, not negative: more is more range,
 *     whether the joint bends or straightens
 */
public record RangeSeen(
        LocalDate day,
        String exercise,
        Joint joint,
        @Nullable Side side,
        View view,
        double excursionDeg) {
    public RangeSeen {
        if (!(excursionDeg >= 0 && excursionDeg <= 360))
            throw new IllegalArgumentException("excursionDeg: outside [0, 360] degrees");
    }

    /** What is one course: the same movement of the same side. */
    public record Moved(String exercise, @Nullable Side side) {}

    public Moved moved() {
        return new Moved(exercise, side);
    }

    /** What may be compared with each other: an error holds for one joint seen from one view only. */
    record Course(Moved moved, Joint joint, View view) {}

    Course course() {
        return new Course(moved(), joint, view);
    }
}
