package health.carryover.clinical.body;

import static health.carryover.clinical.body.Anatomy.*;

/**
 * What the simulated person can do. The ranges are those of the exercise list of the pilots and ordinary ones where it gives
 * none; {@link BodyModel#range} changes them.
 */
public enum Move {
    // code, angle that tells a repetition, degrees at rest, degrees to the peak, usual camera, seconds held, sides
    SQUAT("squat", KNEE_FLEXION, 5, 90, 90, 0.4, Kind.BOTH),
    MINI_SQUAT("mini_squat", KNEE_FLEXION, 5, 55, 90, 0.4, Kind.BOTH),
    SIT_TO_STAND("sit_to_stand", KNEE_FLEXION, 90, -85, 90, 0.6, Kind.BOTH),
    LUNGE("lunge", KNEE_FLEXION, 5, 80, 90, 0.4, Kind.ONE),
    KNEE_EXTENSION("knee_extension", KNEE_FLEXION, 85, -78, 90, 0.8, Kind.EITHER),
    SEATED_KNEE_FLEXION("seated_knee_flexion", KNEE_FLEXION, 50, 55, 90, 1, Kind.EITHER),
    SHORT_ARC_QUAD("short_arc_quad", KNEE_FLEXION, 38, -35, 90, 1, Kind.EITHER),
    HEEL_SLIDE("heel_slide", KNEE_FLEXION, 5, 100, 90, 0.5, Kind.EITHER),
    HEEL_PROP("heel_prop", KNEE_FLEXION, 14, -11, 90, 20, Kind.EITHER),
    STRAIGHT_LEG_RAISE("straight_leg_raise", HIP_FLEXION, 2, 50, 90, 0.6, Kind.EITHER),
    QUAD_SET("quad_set", KNEE_FLEXION, 7, -5, 90, 5, Kind.EITHER),
    ANKLE_PUMP("ankle_pump", ANKLE_PLANTARFLEXION, 37, -45, 90, 0.3, Kind.EITHER),
    TERMINAL_KNEE_EXTENSION("terminal_knee_extension", KNEE_FLEXION, 32, -28, 90, 1, Kind.SAME),
    HEEL_RAISE("heel_raise", ANKLE_PLANTARFLEXION, 0, 35, 90, 0.5, Kind.BOTH),
    /** The leading foot stays on the step; a repetition goes from bent to standing on it. */
    STEP_UP("step_up", KNEE_FLEXION, 65, -58, 90, 0.4, Kind.SAME),
    /** Steps in place: a knee is lifted and put down. */
    STEP("step", HIP_FLEXION, 4, 60, 90, 0.2, Kind.ONE),
    SINGLE_LEG_STANCE("single_leg_stance", KNEE_FLEXION, 5, 70, 0, 12, Kind.ONE),
    HIP_HINGE("hip_hinge", HIP_FLEXION, 4, 70, 90, 0.5, Kind.BOTH),
    BRIDGE("bridge", HIP_FLEXION, 55, -53, 90, 0.8, Kind.BOTH),
    PELVIC_TILT("pelvic_tilt", NONE, 0, 12, 90, 3, Kind.BOTH),
    SINGLE_KNEE_TO_CHEST("single_knee_to_chest", HIP_FLEXION, 44, 66, 90, 2, Kind.ONE),
    CAT_COW("cat_cow", NONE, 0, 45, 90, 1, Kind.BOTH),
    BIRD_DOG("bird_dog", HIP_FLEXION, 82, -72, 90, 2, Kind.ONE),
    DEAD_BUG("dead_bug", HIP_FLEXION, 90, -70, 90, 0.8, Kind.ONE),
    PRONE_PRESS_UP("prone_press_up", HIP_FLEXION, 0, -35, 90, 1, Kind.BOTH),
    PRONE_HIP_EXTENSION("prone_hip_extension", HIP_FLEXION, 0, -20, 90, 1, Kind.ONE),
    PLANK("plank", HIP_FLEXION, 40, -40, 90, 20, Kind.BOTH),
    SIDE_LYING_HIP_ABDUCTION("side_lying_hip_abduction", HIP_ABDUCTION, 0, 35, 0, 0.8, Kind.SAME),
    BICEP_CURL("bicep_curl", ELBOW_FLEXION, 10, 125, 90, 0.3, Kind.EITHER),
    ELBOW_FLEXION_EXTENSION("elbow_flexion", ELBOW_FLEXION, 10, 125, 90, 0.5, Kind.EITHER),
    SHOULDER_ABDUCTION("shoulder_abduction", SHOULDER_ELEVATION, 12, 140, 0, 0.4, Kind.EITHER),
    LATERAL_RAISE("lateral_raise", SHOULDER_ELEVATION, 12, 75, 0, 0.4, Kind.EITHER),
    SHOULDER_FLEXION("shoulder_flexion", SHOULDER_ELEVATION, 10, 135, 90, 0.5, Kind.EITHER),
    SHOULDER_PRESS("shoulder_press", ELBOW_FLEXION, 115, -95, 0, 0.3, Kind.EITHER),
    PENDULUM("pendulum", SHOULDER_ELEVATION, 60, 25, 90, 0, Kind.ONE),
    TABLE_SLIDE("table_slide", SHOULDER_ELEVATION, 35, 85, 90, 2, Kind.EITHER),
    SUPINE_ASSISTED_FLEXION("supine_assisted_flexion", SHOULDER_ELEVATION, 10, 125, 90, 1, Kind.BOTH),
    WAND_EXTERNAL_ROTATION("wand_external_rotation", SHOULDER_OUTWARD_ROTATION, 0, 45, 0, 1, Kind.ONE),
    SCAPULAR_SET("scapular_set", NONE, 0, 1, 180, 4, Kind.BOTH),
    PULLEY_FLEXION("pulley_flexion", SHOULDER_ELEVATION, 20, 125, 90, 1, Kind.SAME),
    WALL_SLIDE("wall_slide", SHOULDER_ELEVATION, 60, 85, 90, 1, Kind.EITHER),
    SIDE_LYING_EXTERNAL_ROTATION("side_lying_external_rotation", SHOULDER_OUTWARD_ROTATION, -40, 80, 0, 0.5, Kind.SAME),
    BAND_ROW("band_row", ELBOW_FLEXION, 15, 85, 90, 0.5, Kind.EITHER),
    /** Walks along; shares, range and rest are not used, up and down are the two steps of a stride. */
    WALKING("none_walking", KNEE_FLEXION, 5, 55, 90, 0, Kind.BOTH),
    /** Stands still. */
    STANDING("squat", KNEE_FLEXION, 5, 0, 90, 0, Kind.BOTH);

