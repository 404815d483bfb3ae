package health.carryover.clinical.engagement;

import health.carryover.clinical.exercise.MeasurementError;
import java.time.LocalDate;

/**
 * A goal that a therapist set with the patient. Whether more or less is better follows from start and target: a knee's
 * missing extension goes from 12 to 0 degrees.
 *
 * @param start measured when the goal was set, in the unit of the measure
 * @param target in the same unit; further from the start than the measurement errs, since nothing could be told on the way
 * @param detectable smallest change that is more than the measurement errs, MDC 95 %, above 0; for a camera's degrees at
 *     least {@value MeasurementError#LEAST_DEG}
 * @param therapist who set it
 */
public record Goal(Measure measure, double start, double target, double detectable, String therapist, LocalDate setOn) {
    public Goal {
        if (!Double.isFinite(start)) throw new IllegalArgumentException("start: not a number");
        if (!Double.isFinite(target)) throw new IllegalArgumentException("target: not a number");
        if (!(detectable > 0 && detectable < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("detectable: not above 0");
        if (measure.kind().isRange()
                && measure.instrument() == Measure.Instrument.CAMERA
                && detectable < MeasurementError.LEAST_DEG)
            throw new IllegalArgumentException(
                    "detectable: a camera errs by " + MeasurementError.LEAST_DEG + " degrees or more");
        if (!(Math.abs(target - start) > detectable))
            throw new IllegalArgumentException("target: no further from the start than the measurement errs");
        if (therapist.isBlank()) throw new IllegalArgumentException("therapist: missing");
    }

    /** Change from the start, positive towards the target. */
    double gained(double value) {
        return target >= start ? value - start : start - value;
    }

    double wanted() {
        return Math.abs(target - start);
    }
}
