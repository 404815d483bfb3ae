package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.engagement.CohortComparison.KeepsUp;
import health.carryover.clinical.engagement.CohortComparison.Member;
import health.carryover.clinical.engagement.CohortComparison.Nothing;
import health.carryover.clinical.engagement.CohortComparison.Why;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CohortComparisonTest {
    private static final String GROUP = "acl_repair/weeks_6_12";

    private static Member member(String id, int score) {
        return new Member(id, GROUP, score, true);
    }

    private static List<Member> others(int... scores) {
        List<Member> others = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) others.add(member("other" + i, scores[i]));
        return others;
    }

    private static CohortComparison of(int score, List<Member> members) {
        return CohortComparison.of(member("me", score), members, false);
    }

    @Test
    void eleven_others_are_enough_and_ten_with_the_patient_are_not() {
        int[] eleven = new int[11];
        Arrays.fill(eleven, 60);
        List<Member> members = others(eleven);
        assertThat(of(80, members)).isEqualTo(new KeepsUp());
        List<Member> ten = new ArrayList<>(members.subList(0, 10));
        ten.add(member("me", 80));
        assertThat(of(80, ten)).isEqualTo(new Nothing(Why.TOO_FEW));
    }

    @ParameterizedTest(name = "score {0}: keeps up {1}")
    // The others: 50, 55, ... 100; the sixth is 75, their median.
    @CsvSource({"74, false", "75, true", "76, true", "100, true"})
    void it_is_said_at_the_median_and_ahead_of_it_only(int score, boolean said) {
        List<Member> members =
                others(IntStream.rangeClosed(0, 10).map(i -> 50 + 5 * i).toArray());
        assertThat(of(score, members)).isEqualTo(said ? new KeepsUp() : new Nothing(Why.BEHIND_OR_LOW));
    }

    @Test
    void half_of_an_even_group_is_not_most_people() {
        List<Member> members = others(50, 50, 50, 50, 50, 50, 90, 90, 90, 90, 90, 90);
        assertThat(of(70, members)).isEqualTo(new Nothing(Why.BEHIND_OR_LOW));
        assertThat(of(90, members)).isEqualTo(new KeepsUp());
    }

    @Test
    void doing_little_is_not_praised_even_where_most_do_less() {
        List<Member> members = others(new int[20]);
        assertThat(of(49, members)).isEqualTo(new Nothing(Why.BEHIND_OR_LOW));
        assertThat(of(50, members)).isEqualTo(new KeepsUp());
    }

    @Test
    void without_consent_there_is_no_comparison_and_those_who_refuse_are_not_counted() {
        List<Member> members = others(new int[11]);
        assertThat(CohortComparison.of(new Member("me", GROUP, 90, false), members, false))
                .isEqualTo(new Nothing(Why.NO_CONSENT));
        members.set(3, new Member("other3", GROUP, 0, false));
        assertThat(of(90, members)).isEqualTo(new Nothing(Why.TOO_FEW));
        members.add(member("other3", 0));
        assertThat(of(90, members)).isEqualTo(new Nothing(Why.TOO_FEW));
    }

    @Test
    void a_group_of_ones_own_is_never_widened_to_another() {
        List<Member> members = others(new int[30]);
        assertThat(CohortComparison.of(new Member("me", "rare/week_1", 90, true), members, false))
                .isEqualTo(new Nothing(Why.TOO_FEW));
    }

    @Test
    void nothing_is_said_while_a_safety_task_is_open() {
        assertThat(CohortComparison.of(member("me", 90), others(new int[30]), true))
                .isEqualTo(new Nothing(Why.SAFETY_TASK_OPEN));
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothing_is_ever_said_about_fewer_than_eleven_others_or_to_somebody_under_their_median(int seed) {
        Random random = new Random(seed);
        List<Member> members = new ArrayList<>();
        List<Integer> comparable = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            String group = random.nextInt(5) > 0 ? GROUP : "other";
            Member member = new Member("p" + i, group, random.nextInt(101), random.nextInt(8) > 0);
            members.add(member);
            if (random.nextBoolean()) members.add(member);
            if (member.agrees() && group.equals(GROUP)) comparable.add(member.score());
        }
        Member me = new Member("me", GROUP, random.nextInt(101), random.nextInt(5) > 0);
        members.add(me);
        CohortComparison said = CohortComparison.of(me, members, false);
        if (said instanceof KeepsUp) {
            assertThat(me.agrees()).isTrue();
            assertThat(comparable).hasSizeGreaterThanOrEqualTo(11);
            Collections.sort(comparable);
            int size = comparable.size();
            double median = (comparable.get((size - 1) / 2) + comparable.get(size / 2)) / 2.0;
            assertThat((double) me.score()).isGreaterThanOrEqualTo(median);
        }
        Collections.shuffle(members, random);
        assertThat(CohortComparison.of(me, members, false)).isEqualTo(said);
    }
}
