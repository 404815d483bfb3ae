package health.carryover.clinical.session;

import health.carryover.clinical.exercise.FormScore;
import health.carryover.clinical.motion.MotionFlag;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was done of one exercise, and how it is known.
 * @param reps all that were found, in order: full, partial, and those not wholly seen, which do not count
 * @param view from where the camera saw it; empty when no camera did
 * @param confidence in the degrees, [0, 1]; 0 when nothing measured them
 * @param lowConfidence whether degrees must be shown as uncertain, and said so
 * @param form empty when nothing measured it
 * @param algorithm version of what measured; empty when nothing did
 */
public record ExerciseRecord(
        String exercise,
        MeasuredBy measuredBy,
        List<Rep> reps,
        Duration time,
        Optional<View> view,
        double confidence,
        boolean lowConfidence,
        Set<MotionFlag> flags,
        Optional<FormScore> form,
        Optional<String> algorithm) {
    /** How an exercise came to be known; each counts the same. */
    public enum MeasuredBy {
        CAMERA,
        SENSOR,
        /** A timer ran, or the patient told. */
        PATIENT
    }

    public ExerciseRecord {
        reps = List.copyOf(reps);
        flags = Set.copyOf(flags);
    }

    public int fullReps() {
        return count(Rep.Kind.FULL);
    }

    public int partialReps() {
        return count(Rep.Kind.PARTIAL);
    }

    private int count(Rep.Kind kind) {
        return (int) reps.stream().filter(rep -> rep.kind() == kind).count();
    }
}
