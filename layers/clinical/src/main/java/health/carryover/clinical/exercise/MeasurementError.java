package health.carryover.clinical.exercise;

import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.View;
import java.util.OptionalDouble;

/**
 * How far one camera errs in a joint angle seen from one side. A change is called one only above the minimal detectable
 * change (MDC, 95 %); SAFETY.md, limits of what is shown.
 * @param suitability how well the view looks across the plane of the angle; NOT: no degrees are shown
 * @param progressDeg MDC between two days, degrees, [{@value #LEAST_DEG}, 180]; empty exactly when the view is NOT suited
 * @param leftRightDeg MDC of a difference between left and right, degrees, (0, 180]; empty when it is not known, and
 *     then left and right are not compared
 * @param source where the numbers come from
 */
public record MeasurementError(
        Joint joint,
        View view,
        Grade suitability,
        OptionalDouble progressDeg,
        OptionalDouble leftRightDeg,
        String source) {
    /** A camera change of less is never called real (notes on angles). */
    public static final double LEAST_DEG = 10;

    public MeasurementError {
        if (view == View.MIXED) throw new IllegalArgumentException("view: no angle is trusted in a mixed one");
        if (progressDeg.isPresent() != (suitability != Grade.NOT))
            throw new IllegalArgumentException("progress_mdc_deg: missing exactly where the view is not suited");
        if (progressDeg.isPresent() && !(progressDeg.getAsDouble() >= LEAST_DEG && progressDeg.getAsDouble() <= 180))
            throw new IllegalArgumentException("progress_mdc_deg: outside [10, 180] degrees");
        if (leftRightDeg.isPresent() && suitability == Grade.NOT)
            throw new IllegalArgumentException("left_right_mdc_deg: the view is not suited");
        if (leftRightDeg.isPresent() && !(leftRightDeg.getAsDouble() > 0 && leftRightDeg.getAsDouble() <= 180))
            throw new IllegalArgumentException("left_right_mdc_deg: outside (0, 180] degrees");
        if (source.isBlank()) throw new IllegalArgumentException("source: missing");
    }

    /** Whether a change between two days is more than the camera errs: the MDC itself is. */
    public boolean isChange(double degrees) {
        return progressDeg.isPresent() && Math.abs(degrees) >= progressDeg.getAsDouble();
    }

    /**
     * From where a left-right difference is told, degrees: the MDC, but never under {@value #LEAST_DEG}. Empty: never.
     * Example: the knee with an MDC of 6 from 10 on, the elbow with one of 22 from 22 on.
     */
    public OptionalDouble asymmetryFromDeg() {
        return leftRightDeg.isPresent()
                ? OptionalDouble.of(Math.max(LEAST_DEG, leftRightDeg.getAsDouble()))
                : OptionalDouble.empty();
    }
}
