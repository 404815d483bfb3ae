package health.carryover.clinicapi;

import health.carryover.clinical.engagement.Goal;
import health.carryover.clinical.engagement.Measure;
import health.carryover.clinical.exercise.MeasurementError;
import health.carryover.platform.http.Problem;
import health.carryover.platform.http.Refused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A goal as a therapist writes it.
 *
 * @param rangeCleared after a repair: the range may be worked for
 */
record GoalChange(
        String what,
        Measure.Kind kind,
        Measure.Load load,
        Measure.Instrument instrument,
        double start,
        double target,
        double detectable,
        @Nullable Boolean rangeCleared,
        @Nullable Boolean closed) {

    /** @throws Refused naming all that cannot be */
    Goal goal(String therapist, LocalDate setOn) {
        List<Problem> problems = new ArrayList<>();
        if (!fits()) problems.add(new Problem("instrumentDoesNotMeasureThis", "/instrument"));
        if (kind.isRange() && instrument == Measure.Instrument.CAMERA && detectable < MeasurementError.LEAST_DEG)
            problems.add(new Problem("lessThanACameraErrs", "/detectable"));
        if (!(Math.abs(target - start) > detectable))
            problems.add(new Problem("noFurtherThanTheMeasurementErrs", "/target"));
        if (!problems.isEmpty()) throw Refused.impossible(problems);
        return new Goal(new Measure(what, kind, load, instrument), start, target, detectable, therapist, setOn);
    }

    private boolean fits() {
        return switch (instrument) {
            case CAMERA, SENSOR -> kind.isRange() || kind == Measure.Kind.REPETITIONS || kind == Measure.Kind.SECONDS;
            case GONIOMETER -> kind.isRange();
            case STOPWATCH -> kind == Measure.Kind.SECONDS;
            case COUNT -> kind == Measure.Kind.REPETITIONS;
            case TAPE -> kind == Measure.Kind.METRES;
            case QUESTIONNAIRE -> kind == Measure.Kind.SCORE;
        };
    }
}
