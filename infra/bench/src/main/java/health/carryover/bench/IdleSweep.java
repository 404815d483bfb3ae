package health.carryover.bench;

import health.carryover.clinical.body.Activity;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Recording;
import health.carryover.platform.library.ExerciseLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Half an hour of everyday life in front of the camera, counted as if an exercise had been asked for. Asked are exercises of
 * which the activity holds no repetition in a therapist's eyes: no sit-to-stand of somebody who sits down to drink, no
 * shoulder flexion of somebody who puts something onto a shelf.
 */
final class IdleSweep {
    /** What was counted though nothing was there. */
    record Found(Activity activity, String asked, long seed, int full, int partial) {
        @Override
        public String toString() {
            return "%s counted as %s, seed %d: full %d, partial %d".formatted(activity, asked, seed, full, partial);
        }
    }

    private IdleSweep() {}

    private static List<String> asked(Activity activity) {
        return switch (activity) {
            case WALKING -> List.of("squat", "lunge", "sit_to_stand", "heel_raise", "shoulder_abduction");
            case CHAIR -> List.of("squat", "knee_extension", "lunge", "shoulder_abduction");
            case DRESSING -> List.of("squat", "sit_to_stand", "heel_slide", "bridge");
            case REACHING -> List.of("squat", "sit_to_stand", "lunge", "heel_raise");
            case TIDYING -> List.of("squat", "sit_to_stand", "lateral_raise", "knee_extension");
            case TALKING -> List.of("squat", "shoulder_abduction", "shoulder_flexion", "straight_leg_raise");
        };
    }

    /** Five minutes of each activity, each in five recordings of a minute from all sides; noise as measured. */
    static List<Found> run(ExerciseLibrary library, long seed) {
        List<Found> all = new ArrayList<>();
        for (Activity activity : Activity.values())
            for (int minute = 0; minute < 5; minute++) {
                Recording recording = BodyModel.living(activity, Duration.ofMinutes(1), seed + minute)
                        .seenFrom(72 * minute)
                        .camera(new ImageSize(1280, 720), 15)
                        .record();
                for (String code : asked(activity)) {
                    if (library.find(code).isEmpty()) continue;
                    Exercise exercise = library.find(code).orElseThrow();
                    MotionReport report = exercise.analyse(recording);
                    all.add(new Found(
                            activity,
                            code,
                            seed + minute,
                            report.full().size(),
                            report.partial().size()));
                }
            }
        return all;
    }
}
