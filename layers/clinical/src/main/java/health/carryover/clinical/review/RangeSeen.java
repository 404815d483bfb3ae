package health.carryover.clinical.review;

import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.View;
import java.time.LocalDate;

/**
 * The range of motion that one session showed in one exercise.
 * @param day of the patient
 * @param excursionDeg median over the full repetitions, from rest to peak, degrees, not negative: more is more range,
 *     whether the joint bends or straightens
 */
public record RangeSeen(LocalDate day, String exercise, Joint joint, View view, double excursionDeg) {
    public RangeSeen {
        if (!(excursionDeg >= 0 && excursionDeg <= 360))
            throw new IllegalArgumentException("excursionDeg: outside [0, 360] degrees");
    }

    /** What may be compared with each other: a norm or an error holds for one exercise seen from one side only. */
    record Course(String exercise, Joint joint, View view) {}

    Course course() {
        return new Course(exercise, joint, view);
    }
}
