package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.risk.CarePlan.Visit;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarePlanTest {
    @Test
    void seven_a_week_over_a_fortnight_with_a_break_of_four_days_are_ten() {
        CarePlan plan = new Episode().breakOn("2026-01-10", "2026-01-13").plan();
        assertThat(plan.prescribed(day(0), day(14))).isEqualTo(10, within(1e-12));
    }

    @Test
    void breaks_that_overlap_are_taken_out_once() {
        CarePlan plan = new Episode()
                .breakOn("2026-01-10", "2026-01-12")
                .breakOn("2026-01-11", "2026-01-13")
                .breakOn("2026-01-14", "2026-01-14")
                .plan();
        assertThat(plan.prescribed(day(0), day(14))).isEqualTo(9, within(1e-12));
        assertThat(plan.activeDays(day(0), day(14))).isEqualTo(9, within(1e-12));
    }

    @Test
    void nothing_is_prescribed_before_the_plan_begins() {
        CarePlan plan = new Episode().plan();
        assertThat(plan.prescribed(day(-14), day(0))).isZero();
        assertThat(plan.sessionsPerWeek(day(-0.1))).isZero();
        assertThat(plan.sessionsPerWeek(day(0))).isEqualTo(7);
        assertThat(plan.asOf(day(-0.1))).isEmpty();
    }

    @Test
    void doses_out_of_order_and_a_plan_without_a_dose_are_refused() {
        assertThatThrownBy(() -> new Episode().doseFrom(5, 3).doseFrom(4, 3).plan())
                .hasMessageContaining("order");
        assertThatThrownBy(() -> new CarePlan(Episode.CHICAGO, List.of(), List.of(), List.of(), List.of()))
                .hasMessageContaining("dose");
        assertThatThrownBy(() -> new Episode().perWeek(29)).hasMessageContaining("[0, 28]");
    }

    @Test
    void care_drops_21_days_after_the_last_visit_when_none_is_booked() {
        Visit attended = Visit.booked(day(0), day(10)).becomes(Visit.State.ATTENDED, day(10));
        CarePlan plan = new Episode().visit(attended).plan();
        assertThat(CareDrop.at(plan, day(30.99))).isFalse();
        assertThat(CareDrop.at(plan, day(31))).isTrue();
        assertThat(CareDrop.at(
                        new Episode()
                                .visit(attended)
                                .visit(Visit.booked(day(20), day(40)))
                                .plan(),
                        day(31)))
                .isFalse();
        assertThat(CareDrop.at(new Episode().plan(), day(21))).isTrue();
    }
}
