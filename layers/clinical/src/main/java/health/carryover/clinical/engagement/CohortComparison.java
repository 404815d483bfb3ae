package health.carryover.clinical.engagement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a patient may be told that they do as much of their program as most people at the same stage. Only this is
 * ever said: no counts, no rank, no names, and nothing at all to somebody who is behind.
 */
public sealed interface CohortComparison {
    /** "You keep up with most people at this stage." */
    record KeepsUp() implements CohortComparison {}

    record Nothing(Why why) implements CohortComparison {}

    enum Why {
        NO_CONSENT,
        SAFETY_TASK_OPEN,
        /** Fewer than {@value #LEAST_OTHERS} others of the group agreed, or the group is the patient's alone. */
        TOO_FEW,
        /** Half of the others or more score higher, or the score is too low to be praised. */
        BEHIND_OR_LOW
    }

    /**
     * People besides the patient who must have agreed: the stricter reading of "never under 11", for with eleven in all
     * a patient who knows their own part knows something of ten. Only those who agreed are counted or compared.
     */
    int LEAST_OTHERS = 11;

    /** Nobody is praised for less, even when most do less; our own choice. */
    int LEAST_SCORE = 50;

    /**
     * One person of the clinic.
     * @param patient opaque id
     * @param group diagnosis and stage, as acl_repair/weeks_6_12; people of another group are not looked at, and a small
     *     group is never made larger by joining others to it
     * @param score compliance, [0, 100]
     * @param agrees to being compared and to being part of a comparison
     */
    record Member(String patient, String group, int score, boolean agrees) {
        public Member {
            if (group.isBlank()) throw new IllegalArgumentException("group: missing");
            if (score < 0 || score > 100) throw new IllegalArgumentException("score: outside [0, 100]");
        }
    }

    /**
     * @param members any order, the patient among them or not; of doubled ids a refusal counts before consent, and the
     *     higher score, which says less
     */
    static CohortComparison of(Member patient, List<Member> members, boolean safetyTaskOpen) {
        if (safetyTaskOpen) return new Nothing(Why.SAFETY_TASK_OPEN);
        if (!patient.agrees()) return new Nothing(Why.NO_CONSENT);
        Map<String, Integer> others = new HashMap<>();
        for (Member member : members)
            if (member.group().equals(patient.group()) && !member.patient().equals(patient.patient()))
                others.merge(member.patient(), member.score(), Math::max);
        for (Member member : members) if (!member.agrees()) others.remove(member.patient());
        if (others.size() < LEAST_OTHERS) return new Nothing(Why.TOO_FEW);
        long notAhead = others.values().stream()
                .filter(score -> score <= patient.score())
                .count();
        // More than half of the others, so that "most people" is true; this is at the median or ahead of it.
        boolean keepsUp = 2 * notAhead > others.size() && patient.score() >= LEAST_SCORE;
        return keepsUp ? new KeepsUp() : new Nothing(Why.BEHIND_OR_LOW);
    }

    /**
     * The same, asked of what the night kept of the group, so that nobody's score but the patient's own is looked at.
     * @param cell of the patient's group; null when there is none, which is so when too few agreed
     * @param score compliance, [0, 100]
     */
    static CohortComparison of(@Nullable CohortCell cell, int score, boolean agrees, boolean safetyTaskOpen) {
        if (safetyTaskOpen) return new Nothing(Why.SAFETY_TASK_OPEN);
        if (!agrees) return new Nothing(Why.NO_CONSENT);
        if (cell == null) return new Nothing(Why.TOO_FEW);
        return score >= cell.keepsUpFrom() ? new KeepsUp() : new Nothing(Why.BEHIND_OR_LOW);
    }
}
