package health.carryover.clinical.adherence;

import health.carryover.clinical.adherence.Session.Pain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What pain during and after a session means: for the exercise, at once on the phone, and for the therapist, who looks the
 * next business day. SAFETY.md's rule v1. The numbers are data with a source, changeable per clinic. Ratings are 0-10.
 * Where several rows of the rule hold, the strictest does.
 *
 * @param version of the rule, shown beside what it found
 * @param easeFrom rating from which the exercise is eased, up to {@code high} not included
 * @param easeRise rise above the rating before from which it is eased, whatever the level
 * @param high rating that is high
 * @param riseWithHigh rise that together with a high rating stops the exercise
 * @param rise rise that stops the exercise whatever the level
 * @param backWithin how far above the rating before the next morning still is back to usual
 * @param severe rating that stops the session if it came suddenly
 */
public record PainRule(
        String version, int easeFrom, int easeRise, int high, int riseWithHigh, int rise, int backWithin, int severe) {
    public PainRule {
        rating("ease_from", easeFrom);
        rating("ease_rise", easeRise);
        rating("high_after", high);
        rating("rise_with_high", riseWithHigh);
        rating("rise", rise);
        rating("back_within", backWithin);
        rating("severe_from", severe);
        if (!(easeFrom <= high && high <= severe))
            throw new IllegalArgumentException("ease_from, high_after, severe_from: not in this order");
        if (easeRise > rise) throw new IllegalArgumentException("ease_rise: above rise");
    }

    private static void rating(String column, int value) {
        if (value < 0 || value > 10) throw new IllegalArgumentException(column + ": outside [0, 10]");
    }

    /** What the phone does at once. */
    public enum Advice {
        CONTINUE,
        /** Less range or load; asked again the next morning. */
        EASE,
        /** This exercise stops. */
        STOP_EXERCISE,
        /** The session stops and the symptoms are asked for. */
        STOP_SESSION
    }

    /** Why a therapist looks. */
    public enum Finding {
        SEVERE_AND_SUDDEN,
        HIGH_AND_RISING,
        RISING,
        NOT_BACK_NEXT_MORNING
    }

    /**
     * @param before the rating before the session; absent when it was not asked: then only the level speaks
     * @param backPain whether the patient has persistent back pain: the level takes no part in stopping an exercise then.
     *     New symptoms in a leg do, by {@link health.carryover.clinical.safety.SymptomCheck}
     */
    public Advice advise(@Nullable Integer before, int now, boolean suddenOnset, boolean backPain) {
        rating("now", now);
        if (now >= severe && suddenOnset) return Advice.STOP_SESSION;
        if (before == null) return now >= easeFrom ? Advice.EASE : Advice.CONTINUE;
        int above = now - before;
        if (above >= rise || now >= high && above >= riseWithHigh && !backPain) return Advice.STOP_EXERCISE;
        if (now >= easeFrom && now < high || above >= easeRise) return Advice.EASE;
        return Advice.CONTINUE;
    }

    /** @return why a therapist should look, the gravest reason, or nothing; a rating that was not asked finds nothing */
    public Optional<Finding> judge(Pain pain) {
        Integer before = pain.before();
        Integer after = pain.after();
        if (after != null && after >= severe && Boolean.TRUE.equals(pain.suddenOnset()))
            return Optional.of(Finding.SEVERE_AND_SUDDEN);
        if (before == null) return Optional.empty();
        if (after != null && after >= high && after - before >= riseWithHigh)
            return Optional.of(Finding.HIGH_AND_RISING);
        if (after != null && after - before >= rise) return Optional.of(Finding.RISING);
        if (pain.nextMorning() != null && notBack(before, pain.nextMorning()))
            return Optional.of(Finding.NOT_BACK_NEXT_MORNING);
        return Optional.empty();
    }

    /** Whether the pain is not back to usual the morning after a session. */
    public boolean notBack(int before, int nextMorning) {
        return nextMorning > before + backWithin;
    }
}
