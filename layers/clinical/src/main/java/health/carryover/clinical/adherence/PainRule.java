package health.carryover.clinical.adherence;

import health.carryover.clinical.adherence.Session.Pain;
import java.util.Optional;

/**
 * Which pain after a session a therapist should look at. The numbers are data with a source, changeable per clinic.
 *
 * @param version of the rule, shown beside what it found
 * @param highAfter rating after the session that is high
 * @param riseWithHigh rise above the rating before that, together with a high rating, asks for a review
 * @param rise rise that asks for a review whatever the level
 */
public record PainRule(String version, int highAfter, int riseWithHigh, int rise) {
    public PainRule {
        if (highAfter < 0 || highAfter > 10) throw new IllegalArgumentException("highAfter outside [0, 10]");
        if (riseWithHigh < 0 || riseWithHigh > 10) throw new IllegalArgumentException("riseWithHigh outside [0, 10]");
        if (rise < 0 || rise > 10) throw new IllegalArgumentException("rise outside [0, 10]");
    }

    public enum Finding {
        HIGH_AND_RISING,
        RISING,
        NOT_BACK_NEXT_MORNING
    }

    /** @return why a therapist should look, or nothing; a rating that was not asked finds nothing */
    public Optional<Finding> judge(Pain pain) {
        Integer before = pain.before();
        Integer after = pain.after();
        Integer morning = pain.nextMorning();
        if (before == null) return Optional.empty();
        if (after != null && after >= highAfter && after - before >= riseWithHigh)
            return Optional.of(Finding.HIGH_AND_RISING);
        if (after != null && after - before >= rise) return Optional.of(Finding.RISING);
        if (morning != null && morning > before + 1) return Optional.of(Finding.NOT_BACK_NEXT_MORNING);
        return Optional.empty();
    }
}
