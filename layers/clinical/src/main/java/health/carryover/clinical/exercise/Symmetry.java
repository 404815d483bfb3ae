package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.View;
import java.util.List;

/**
 * Whether left and right differ by more than the measurement errs, seen in several sessions: a review item for the
 * therapist, not a message to the patient.
 */
public sealed interface Symmetry {
    /** The difference is smaller than the error, or was seen too seldom. */
    record Even() implements Symmetry {}

    /**
     * One side reached less.
     * @param differenceDeg mean over the sessions that showed it, degrees
     * @param sessions how many of the latest showed it
     */
    record Deficit(Side side, double differenceDeg, int sessions) implements Symmetry {}

    /** It must not be judged. */
    record NotJudged(Why why) implements Symmetry {}

    enum Why {
        /** Both sides move together, or it is not the lower limb. */
        NOT_APPLICABLE,
        /** Before the sixth week after surgery, or not cleared yet. */
        TOO_EARLY,
        /** Fewer than three sessions with both sides from the same view. */
        TOO_FEW
    }

    /** Sessions that are looked at, the latest. */
    int LATEST = 5;
    /** Of them, how many must show the same side behind. */
    int SHOWING = 3;
    /** No difference below is called one, whatever the error: a camera difference under 10 degrees is never real. */
    double LEAST_DEG = 10;
    /** Weeks after surgery before which differences are expected (MISSION A4). */
    int FIRST_WEEK = 6;

    /**
     * Both sides of one session, from one view.
     * @param leftDeg median excursion of the left side's full repetitions, degrees, as rightDeg
     */
    record Sides(View view, double leftDeg, double rightDeg) {}

    /**
     * When it may be judged.
     * @param weeksSinceSurgery whole weeks; a large number when there was none
     * @param cleared false after a rotator-cuff repair until a therapist clears it
     */
    record Course(int weeksSinceSurgery, boolean cleared) {}

    /**
     * @param sessions oldest first; only those from the latest one's view are compared
     * @param detectableDeg minimal detectable difference of left and right for joint and view, degrees
     */
    static Symmetry of(Exercise exercise, List<Sides> sessions, double detectableDeg, Course course) {
        if (!exercise.symmetry()) return new NotJudged(Why.NOT_APPLICABLE);
        if (course.weeksSinceSurgery() < FIRST_WEEK || !course.cleared()) return new NotJudged(Why.TOO_EARLY);
        if (sessions.isEmpty()) return new NotJudged(Why.TOO_FEW);
        View view = sessions.getLast().view();
        List<Sides> same =
                sessions.stream().filter(each -> each.view() == view).toList();
        List<Sides> latest = same.subList(Math.max(0, same.size() - LATEST), same.size());
        if (latest.size() < SHOWING) return new NotJudged(Why.TOO_FEW);
        double limit = Math.max(LEAST_DEG, detectableDeg);
        for (Side side : Side.values()) {
            double[] behind = latest.stream()
                    .mapToDouble(each -> (side == Side.LEFT ? 1 : -1) * (each.rightDeg() - each.leftDeg()))
                    .filter(difference -> difference > limit)
                    .toArray();
            if (behind.length >= SHOWING) {
                double sum = 0;
                for (double each : behind) sum += each;
                return new Deficit(side, sum / behind.length, behind.length);
            }
        }
        return new Even();
    }
}
