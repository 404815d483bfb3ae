package health.carryover.clinical.exercise;

import health.carryover.clinical.exercise.Exercise.BodyRegion;
import health.carryover.clinical.exercise.Exercise.Fallback;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A valid exercise, a squat filmed from the side with words for everything; tests change the one thing they are about. */
public final class ExerciseBuilder {
    private Measurement measurement =
            new Movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.ALIKE, 90, Duration.ofMillis(350), false, false);
    private BodyRegion region = BodyRegion.LOWER_LIMB;
    private List<View> views = List.of(View.LATERAL, View.OBLIQUE);
    private Set<Landmark> landmarks = EnumSet.of(
            Landmark.LEFT_HIP,
            Landmark.RIGHT_HIP,
            Landmark.LEFT_KNEE,
            Landmark.RIGHT_KNEE,
            Landmark.LEFT_ANKLE,
            Landmark.RIGHT_ANKLE);
    private Posture posture = Posture.STANDING;
    private Grade camera = Grade.GOOD;
    private Grade sensor = Grade.GOOD;
    private List<StabilityCheck> checks = List.of();
    private boolean symmetry;
    private Map<Cue, Phrase> cues = words(Cue.class);

    private ExerciseBuilder() {}

    public static ExerciseBuilder squat() {
        return new ExerciseBuilder();
    }

    /** Nothing measures it. */
    public static ExerciseBuilder unmeasured() {
        ExerciseBuilder builder = new ExerciseBuilder();
        builder.measurement = new Measurement.NotByCamera();
        builder.camera = Grade.NOT;
        return builder;
    }

    public ExerciseBuilder measured(Measurement by) {
        measurement = by;
        landmarks = EnumSet.allOf(Landmark.class);
        return this;
    }

    public ExerciseBuilder region(BodyRegion of) {
        region = of;
        return this;
    }

    public ExerciseBuilder views(View... from) {
        views = List.of(from);
        return this;
    }

    public ExerciseBuilder posture(Posture at) {
        posture = at;
        return this;
    }

    public ExerciseBuilder graded(Grade byCamera, Grade bySensor) {
        camera = byCamera;
        sensor = bySensor;
        return this;
    }

    public ExerciseBuilder checks(StabilityCheck... watched) {
        checks = List.of(watched);
        return this;
    }

    public ExerciseBuilder symmetry() {
        symmetry = true;
        return this;
    }

    public ExerciseBuilder withoutWords() {
        return words(Map.of());
    }

    public ExerciseBuilder words(Map<Cue, Phrase> these) {
        cues = these;
        return this;
    }

    public Exercise build() {
        return new Exercise(
                "squat",
                "Squat",
                region,
                measurement,
                List.of("lower", "hold", "rise"),
                views,
                landmarks,
                posture,
                camera,
                sensor,
                Fallback.SELF_REPORT,
                checks,
                symmetry,
                new Gate(OptionalInt.empty(), false, false, ""),
                cues,
                words(Compensation.class),
                "a book");
    }

    private static <K extends Enum<K>> Map<K, Phrase> words(Class<K> kind) {
        Map<K, Phrase> words = new EnumMap<>(kind);
        for (K each : kind.getEnumConstants()) words.put(each, new Phrase(each + " in English", each + " en español"));
        return words;
    }
}
