package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Engagement.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngagementTest {
    private static final Instant FLAG = Instant.parse("2026-01-06T07:00:00Z");

    private static Engagement engagement(Kind kind, long secondsAfterFlag, String id) {
        return new Engagement(kind, FLAG.plusSeconds(secondsAfterFlag), id);
    }

    @ParameterizedTest(name = "a session that ended {0} s after the flag counts: {1}")
    @CsvSource({"-901,false", "-900,true", "-899,true", "-840,true", "-960,false", "0,true", "1,true", "200000,true"})
    void a_session_counts_from_fifteen_minutes_before_the_flag(long seconds, boolean counts) {
        assertThat(engagement(Kind.SESSION, seconds, "s").countsAfter(FLAG)).isEqualTo(counts);
        // 07:00 - 15 min, by the wall clock.
        assertThat(Engagement.sessionsFrom(FLAG)).isEqualTo("2026-01-06T06:45:00Z");
    }

    @ParameterizedTest(name = "{0} counts from the flag on")
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "SESSION")
    void an_answer_a_visit_and_a_break_count_from_the_flag_on(Kind kind) {
        assertThat(engagement(kind, -1, "c").countsAfter(FLAG)).isFalse();
        assertThat(engagement(kind, 0, "c").countsAfter(FLAG)).isTrue();
        assertThat(engagement(kind, 1, "c").countsAfter(FLAG)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Kind.class)
    void only_pain_needs_a_therapist(Kind kind) {
        assertThat(kind.needsTherapist()).isEqualTo(kind == Kind.REPLY_PAIN);
    }

    @Test
    void pain_decides_before_everything_earlier_and_what_was_before_the_flag_decides_nothing() {
        Engagement old = engagement(Kind.REPLY_PAIN, -1, "0");
        Engagement session = engagement(Kind.SESSION, 10, "1");
        Engagement fine = engagement(Kind.REPLY_FINE, 20, "2");
        Engagement pain = engagement(Kind.REPLY_PAIN, 30, "3");
        List<Engagement> all = new ArrayList<>(List.of(old, session, fine, pain));
        for (int turn = 0; turn < all.size(); turn++) {
            Collections.rotate(all, 1);
            assertThat(Engagement.deciding(all, FLAG)).contains(pain);
        }
        assertThat(Engagement.deciding(List.of(fine, old, session), FLAG)).contains(session);
        assertThat(Engagement.deciding(List.of(old), FLAG)).isEmpty();
        assertThat(Engagement.deciding(List.of(), FLAG)).isEmpty();
    }

    @Test
    void of_two_at_the_same_instant_the_same_one_decides_in_any_order() {
        Engagement a = engagement(Kind.SESSION, 5, "a");
        Engagement b = engagement(Kind.REPLY_FINE, 5, "b");
        assertThat(Engagement.deciding(List.of(a, b), FLAG)).contains(a);
        assertThat(Engagement.deciding(List.of(b, a), FLAG)).contains(a);
    }
}
