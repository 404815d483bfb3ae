package health.carryover.bench;

import health.carryover.local.simulation.Simulation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench simulate}: random steps through the whole cloud, until they are done or something is violated. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "One seed, one world: uploads, replays, answers, opt-outs, claims, outcomes, faults, deployments and time,",
            "at random through the whole local cloud, judged after each step. Exit 1 if anything was violated."
        })
final class SimulateBench implements Callable<Integer> {
    @Option(names = "--seed", defaultValue = "1", description = "Of all that is random; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--steps", defaultValue = "20000", description = "Default ${DEFAULT-VALUE}.")
    private int steps;

    @Override
    public Integer call() {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        long before = System.nanoTime();
        Simulation.Outcome outcome = Simulation.run(home, seed, steps);
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf(
                "seed %d: %d steps in %.0f s (%.0f a second), %d days of virtual time, %d faults, %d checks%n",
                seed,
                outcome.steps(),
                seconds,
                outcome.steps() / seconds,
                outcome.virtual().toDays(),
                outcome.faults(),
                outcome.checks());
        System.out.println("steps " + outcome.kinds());
        System.out.println("digest " + outcome.digest());
        if (outcome.violation() == null) {
            System.out.println("violations 0");
            return 0;
        }
        System.out.println("VIOLATION at step " + outcome.steps() + ": " + outcome.violation());
        outcome.last().forEach(step -> System.out.println("  " + step));
        return 1;
    }
}
