package health.carryover.clinical.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.safety.SafetyClimb.Decision.LeaveToClaimant;
import health.carryover.clinical.safety.SafetyClimb.Decision.Tell;
import health.carryover.clinical.safety.SafetyClimb.Rung;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** SAFETY.md: the therapist at once, after 30 minutes of clinic hours the covering therapist, after 60 the owner. */
class SafetyClimbTest {
    private static final SafetyClimb CLIMB = new SafetyClimb("v1", minutes(30), minutes(60), minutes(120), minutes(30));

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    @Test
    void nobody_takes_it_and_it_climbs_to_the_owner_who_stays_reminded() {
        assertThat(CLIMB.decide(Rung.NOBODY, null, null)).isEqualTo(new Tell(Rung.THERAPIST, minutes(30)));
        assertThat(CLIMB.decide(Rung.THERAPIST, null, null)).isEqualTo(new Tell(Rung.COVERING, minutes(30)));
        assertThat(CLIMB.decide(Rung.COVERING, null, null)).isEqualTo(new Tell(Rung.OWNER, minutes(120)));
        assertThat(CLIMB.decide(Rung.OWNER, null, null)).isEqualTo(new Tell(Rung.OWNER, minutes(120)));
    }

    @Test
    void whoever_took_it_is_left_to_it_once_and_no_longer() {
        assertThat(CLIMB.decide(Rung.THERAPIST, "ira", null)).isEqualTo(new LeaveToClaimant("ira", minutes(30)));
        assertThat(CLIMB.decide(Rung.THERAPIST, "ira", "ira")).isEqualTo(new Tell(Rung.COVERING, minutes(30)));
        assertThat(CLIMB.decide(Rung.COVERING, "kay", "ira")).isEqualTo(new LeaveToClaimant("kay", minutes(30)));
    }

    @Test
    void the_therapist_is_told_even_of_a_task_that_somebody_took_at_once() {
        assertThat(CLIMB.decide(Rung.NOBODY, "ira", null)).isEqualTo(new Tell(Rung.THERAPIST, minutes(30)));
    }

    @Test
    void thresholds_that_make_no_sense_are_refused_by_their_column() {
        assertThatThrownBy(() -> new SafetyClimb("v", minutes(30), minutes(30), minutes(1), minutes(1)))
                .hasMessageContaining("owner_after_minutes");
        assertThatThrownBy(() -> new SafetyClimb("v", minutes(0), minutes(30), minutes(1), minutes(1)))
                .hasMessageContaining("covering_after_minutes");
        assertThatThrownBy(() -> new SafetyClimb("v", minutes(1), minutes(30), minutes(0), minutes(1)))
                .hasMessageContaining("again_after_minutes");
    }
}
