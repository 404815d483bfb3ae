package health.carryover.clinical.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.escalation.Assignment.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final Instant PUSH = Instant.parse("2026-03-02T15:00:00Z");
    private static final Instant USUAL = PUSH.plus(Duration.ofHours(48));

    private static Escalation flagged(Assignment assignment) {
        return Escalation.opened("e", "x", PUSH.minusSeconds(60), List.of(), assignment);
    }

    @Test
    void the_later_arm_waits_48_hours_longer_and_a_repeat_changes_nothing() {
        Escalation later = flagged(new Assignment(Arm.LATER, 0.5)).encouraged(PUSH, USUAL);
        assertThat(later.deadline()).isEqualTo(PUSH.plus(Duration.ofHours(96)));
        assertThat(later.encouraged(PUSH.plusSeconds(5), USUAL.plusSeconds(5))).isEqualTo(later);
        assertThat(flagged(new Assignment(Arm.USUAL, 0.5))
                        .encouraged(PUSH, USUAL)
                        .deadline())
                .isEqualTo(USUAL);
        assertThat(flagged(Assignment.NOT_RANDOMISED).encouraged(PUSH, USUAL).deadline())
                .isEqualTo(USUAL);
    }

    @Test
    void the_arm_stays_through_every_phase() {
        Assignment drawn = new Assignment(Arm.LATER, 0.5);
        Escalation called = flagged(drawn).encouraged(PUSH, USUAL).calling("task");
        assertThat(called.assignment()).isEqualTo(drawn);
        assertThat(called.closed("ENGAGED").assignment()).isEqualTo(drawn);
    }

    @Test
    void a_propensity_is_a_probability_that_can_happen() {
        for (double wrong : new double[] {0, -0.1, 1.1, Double.NaN})
            assertThatThrownBy(() -> new Assignment(Arm.USUAL, wrong)).hasMessageContaining("propensity");
        assertThatThrownBy(() -> Assignment.draw(new byte[7])).hasMessageContaining("8 bytes");
    }
}
