package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Engagement.Kind;
import health.carryover.clinical.escalation.Escalation.AfterStoring;
import health.carryover.clinical.escalation.Escalation.Fence;
import health.carryover.clinical.escalation.Escalation.OnEngagement.Complete;
import health.carryover.clinical.escalation.Escalation.OnEngagement.Nothing;
import health.carryover.clinical.escalation.Escalation.OnEngagement.ShowOnTask;
import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.clinical.escalation.Escalation.Reviewed;
import health.carryover.clinical.escalation.Escalation.Token;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EscalationTest {
    private static final Instant FLAG = Instant.parse("2026-01-06T07:00:00Z");
    private static final Instant PUSH = Instant.parse("2026-01-06T13:00:00Z");
    private static final Instant DEADLINE = Instant.parse("2026-01-08T13:00:00Z");

    private static final Escalation OPENED = Escalation.opened("e1", "e-x", FLAG, List.of("No session for 6 days."));
    private static final Escalation WAITING = OPENED.encouraged(PUSH, DEADLINE);
    private static final Escalation CALL = WAITING.calling("e1-call");

    private static Escalation review(Reviewed because) {
        return CALL.reviewing("e1-review", because);
    }

    private static Token token(String value, int redrive, int enteredSecond, int retry) {
        return new Token(value, new Fence(redrive, PUSH.plusSeconds(enteredSecond), retry));
    }

    private static Escalation armed(Escalation escalation) {
        return escalation.armed(token("T", 0, 0, 0));
    }

    private static Engagement after(Kind kind) {
        return new Engagement(kind, FLAG.plusSeconds(3600), "x");
    }

    record Row(
            String situation,
            Escalation escalation,
            Engagement engagement,
            boolean claimed,
            Class<?> uploader,
            AfterStoring machine) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> engagement() {
        Engagement session = after(Kind.SESSION);
        Engagement pain = after(Kind.REPLY_PAIN);
        return Stream.of(
                new Row(
                        "flagged, no push yet: the next step looks",
                        OPENED,
                        session,
                        false,
                        Nothing.class,
                        AfterStoring.ENGAGED),
                new Row(
                        "waiting, no token yet: arming looks",
                        WAITING,
                        session,
                        false,
                        Nothing.class,
                        AfterStoring.ENGAGED),
                new Row("waiting", armed(WAITING), session, false, Complete.class, AfterStoring.ENGAGED),
                new Row("waiting, in pain", armed(WAITING), pain, false, Complete.class, AfterStoring.ENGAGED),
                new Row("call just made: arming looks", CALL, session, false, Nothing.class, AfterStoring.ENGAGED),
                new Row("call waits", armed(CALL), session, false, Complete.class, AfterStoring.ENGAGED),
                new Row(
                        "somebody is calling: they see it",
                        armed(CALL),
                        session,
                        true,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK),
                new Row(
                        "somebody is calling, not armed yet",
                        CALL,
                        session,
                        true,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK),
                new Row(
                        "somebody is calling, the patient is in pain: a therapist",
                        armed(CALL),
                        pain,
                        true,
                        Complete.class,
                        AfterStoring.ENGAGED),
                new Row(
                        "in pain as the call is made and claimed: arming looks",
                        CALL,
                        pain,
                        true,
                        Nothing.class,
                        AfterStoring.WAIT),
                new Row(
                        "review of somebody not reached",
                        armed(review(Reviewed.NOT_REACHED)),
                        session,
                        false,
                        Complete.class,
                        AfterStoring.ENGAGED),
                new Row(
                        "review just made: arming looks",
                        review(Reviewed.NOT_REACHED),
                        session,
                        false,
                        Nothing.class,
                        AfterStoring.ENGAGED),
                new Row(
                        "review of somebody who declined",
                        armed(review(Reviewed.DECLINED)),
                        session,
                        false,
                        Complete.class,
                        AfterStoring.ENGAGED),
                new Row(
                        "a therapist is at it: they see it",
                        armed(review(Reviewed.NOT_REACHED)),
                        session,
                        true,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK),
                new Row(
                        "a barrier stays a barrier",
                        armed(review(Reviewed.BARRIER)),
                        session,
                        false,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK),
                new Row(
                        "a concern stays a concern",
                        armed(review(Reviewed.CLINICAL_CONCERN)),
                        session,
                        false,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK),
                new Row(
                        "pain stays pain",
                        armed(review(Reviewed.PAIN)),
                        session,
                        false,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK),
                new Row(
                        "not reached, now in pain: stays with the therapist",
                        armed(review(Reviewed.NOT_REACHED)),
                        pain,
                        false,
                        ShowOnTask.class,
                        AfterStoring.SHOW_ON_TASK));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void engagement(Row row) {
        assertThat(row.escalation().onEngagement(row.engagement(), row.claimed()))
                .isInstanceOf(row.uploader());
        assertThat(row.escalation().afterStoring(row.engagement(), row.claimed()))
                .isEqualTo(row.machine());
        assertThat(row.escalation().afterStoring(null, row.claimed())).isEqualTo(AfterStoring.WAIT);
    }

    @Test
    void a_closed_outreach_and_an_old_session_change_nothing() {
        assertThat(armed(WAITING).closed("ENGAGED").onEngagement(after(Kind.SESSION), false))
                .isInstanceOf(Nothing.class);
        Engagement old = new Engagement(Kind.SESSION, FLAG.minusSeconds(901), "x");
        assertThat(armed(WAITING).onEngagement(old, false)).isInstanceOf(Nothing.class);
        assertThat(armed(CALL).onEngagement(old, true)).isInstanceOf(Nothing.class);
    }

    @ParameterizedTest(name = "token of redrive {0}, entered at {1} s, retry {2} replaces that of 1, 10, 1: {3}")
    @CsvSource({"1,10,1,true", "1,10,2,true", "1,10,0,false", "1,9,9,false", "1,11,0,true", "0,99,9,false", "2,0,0,true"
    })
    void an_older_attempt_never_replaces_a_newer_ones_token(int redrive, int entered, int retry, boolean replaces) {
        Escalation stored = WAITING.armed(token("stored", 1, 10, 1));
        Escalation after = stored.armed(token("other", redrive, entered, retry));
        assertThat(after.token()).extracting(Token::value).isEqualTo(replaces ? "other" : "stored");
    }

    @Test
    void the_deadline_is_assigned_once() {
        assertThat(WAITING.encouraged(PUSH.plusSeconds(60), DEADLINE.plusSeconds(60)))
                .isEqualTo(WAITING);
        assertThat(CALL.deadline()).isEqualTo(DEADLINE);
        assertThat(review(Reviewed.PAIN).deadline()).isEqualTo(DEADLINE);
    }

    @Test
    void a_new_phase_and_a_reminder_forget_the_token_of_the_state_before() {
        assertThat(armed(WAITING).calling("c").token()).isNull();
        assertThat(armed(CALL).reviewing("r", Reviewed.BARRIER).token()).isNull();
        Escalation reminded = armed(CALL).reminded();
        assertThat(reminded.token()).isNull();
        assertThat(reminded.reminders()).isEqualTo(1);
        assertThat(reminded.reviewing("r", Reviewed.NOT_REACHED).reminders()).isZero();
        assertThat(armed(CALL).closed("ENGAGED"))
                .returns(Phase.CLOSED, Escalation::phase)
                .returns("ENGAGED", Escalation::closedBecause)
                .returns(null, Escalation::token);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Reviewed.class)
    void only_a_review_about_not_reaching_somebody_ends_when_they_come_back(Reviewed because) {
        assertThat(because.endsWhenEngaged())
                .isEqualTo(because == Reviewed.NOT_REACHED || because == Reviewed.DECLINED);
    }
}
