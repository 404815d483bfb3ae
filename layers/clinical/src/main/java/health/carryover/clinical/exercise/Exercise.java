package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Hold;
import health.carryover.clinical.motion.HoldTimer;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.motion.RepCounter;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an exercise is and how to look at it. Comes from data files; the constructor refuses what makes no sense, and its
 * messages begin with the column that is wrong.
 * @param code lower case letters, digits and underscores: stable, used in files and on the command line
 * @param name the standard name
 * @param measurement what the camera can measure
 * @param phases what a person does on the way to the peak, at it and on the way back, in this order: three words
 * @param views from where the primary angle can be trusted, at least one if the camera measures it, the best first
 * @param landmarks that must be in the picture
 * @param camera how well a camera measures it
 * @param sensor how well sensors measure it
 * @param otherwise how it is recorded without either
 * @param checks what should stay still
 * @param symmetry whether left and right may be compared: one leg at a time, lower limb
 * @param gate when it may usually begin
 * @param cues what the coach says, all it can need to: the words for this exercise, and general ones where it has none
 * @param corrections what the coach says about a compensation
 * @param source where the definition and the usual range come from
 */
public record Exercise(
        String code,
        String name,
        BodyRegion region,
        Measurement measurement,
        List<String> phases,
        List<View> views,
        Set<Landmark> landmarks,
        Posture posture,
        Grade camera,
        Grade sensor,
        Fallback otherwise,
        List<StabilityCheck> checks,
        boolean symmetry,
        Gate gate,
        Map<Cue, Phrase> cues,
        Map<Compensation, Phrase> corrections,
        String source) {
    public enum BodyRegion {
        KNEE(true),
        HIP(true),
        ANKLE(true),
        SHOULDER(false),
        ELBOW(false),
        BACK(false),
        LOWER_LIMB(true);

        private final boolean lowerLimb;

        BodyRegion(boolean lowerLimb) {
            this.lowerLimb = lowerLimb;
        }
    }

    /** How well something measures an exercise. */
    public enum Grade {
        GOOD,
        /** Counts hold, degrees have a low confidence, and it is said so. */
        LIMITED,
        /** Not at all. */
        NOT
    }

    /** How an exercise is recorded when nothing measures it. */
    public enum Fallback {
        HOLD_TIMER,
        SELF_REPORT
    }

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    public Exercise {
        if (!CODE.matcher(code).matches())
            throw new IllegalArgumentException("code: lower case, digits and underscores");
        if (name.isBlank()) throw new IllegalArgumentException("name: missing");
        boolean measured = !(measurement instanceof Measurement.NotByCamera);
        if (measured != (camera != Grade.NOT))
            throw new IllegalArgumentException("camera: not measured exactly when there is no measurement");
        if (phases.size() != 3) throw new IllegalArgumentException("phases: three, to the peak, at it and back");
        if (measured && views.isEmpty()) throw new IllegalArgumentException("views: at least one");
        if (views.contains(View.MIXED)) throw new IllegalArgumentException("views: mixed is not a view to ask for");
        if (measured && landmarks.isEmpty()) throw new IllegalArgumentException("landmarks: at least one");
        for (Landmark landmark : measured(measurement))
            if (!landmarks.contains(landmark))
                throw new IllegalArgumentException("landmarks: " + landmark + " of the measured angle is missing");
        if (symmetry && !(measurement instanceof Movement movement && movement.sides() == Movement.Sides.EITHER))
            throw new IllegalArgumentException("symmetry: only where one side moves at a time");
        if (symmetry && !region.lowerLimb) throw new IllegalArgumentException("symmetry: only for the lower limb");
        if (source.isBlank()) throw new IllegalArgumentException("source: missing");
        phases = List.copyOf(phases);
        views = List.copyOf(views);
        landmarks = Set.copyOf(landmarks);
        checks = List.copyOf(checks);
        cues = Map.copyOf(cues);
        corrections = Map.copyOf(corrections);
        for (StabilityCheck check : checks)
            if (check.on() && !corrections.containsKey(check.compensation()))
                throw new IllegalArgumentException("checks: no words for " + check.compensation());
    }

    private static Set<Landmark> measured(Measurement measurement) {
        List<Joint> joints = switch (measurement) {
            case Movement movement -> List.of(movement.joint());
            case Hold hold -> hold.bands().stream().map(Hold.Band::joint).toList();
            case Measurement.NotByCamera _ -> List.of();
        };
        Set<Landmark> landmarks = EnumSet.noneOf(Landmark.class);
        for (Joint joint : joints) for (Side side : Side.values()) landmarks.addAll(joint.landmarks(side));
        return landmarks;
    }

    /** What is moved, if repetitions of it can be counted. */
    public Optional<Movement> movement() {
        return measurement instanceof Movement movement ? Optional.of(movement) : Optional.empty();
    }

    /** What measures it frame by frame; empty if a camera does not measure it. */
    public Optional<MotionMeter> meter(ImageSize size, RangeGoal goal) {
        return switch (measurement) {
            case Movement counted -> Optional.of(new RepCounter(counted, Set.copyOf(views), size, goal, watched()));
            case Hold hold -> Optional.of(new HoldTimer(hold, Set.copyOf(views), size));
            case Measurement.NotByCamera() -> Optional.empty();
        };
    }

    /** Measures a whole recording, without a prescribed range; empty if a camera does not measure it. */
    public Optional<MotionReport> analyse(Recording recording) {
        return meter(recording.size(), RangeGoal.NONE).map(meter -> MotionMeter.measure(meter, recording));
    }

    private List<Compensation> watched() {
        return checks.stream().map(StabilityCheck::compensation).distinct().toList();
    }
}
