package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.local.simulation.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random steps through a cloud of its own. Longer ones: {@code ./carryover bench simulate --seed S --steps N}. */
@Tag("slow")
class SimulationTest {
    private static final int STEPS = 200;

    @Test
    void random_steps_and_faults_violate_nothing() {
        Simulation.Outcome one = Simulation.run(LoopCloud.home(), 1, STEPS);
        System.out.println("Simulation: " + one);
        assertThat(one.violation())
                .as("seed %d, step %d: %s", one.seed(), one.steps(), one.last())
                .isNull();
        assertThat(one.steps()).isEqualTo(STEPS);
        assertThat(one.faults()).as("faults that happened").isPositive();
    }
}
