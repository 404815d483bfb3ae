package health.carryover.clinical.engagement;

import health.carryover.clinical.engagement.CohortComparison.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may be kept of a group of patients so that one of them can be told "you keep up": one number, and nobody's value.
 * The median itself would be somebody's score, so the number is rounded up to the next step, which says less.
 *
 * @param group as in {@link Member}
 * @param keepsUpFrom the lowest score with which one keeps up, a multiple of {@value #STEP}, at least
 *     {@value CohortComparison#LEAST_SCORE}
 */
public record CohortCell(String group, int keepsUpFrom) {
    /** Percent; our own choice. */
    public static final int STEP = 5;

    /**
     * People who must have agreed for there to be a cell: the eleven others that a patient is compared with, and one
     * more, since the patient is one of the group.
     */
    public static final int LEAST_MEMBERS = CohortComparison.LEAST_OTHERS + 1;

    public CohortCell {
        if (group.isBlank()) throw new IllegalArgumentException("group: missing");
        if (keepsUpFrom < CohortComparison.LEAST_SCORE || keepsUpFrom > 100 || keepsUpFrom % STEP != 0)
            throw new IllegalArgumentException("keepsUpFrom: not a step of the score");
    }

    /**
     * The cells of a clinic by group; a group with too few who agreed has none. Whoever is told to keep up by a cell is
     * told so by {@link CohortComparison#of} too, whether part of the group or not; the other way round only from the
     * next step on.
     * @param members any order; of doubled ids a refusal counts before consent, and the higher score
     */
    public static Map<String, CohortCell> of(List<Member> members) {
        Set<String> refused = new HashSet<>();
        for (Member member : members) if (!member.agrees()) refused.add(member.patient());
        Map<String, Map<String, Integer>> byGroup = new TreeMap<>();
        for (Member member : members)
            if (!refused.contains(member.patient()))
                byGroup.computeIfAbsent(member.group(), _ -> new HashMap<>())
                        .merge(member.patient(), member.score(), Math::max);
        Map<String, CohortCell> cells = new TreeMap<>();
        byGroup.forEach((group, scores) -> {
            if (scores.size() >= LEAST_MEMBERS)
                cells.put(group, new CohortCell(group, keepsUpFrom(new ArrayList<>(scores.values()))));
        });
        return cells;
    }

    /**
     * Of n people, more than half of the n - 1 others of one of them score no higher exactly when
     * {@code 2 x (those who score no higher, oneself included) > n + 1}.
     */
    private static int keepsUpFrom(List<Integer> scores) {
        for (int score = CohortComparison.LEAST_SCORE; score < 100; score += STEP) {
            int from = score;
            long noHigher = scores.stream().filter(each -> each <= from).count();
            if (2 * noHigher > scores.size() + 1) return from;
        }
        return 100;
    }

    /**
     * The group of a patient: diagnosis and stage. Stages are whole weeks of the plan, 0-5, 6-11, 12-25 and later; our
     * own choice, about the phases after a knee operation.
     * @param diagnosis as the clinic writes it
     * @param week of the plan, from 0; before the plan begins it is the first
     */
    public static String group(String diagnosis, long week) {
        String stage = week < 6 ? "weeks_0_6" : week < 12 ? "weeks_6_12" : week < 26 ? "weeks_12_26" : "weeks_26_on";
        return diagnosis.toLowerCase(Locale.ROOT) + "/" + stage;
    }
}
