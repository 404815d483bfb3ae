package health.carryover.clinical.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Tempo;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is prescribed: how many, how far, how slowly. */
class DoseTest {
    private static Dose dose(int reps, OptionalDouble limitDeg) {
        return new Dose(reps, RangeGoal.NONE, limitDeg, TempoGoal.CONTROLLED, true);
    }

    private static TempoGoal tempo(double up, double hold, double down) {
        return new TempoGoal(s(up), s(hold), s(down));
    }

    private static Duration s(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @Test
    void up_to_a_thousand_repetitions_are_prescribed() {
        for (int reps : List.of(0, 1000))
            assertThat(dose(reps, OptionalDouble.empty()).reps()).isEqualTo(reps);
        for (int reps : List.of(-1, 1001))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> dose(reps, OptionalDouble.empty()))
                    .withMessage("reps outside [0, 1000]");
    }

    @Test
    void a_limit_is_an_angle() {
        for (double limit : List.of(-180.0, 0.0, 180.0))
            assertThat(dose(1, OptionalDouble.of(limit)).limitDeg()).hasValue(limit);
        for (double limit : List.of(-180.1, 180.1, Double.NaN, Double.POSITIVE_INFINITY))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> dose(1, OptionalDouble.of(limit)))
                    .withMessage("limit outside [-180, 180] degrees");
    }

    @Test
    void plain_repetitions_have_no_range_or_limit_and_a_second_each_way() {
        Dose ten = Dose.of(10);
        assertThat(ten.goal()).isEqualTo(RangeGoal.NONE);
        assertThat(ten.limitDeg()).isEmpty();
        assertThat(ten.mayGoFurther()).isTrue();
        assertThat(ten.tempo()).isEqualTo(tempo(1, 0, 1));
    }

    @Test
    void no_part_of_a_tempo_is_negative_or_longer_than_five_minutes() {
        assertThat(tempo(300, 0, 300).up()).hasMinutes(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tempo(-0.001, 0, 0))
                .withMessageStartingWith("tempo up ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tempo(0, 300.001, 0))
                .withMessageStartingWith("tempo hold ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tempo(0, 0, 300.001))
                .withMessageStartingWith("tempo down ");
    }

    @Test
    void the_share_of_a_tempo_is_the_mean_of_the_parts_that_are_wanted() {
        var done = new Tempo(s(1), s(2), s(3));
        assertThat(tempo(2, 4, 6).share(done)).isCloseTo(0.5, within(1e-9));
        assertThat(tempo(4, 0, 4).share(done)).isCloseTo((0.25 + 0.75) / 2, within(1e-9));
        assertThat(tempo(0, 8, 0).share(done)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void slower_than_wanted_is_no_better_than_wanted_and_nothing_wanted_is_always_reached() {
        assertThat(tempo(1, 0, 4).share(new Tempo(s(60), s(0), s(2)))).isCloseTo(0.75, within(1e-9));
        assertThat(tempo(0, 0, 0).share(new Tempo(s(0), s(0), s(0)))).isEqualTo(1);
    }
}
