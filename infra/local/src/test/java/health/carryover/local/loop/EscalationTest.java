package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EscalationTest extends LoopCloud {
    @Test
    void a_session_within_48_hours_of_the_push_ends_the_outreach_without_a_call() {
        Small small = small();
        flag(small);
        advance(Duration.ofHours(30));
        assertThat(records().get(Key.openEscalation(small.ref()), Kind.ESCALATION))
                .get()
                .extracting(open -> open.content().phase())
                .isEqualTo(Escalation.Phase.WAITING);

        upload(small.patient(), session(small.clinic(), now()));

        assertThat(records().get(Key.openEscalation(small.ref()), Kind.ESCALATION))
                .isEmpty();
        assertThat(records().prefix(Key.patientPk(small.ref()), "ESCALATION#", Kind.ESCALATION))
                .extracting(Entry::content)
                .extracting(Escalation::closedBecause)
                .containsExactly("ENGAGED");
        assertThat(records().openCount(small.clinic().id())).isZero();
        assertThat(small.frontDesk().api().get("/v1/tasks").ok().path("tasks")).isEmpty();
    }
}
