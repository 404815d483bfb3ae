package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.carryover.clinical.engagement.CohortComparison.KeepsUp;
import health.carryover.clinical.engagement.CohortComparison.Member;
import health.carryover.clinical.engagement.CohortComparison.Nothing;
import health.carryover.clinical.engagement.CohortComparison.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CohortCellTest {
    private static final String GROUP = "acl_reconstruction/weeks_6_12";

    private static List<Member> members(int... scores) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) members.add(new Member("p" + i, GROUP, scores[i], true));
        return members;
    }

    @Test
    void twelve_who_agreed_make_a_cell_and_eleven_do_not() {
        List<Member> twelve = members(new int[12]);
        assertThat(CohortCell.of(twelve)).containsOnlyKeys(GROUP);
        assertThat(CohortCell.of(twelve.subList(0, 11))).isEmpty();
        List<Member> doubled = new ArrayList<>(twelve.subList(0, 11));
        doubled.addAll(twelve.subList(0, 11));
        assertThat(CohortCell.of(doubled)).as("the same eleven twice").isEmpty();
    }

    @Test
    void whoever_refused_once_is_not_counted() {
        List<Member> members = new ArrayList<>(members(new int[12]));
        members.add(new Member("p3", GROUP, 90, false));
        assertThat(CohortCell.of(members)).isEmpty();
    }

    @Test
    void the_number_kept_is_the_next_step_above_the_middle_and_nobodys_score() {
        // Of twelve, seven have to be no higher for 2 x 7 > 13: the seventh is 71, and the step above it 75.
        assertThat(CohortCell.of(members(51, 52, 53, 61, 62, 63, 71, 72, 81, 82, 91, 92)))
                .isEqualTo(Map.of(GROUP, new CohortCell(GROUP, 75)));
        assertThat(CohortCell.of(members(new int[12])))
                .as("nobody is praised for little")
                .isEqualTo(Map.of(GROUP, new CohortCell(GROUP, CohortComparison.LEAST_SCORE)));
    }

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoever_is_told_by_a_cell_would_be_told_by_everybodys_scores_and_at_most_a_step_is_lost(int seed) {
        Random random = new Random(seed);
        List<Member> members = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--)
            members.add(new Member("p" + i, GROUP, random.nextInt(101), random.nextInt(8) > 0));
        Map<String, CohortCell> cells = CohortCell.of(members);
        CohortCell cell = cells.get(GROUP);
        for (Member me : members) {
            if (!me.agrees()) continue;
            CohortComparison byAll = CohortComparison.of(me, members, false);
            CohortComparison byCell = CohortComparison.of(cell, me.score(), true, false);
            if (byCell instanceof KeepsUp) assertThat(byAll).isEqualTo(new KeepsUp());
            else if (cell != null && byAll instanceof KeepsUp)
                assertThat(cell.keepsUpFrom() - me.score()).isBetween(1, CohortCell.STEP - 1);
        }
        // Somebody who agreed since last night is held against all of them.
        for (int score = 0; cell != null && score <= 100; score++)
            if (CohortComparison.of(cell, score, true, false) instanceof KeepsUp)
                assertThat(CohortComparison.of(new Member("new", GROUP, score, true), members, false))
                        .isEqualTo(new KeepsUp());
    }

    @Test
    void nothing_is_said_without_a_cell_without_consent_or_while_a_safety_task_is_open() {
        CohortCell cell = new CohortCell(GROUP, 60);
        assertThat(CohortComparison.of(cell, 60, true, false)).isEqualTo(new KeepsUp());
        assertThat(CohortComparison.of(cell, 59, true, false)).isEqualTo(new Nothing(Why.BEHIND_OR_LOW));
        assertThat(CohortComparison.of(null, 100, true, false)).isEqualTo(new Nothing(Why.TOO_FEW));
        assertThat(CohortComparison.of(cell, 100, false, false)).isEqualTo(new Nothing(Why.NO_CONSENT));
        assertThat(CohortComparison.of(cell, 100, true, true)).isEqualTo(new Nothing(Why.SAFETY_TASK_OPEN));
    }

    @ParameterizedTest(name = "week {0}: {1}")
    @CsvSource({
        "-1, weeks_0_6",
        "0, weeks_0_6",
        "5, weeks_0_6",
        "6, weeks_6_12",
        "11, weeks_6_12",
        "12, weeks_12_26",
        "25, weeks_12_26",
        "26, weeks_26_on"
    })
    void a_group_is_diagnosis_and_stage(long week, String stage) {
        assertThat(CohortCell.group("LOW_BACK_PAIN", week)).isEqualTo("low_back_pain/" + stage);
    }

    @ParameterizedTest
    @CsvSource({"49", "51", "45", "105"})
    void a_number_that_is_no_step_is_refused(int from) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CohortCell(GROUP, from))
                .withMessageStartingWith("keepsUpFrom");
    }
}
