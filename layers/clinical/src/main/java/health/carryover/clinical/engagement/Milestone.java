package health.carryover.clinical.engagement;

import java.util.List;
import java.util.OptionalInt;

/** How far the patient has come towards a goal, if that may be said; SAFETY.md, limits of what is shown. */
public sealed interface Milestone {
    /**
     * To be shown as "65 % of the goal set with your therapist".
     * @param percent of the way from start to target, in steps of {@value #STEP} rounded down, 0 to 100: less is more
     *     than a measurement tells, and more than the goal is not praised, since going beyond it may do harm
     */
    record Progress(int percent) implements Milestone {
        public Progress {
            if (percent < 0 || percent > 100) throw new IllegalArgumentException("percent: outside [0, 100]");
        }

        /**
         * The milestone to tell of, once: the highest of {@link #TOLD} that is reached and was not told before. A value
         * that falls back is not told.
         * @param toldBefore percent of the last one told, 0 if none was
         */
        public OptionalInt toTell(int toldBefore) {
            return TOLD.stream()
                    .filter(each -> each <= percent && each > toldBefore)
                    .mapToInt(Integer::intValue)
                    .max();
        }
    }

    /** Nothing is shown: no bar at zero, and no word of a step back. */
    record Nothing(Why why) implements Milestone {}

    enum Why {
        /** Another joint, load, instrument, or active instead of passive. */
        OTHER_MEASURE,
        /** The change is no more than the measurement errs, or away from the goal. */
        NO_CHANGE_BEYOND_ERROR,
        /** After a rotator-cuff repair, until a therapist clears it, nobody is drawn to a larger range. */
        NOT_CLEARED,
        SAFETY_TASK_OPEN
    }

    /** Steps in which progress is shown, percent; our own choice. */
    int STEP = 5;

    /** Percent of the way that a patient is told of; our own choice. */
    List<Integer> TOLD = List.of(25, 50, 75, 100);

    /**
     * What limits the range that may be worked for.
     * @param cleared by a therapist; of no meaning without a repair
     */
    record Course(boolean rotatorCuffRepair, boolean cleared, boolean safetyTaskOpen) {
        boolean noRange() {
            return rotatorCuffRepair && !cleared;
        }
    }

    /** A value as measured, in the unit of its measure. */
    record Value(Measure measure, double value) {
        public Value {
            if (!Double.isFinite(value)) throw new IllegalArgumentException("value: not a number");
        }
    }

    /**
     * Example: from 70 to 110 degrees with a detectable change of 18, 96 degrees are 65 %; 88 say nothing, 18 being no
     * more than the error.
     */
    static Milestone of(Goal goal, Value latest, Course course) {
        if (course.safetyTaskOpen()) return new Nothing(Why.SAFETY_TASK_OPEN);
        // SAFETY.md bars active range; passive range is barred too, since a bar for it invites pushing just as well.
        if (goal.measure().kind().isRange() && course.noRange()) return new Nothing(Why.NOT_CLEARED);
        if (!goal.measure().equals(latest.measure())) return new Nothing(Why.OTHER_MEASURE);
        double gained = goal.gained(latest.value());
        if (!(gained > goal.detectable())) return new Nothing(Why.NO_CHANGE_BEYOND_ERROR);
        double percent = 100 * Math.min(1, gained / goal.wanted());
        return new Progress((int) (percent / STEP) * STEP);
    }
}
