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
     * not lifted to fill the cap. Ties go by {@link #lot}, so the same night gives the same list.
     *
     * @param night names the night
     */
    public static List<Candidate> select(List<Candidate> candidates, RiskScore threshold, int cap, String night) {
        return candidates.stream()
                .filter(candidate -> candidate.score().compareTo(threshold) >= 0)
                .sorted(comparing(Candidate::score)
                        .reversed()
                        .thenComparing(candidate -> lot(night, candidate.patient()))
                        .thenComparing(Candidate::patient))
                .limit(cap)
                .toList();
    }

    /**
     * Decides between equals: another order each night. By id the patients who enrolled first would always come first, and
     * with them the therapist who was there first. FNV-1a, then the finaliser of MurmurHash3, so that ids which differ in
     * their last digit only are far apart.
     */
    public static long lot(String night, String patient) {
        long hash = 0xcbf29ce484222325L;
        String text = night + "/" + patient;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
