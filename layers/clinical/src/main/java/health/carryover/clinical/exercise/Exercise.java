package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.motion.RepCounter;
import health.carryover.clinical.motion.View;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an exercise is and how to look at it. Comes from a data file; the constructor refuses what makes no sense.
 * @param code lower case letters, digits and underscores: stable, used in files and on the command line
 * @param name the standard name
 * @param phases what a person does on the way to the peak, at it and on the way back, in this order: three words
 * @param views from where the primary angle can be trusted, at least one, the best first
 * @param landmarks that must be in the picture
 * @param source where the definition and the usual range come from
 */
public record Exercise(
        String code,
        String name,
        Movement movement,
        List<String> phases,
        List<View> views,
        Set<Landmark> landmarks,
        Posture posture,
        String source) {
    /** How the person is placed. */
    public enum Posture {
        STANDING,
        SITTING,
        LYING,
        ANY
    }

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    public Exercise {
        if (!CODE.matcher(code).matches())
            throw new IllegalArgumentException("code: lower case, digits and underscores");
        if (name.isBlank()) throw new IllegalArgumentException("name: missing");
        if (phases.size() != 3) throw new IllegalArgumentException("phases: three, to the peak, at it and back");
        if (views.isEmpty()) throw new IllegalArgumentException("views: at least one");
        if (views.contains(View.MIXED)) throw new IllegalArgumentException("views: mixed is not a view to ask for");
        if (landmarks.isEmpty()) throw new IllegalArgumentException("landmarks: at least one");
        if (source.isBlank()) throw new IllegalArgumentException("source: missing");
        phases = List.copyOf(phases);
        views = List.copyOf(views);
        landmarks = Set.copyOf(landmarks);
    }

    /** A counter for frames as they come. */
    public RepCounter counter(ImageSize size, OptionalDouble prescribedDeg) {
        return new RepCounter(movement, Set.copyOf(views), size, prescribedDeg);
    }

    /** Counts a whole recording, without a prescribed range. */
    public MotionReport analyse(Recording recording) {
        return RepCounter.analyse(recording, movement, Set.copyOf(views), OptionalDouble.empty());
    }
}
