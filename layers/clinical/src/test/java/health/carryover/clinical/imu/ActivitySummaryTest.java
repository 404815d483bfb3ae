package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.imu.ActivitySummary.HeartRate;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivitySummaryTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @Test
    void a_day_with_steps_or_with_a_heart_rate_is_kept() {
        assertThat(new ActivitySummary(DAY, Optional.of(0), Optional.empty(), "watch").steps())
                .contains(0);
        var heart = new HeartRate(20, 70, 250);
        assertThat(new ActivitySummary(DAY, Optional.empty(), Optional.of(heart), "watch").heartRate())
                .contains(heart);
    }

    @Test
    void what_no_person_does_is_refused_and_the_field_is_named() {
        assertThatThrownBy(() -> new ActivitySummary(DAY, Optional.of(200_001), Optional.empty(), "watch"))
                .hasMessageContaining("steps");
        assertThatThrownBy(() -> new ActivitySummary(DAY, Optional.of(-1), Optional.empty(), "watch"))
                .hasMessageContaining("steps");
        assertThatThrownBy(() -> new ActivitySummary(DAY, Optional.empty(), Optional.empty(), "watch"))
                .hasMessageContaining("without");
        assertThatThrownBy(() -> new ActivitySummary(DAY, Optional.of(1), Optional.empty(), " "))
                .hasMessageContaining("source");
        assertThatThrownBy(() -> new HeartRate(19, 60, 100)).hasMessageContaining("heart rate");
        assertThatThrownBy(() -> new HeartRate(60, 80, 251)).hasMessageContaining("heart rate");
        assertThatThrownBy(() -> new HeartRate(80, 70, 100)).hasMessageContaining("order");
    }
}
