package health.carryover.clinical.risk;

import static java.util.Comparator.comparing;

import java.util.List;

/** Whom to contact tonight. */
public final class Selection {
    /** At most one active patient in five is flagged. */
    private static final int ONE_IN = 5;

    private Selection() {}

    /** A patient, by opaque id, and what the model says. */
    public record Candidate(String patient, RiskScore score) {}

    /**
     * The most that may be flagged: a fifth of the active patients, rounded up, within what the staff can call.
     * Example: 300 active and staff for 45 give 45; 11 active and staff for 45 give 3.
     */
    public static int cap(int active, int staffCapacity) {
        if (active < 0 || staffCapacity < 0) throw new IllegalArgumentException("negative count");
        return Math.min(Math.ceilDiv(active, ONE_IN), staffCapacity);
    }

    /**
     * Highest risk first, from the threshold on (itself included), at most {@code cap}. Never padded: a low score is
     * not lifted to fill the cap. Ties go by patient id, so the same night gives the same list.
     */
    public static List<Candidate> select(List<Candidate> candidates, RiskScore threshold, int cap) {
        return candidates.stream()
                .filter(candidate -> candidate.score().compareTo(threshold) >= 0)
                .sorted(comparing(Candidate::score).reversed().thenComparing(Candidate::patient))
                .limit(cap)
                .toList();
    }
}
