package health.carryover.clinical.engagement;

import java.util.regex.Pattern;

/**
 * What a number is about and how it was come by. Numbers are compared only when all of this is the same: the same knees
 * read 124.6 degrees lying by goniometer and 109.5 in a squat (BMC MSD 2021, n = 61; SAFETY.md), so neither is progress
 * towards the other.
 *
 * @param what as knee_flexion or lefs, with the side where there is one: lower case, digits and underscores
 */
public record Measure(String what, Kind kind, Load load, Instrument instrument) {
    public enum Kind {
        ACTIVE_RANGE,
        PASSIVE_RANGE,
        /** Points of a questionnaire. */
        SCORE,
        SECONDS,
        REPETITIONS,
        METRES;

        /** Degrees of a joint. */
        public boolean isRange() {
            return this == ACTIVE_RANGE || this == PASSIVE_RANGE;
        }
    }

    public enum Load {
        UNLOADED,
        BODY_WEIGHT,
        ADDED_WEIGHT,
        /** For what is not moved against anything, as a questionnaire. */
        NONE
    }

    public enum Instrument {
        CAMERA,
        SENSOR,
        GONIOMETER,
        STOPWATCH,
        COUNT,
        TAPE,
        QUESTIONNAIRE
    }

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    public Measure {
        if (!CODE.matcher(what).matches())
            throw new IllegalArgumentException("what: 2 to 40 of lower case, digits and underscores");
    }
}
