package health.carryover.bench;

import health.carryover.bench.CountSweep.Difficulty;
import health.carryover.bench.CountSweep.Outcome;
import health.carryover.platform.library.ExerciseLibrary;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench motion}: how right repetitions and angles of simulated people are. */
@Command(
        name = "motion",
        mixinStandardHelpOptions = true,
        description = {
            "Counts simulated people whose repetitions are known: at the tracker's measured noise, and at double noise with a",
            "fifth of the frames lost; then half an hour of everyday life without any exercise; then the error of the peak",
            "angle by joint and view. Simulated: it says nothing about people, only that the counter does what it should."
        })
final class MotionBench implements Callable<Integer> {
    @Option(names = "--runs", defaultValue = "1000", description = "Recordings of each; default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--seed", defaultValue = "1", description = "The first; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--failing",
            defaultValue = "40",
            description = "How many failing ones to print; default ${DEFAULT-VALUE}.")
    private int failing;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        ExerciseLibrary library = ExerciseLibrary.builtIn();
        out.println("not in the library, left out: " + new CountSweep(library, Difficulty.MEASURED).skipped());
        for (Difficulty difficulty : Difficulty.values()) counts(out, library, difficulty);
        idle(out, library);
        out.flush();
        return 0;
    }

    private void counts(PrintWriter out, ExerciseLibrary library, Difficulty difficulty) {
        List<Outcome> outcomes = new CountSweep(library, difficulty).run(seed, runs);
        long exact = outcomes.stream().filter(Outcome::exact).count();
        out.printf("%n%s: exact %d of %d = %.1f %%%n", difficulty, exact, runs, 100.0 * exact / runs);
        out.printf(
                "  full repetitions right %.1f %%, full and partial together %.1f %%, and exact for somebody who looks on and"
                        + " counts what was out of sight too %.1f %%%n",
                share(outcomes, Outcome::exactFull),
                share(outcomes, Outcome::exactTogether),
                share(outcomes, Outcome::exactForOnlooker));
        CountSweep.byMove(outcomes)
                .forEach((move, row) ->
                        out.printf("  %-26s %4d of %4d exact, %4d together%n", move, row[0], row[2], row[1]));
        outcomes.stream().filter(o -> !o.exact()).limit(failing).forEach(o -> out.println("  wrong: " + o));
        AngleErrors errors = new AngleErrors();
        outcomes.forEach(errors::add);
        out.println();
        out.print(errors.table());
        out.flush();
    }

    private static double share(List<Outcome> outcomes, Predicate<Outcome> right) {
        return 100.0 * outcomes.stream().filter(right).count() / outcomes.size();
    }

    private void idle(PrintWriter out, ExerciseLibrary library) {
        List<IdleSweep.Found> found = IdleSweep.run(library, seed);
        int full = found.stream().mapToInt(IdleSweep.Found::full).sum();
        int partial = found.stream().mapToInt(IdleSweep.Found::partial).sum();
        out.printf(
                "%nthirty minutes of everyday life, %d recordings and exercises asked for: %d full and %d partial repetitions that"
                        + " were none%n",
                found.size(), full, partial);
        found.stream().filter(f -> f.full() + f.partial() > 0).forEach(f -> out.println("  wrong: " + f));
    }
}
