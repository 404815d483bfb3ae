package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.engagement.ContactCap.Answer;
import health.carryover.clinical.engagement.ContactCap.Kind;
import health.carryover.clinical.engagement.ContactCap.Sent;
import health.carryover.clinical.engagement.ContactCap.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContactCapTest {
    private static final Instant NOW = Instant.parse("2026-02-04T15:00:00Z");
    private static final Map<Kind, Integer> BY_KIND =
            Map.of(Kind.ENCOURAGEMENT, 2, Kind.REMINDER, 3, Kind.STREAK, 1, Kind.MILESTONE, 1, Kind.COHORT, 1);
    private static final ContactCap CAP = new ContactCap("test", 1, 4, BY_KIND);

    private static Sent ago(Kind kind, Duration ago) {
        return new Sent(kind + " " + ago, kind, NOW.minus(ago));
    }

    private static Sent ago(Kind kind, int days) {
        return ago(kind, Duration.ofDays(days).plusHours(1));
    }

    private static Answer judge(Kind kind, Sent... sent) {
        return CAP.judge(kind, List.of(sent), false, NOW);
    }

    static Stream<Kind> counting() {
        return Arrays.stream(Kind.values()).filter(Kind::counts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counting")
    void whatever_reached_the_patient_today_fills_the_day(Kind sent) {
        assertThat(judge(Kind.REMINDER, ago(sent, 0)))
                .isEqualTo(new Answer.Refused(Why.DAY_FULL, NOW.plus(Duration.ofHours(23))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counting")
    void everything_that_reached_the_patient_counts_towards_the_week(Kind sent) {
        Sent[] three = {ago(Kind.CALL, 2), ago(Kind.STAFF_MESSAGE, 3), ago(Kind.STREAK, 4)};
        assertThat(judge(Kind.REMINDER, three)).isEqualTo(new Answer.Allowed());
        assertThat(judge(Kind.REMINDER, three[0], three[1], three[2], ago(sent, 5)))
                .isEqualTo(new Answer.Refused(
                        Why.WEEK_FULL, NOW.plus(Duration.ofDays(2)).minus(Duration.ofHours(1))));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Kind.class,
            names = {"SAFETY", "ANSWER"})
    void safety_and_answers_to_the_patient_stand_outside(Kind kind) {
        assertThat(judge(Kind.STREAK, ago(kind, 0), ago(kind, 1), ago(kind, 2), ago(kind, 3), ago(kind, 4)))
                .isEqualTo(new Answer.Allowed());
        Sent[] full = {ago(Kind.REMINDER, 0), ago(Kind.REMINDER, 1), ago(Kind.STREAK, 2), ago(Kind.COHORT, 3)};
        assertThat(judge(kind, full)).isEqualTo(new Answer.Allowed());
        assertThat(CAP.judge(kind, List.of(full), true, NOW)).isEqualTo(new Answer.Allowed());
    }

    @Test
    void people_are_counted_but_not_refused() {
        Sent[] full = {ago(Kind.CALL, 0), ago(Kind.CALL, 1), ago(Kind.CALL, 2), ago(Kind.CALL, 3)};
        assertThat(judge(Kind.CALL, full)).isEqualTo(new Answer.Allowed());
        assertThat(judge(Kind.STAFF_MESSAGE, full)).isEqualTo(new Answer.Allowed());
    }

    @Test
    void each_kind_has_its_own_limit() {
        assertThat(judge(Kind.COHORT, ago(Kind.COHORT, 3)))
                .isEqualTo(new Answer.Refused(
                        Why.KIND_FULL, NOW.plus(Duration.ofDays(4)).minus(Duration.ofHours(1))));
        assertThat(judge(Kind.MILESTONE, ago(Kind.COHORT, 3))).isEqualTo(new Answer.Allowed());
    }

    @Test
    void exactly_a_day_and_exactly_seven_days_are_over() {
        assertThat(judge(Kind.REMINDER, ago(Kind.STREAK, Duration.ofHours(24)))).isEqualTo(new Answer.Allowed());
        assertThat(judge(Kind.REMINDER, ago(Kind.STREAK, Duration.ofHours(24).minusMillis(1))))
                .isInstanceOf(Answer.Refused.class);
        assertThat(judge(Kind.STREAK, ago(Kind.STREAK, Duration.ofDays(7)))).isEqualTo(new Answer.Allowed());
        assertThat(judge(Kind.STREAK, ago(Kind.STREAK, Duration.ofDays(7).minusMillis(1))))
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void while_a_safety_task_is_open_nothing_goes_out_by_itself() {
        for (Kind kind : Kind.values())
            if (kind.automatic())
                assertThat(CAP.judge(kind, List.of(), true, NOW))
                        .isEqualTo(new Answer.Refused(Why.SAFETY_TASK_OPEN, Instant.MAX));
    }

    @Test
    void a_push_repeated_under_one_id_counts_once_and_from_its_last_time() {
        Sent first = new Sent("push", Kind.REMINDER, NOW.minus(Duration.ofDays(3)));
        Sent again = new Sent("push", Kind.REMINDER, NOW.minus(Duration.ofHours(2)));
        assertThat(ContactCap.lastWeek(List.of(again, first), NOW)).containsEntry(Kind.REMINDER, 1);
        assertThat(judge(Kind.STREAK, again, first)).isInstanceOf(Answer.Refused.class);
        assertThat(judge(Kind.STREAK, first, again)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void a_message_dated_in_the_future_counts() {
        assertThat(judge(Kind.STREAK, ago(Kind.REMINDER, Duration.ofMinutes(-10))))
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void the_last_week_is_told_by_kind() {
        List<Sent> sent = List.of(ago(Kind.REMINDER, 1), ago(Kind.REMINDER, 6), ago(Kind.CALL, 7), ago(Kind.SAFETY, 1));
        assertThat(ContactCap.lastWeek(sent, NOW))
                .containsEntry(Kind.REMINDER, 2)
                .containsEntry(Kind.CALL, 0)
                .containsOnlyKeys(counting().toList());
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sending_whatever_is_allowed_never_passes_a_limit_and_until_is_when_it_ends(int seed) {
        Random random = new Random(seed);
        List<Sent> sent = new ArrayList<>();
        Instant now = NOW;
        for (int step = 0; step < 60; step++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(1500)));
            Kind kind = Kind.values()[random.nextInt(5)];
            Collections.shuffle(sent, random);
            switch (CAP.judge(kind, sent, false, now)) {
                case Answer.Allowed _ -> sent.add(new Sent("m" + step, kind, now));
                case Answer.Refused refused -> {
                    assertThat(refused.until()).isAfter(now);
                    assertThat(CAP.judge(kind, sent, false, refused.until())).isEqualTo(new Answer.Allowed());
                    assertThat(CAP.judge(kind, sent, false, refused.until().minusNanos(1)))
                            .isInstanceOf(Answer.Refused.class);
                }
            }
            Map<Kind, Integer> week = ContactCap.lastWeek(sent, now);
            assertThat(week.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(4);
            BY_KIND.forEach((each, limit) -> assertThat(week.get(each)).isLessThanOrEqualTo(limit));
            Instant dayBefore = now.minus(Duration.ofDays(1));
            assertThat(sent.stream()
                            .filter(each -> each.at().isAfter(dayBefore))
                            .count())
                    .isLessThanOrEqualTo(1);
        }
        assertThat(sent).hasSizeGreaterThan(5);
    }

    @Test
    void a_cap_without_a_limit_for_something_automatic_is_refused() {
        assertThatThrownBy(() -> new ContactCap("v", 1, 4, Map.of(Kind.STREAK, 1)))
                .hasMessageContaining("ENCOURAGEMENT");
        assertThatThrownBy(() -> new ContactCap("v", 0, 4, BY_KIND)).hasMessageStartingWith("per_day");
        assertThatThrownBy(() -> new ContactCap("v", 1, 0, BY_KIND)).hasMessageStartingWith("per_week");
    }

    @Test
    void work_for_a_person_waits_until_day_and_week_have_room() {
        ContactCap cap = new ContactCap(
                "t",
                1,
                2,
                Map.of(Kind.ENCOURAGEMENT, 9, Kind.REMINDER, 9, Kind.STREAK, 9, Kind.MILESTONE, 9, Kind.COHORT, 9));
        Instant now = Instant.parse("2026-02-02T12:00:00Z");
        Sent earlier = new Sent("a", Kind.REMINDER, now.minus(Duration.ofDays(2)));
        Sent today = new Sent("b", Kind.CALL, now.minus(Duration.ofHours(1)));
        Sent safety = new Sent("c", Kind.SAFETY, now);
        assertThat(cap.roomFrom(List.of(safety), now)).isEqualTo(now);
        assertThat(cap.roomFrom(List.of(earlier), now)).isEqualTo(now);
        assertThat(cap.roomFrom(List.of(today, safety), now)).isEqualTo(now.plus(Duration.ofHours(23)));
        assertThat(cap.roomFrom(List.of(today, earlier), now)).isEqualTo(now.plus(Duration.ofDays(5)));
    }
}