    /** Where it is done. */
    enum Place {
        /** On the feet, or on a chair with the legs. */
        FEET,
        FLOOR,
        ARMS
    }

    /** How the sides take part. */
    public enum Kind {
        /** Always both. */
        BOTH,
        /** Left, right, in turn or both at once. */
        EITHER,
        /** One at a time; BOTH means the left one. */
        ONE,
        /** One, and the other only after lying or standing anew: not in turn. */
        SAME
    }

    private final String exercise;
    private final Anatomy primary;
    private final double restDeg;
    private final double towardsPeakDeg;
    private final double azimuthDeg;
    private final double holdSeconds;
    private final Kind kind;

    Move(
            String exercise,
            Anatomy primary,
            double restDeg,
            double towardsPeakDeg,
            double azimuthDeg,
            double holdSeconds,
            Kind kind) {
        this.exercise = exercise;
        this.primary = primary;
        this.restDeg = restDeg;
        this.towardsPeakDeg = towardsPeakDeg;
        this.azimuthDeg = azimuthDeg;
        this.holdSeconds = holdSeconds;
        this.kind = kind;
    }

    /** Code of the exercise in the library. */
    public String exercise() {
        return exercise;
    }

    /** The angle that tells a repetition. */
    public Anatomy primary() {
        return primary;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is held for longer than a moment: a matter of time, not of repetitions. */
    public boolean hold() {
        return holdSeconds > 4;
    }

    Place place() {
        return switch (this) {
            case HEEL_SLIDE,
                    HEEL_PROP,
                    SHORT_ARC_QUAD,
                    STRAIGHT_LEG_RAISE,
                    QUAD_SET,
                    ANKLE_PUMP,
                    BRIDGE,
                    PELVIC_TILT,
                    SINGLE_KNEE_TO_CHEST,
                    DEAD_BUG,
                    CAT_COW,
                    BIRD_DOG,
                    PRONE_PRESS_UP,
                    PRONE_HIP_EXTENSION,
                    PLANK,
                    SIDE_LYING_HIP_ABDUCTION,
                    SUPINE_ASSISTED_FLEXION,
                    SIDE_LYING_EXTERNAL_ROTATION -> Place.FLOOR;
            case BICEP_CURL,
                    ELBOW_FLEXION_EXTENSION,
                    SHOULDER_ABDUCTION,
                    LATERAL_RAISE,
                    SHOULDER_FLEXION,
                    SHOULDER_PRESS,
                    PENDULUM,
                    TABLE_SLIDE,
                    WAND_EXTERNAL_ROTATION,
                    SCAPULAR_SET,
                    PULLEY_FLEXION,
                    WALL_SLIDE,
                    BAND_ROW -> Place.ARMS;
            default -> Place.FEET;
        };
    }

    double restDeg() {
        return restDeg;
    }

    double usualRangeDeg() {
        return Math.abs(towardsPeakDeg);
    }

    /** 1 when the angle grows towards the peak, -1 when it shrinks. */
    double sign() {
        return Math.signum(towardsPeakDeg);
    }

    double azimuthDeg() {
        return azimuthDeg;
    }

    double holdSeconds() {
        return holdSeconds;
    }
}
