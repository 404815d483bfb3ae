package health.carryover.bench;

import health.carryover.risk.RiskModel;
import health.carryover.training.CohortSimulator;
import health.carryover.training.SimulatedPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench scoring}: what a night of scoring takes, by part. */
@Command(
        name = "scoring",
        mixinStandardHelpOptions = true,
        description = {
            "Features, and rows a second through DJL at batches of 1, 32 and 1,024, with reasons and without;",
            "and the arithmetic of one clinic's night. Reading and writing the tables is not in it."
        })
final class ScoringBench implements Callable<Integer> {
    private static final int CLINIC = 300;
    /** Nights that a year of weekly outcomes of one patient amounts to where plans last four months. */
    private static final int EARLIER_NIGHTS = 10;

    private static final int CLINICS = 2500;
    /** USD per GB-second, Lambda on arm64, us-east-1. */
    private static final double GB_SECOND = 0.0000133334;

    private static final double GB = 2;

    @Option(names = "--seconds", defaultValue = "3", description = "Per figure; default ${DEFAULT-VALUE}.")
    private double seconds;

    @Override
    public Integer call() {
        List<SimulatedPerson> persons = CohortSimulator.cohort(1, 400);
        List<RiskModel.Row> rows = new ArrayList<>();
        long start = System.nanoTime();
        for (int round = 0; round < 3; round++) {
            rows.clear();
            start = System.nanoTime();
            for (SimulatedPerson person : persons)
                for (Instant cutOff : person.cutOffs())
                    rows.add(RiskModel.Row.of(person.plan(), person.sessions(), cutOff));
        }
        double perRow = (System.nanoTime() - start) / 1e9 / rows.size();
        say("features and daily history: %.0f rows a second, one core", 1 / perRow);
        try (RiskModel model = RiskModel.shipped()) {
            say("model %s (%s)", model.manifest().version(), model.manifest().model());
            for (int batch : new int[] {1, 32, 1024}) {
                List<RiskModel.Row> some = rows.subList(0, batch);
                double alone = perSecond(() -> model.logits(some).length);
                double withReasons = perSecond(() -> model.score(some).size());
                say(
                        "DJL, batch %5d: %8.0f rows a second, %8.0f patients a second with reasons",
                        batch, alone * batch, withReasons * batch);
            }
            List<RiskModel.Row> tonight = rows.subList(0, CLINIC);
            List<RiskModel.Row> earlier = rows.subList(0, Math.min(rows.size(), CLINIC * EARLIER_NIGHTS));
            double night = 1 / perSecond(() -> model.score(tonight).size() + model.logits(earlier).length)
                    + perRow * (tonight.size() + earlier.size());
            say(
                    "one clinic of %d: %.0f ms (features, scores with reasons, and %d earlier nights for its calibration)",
                    CLINIC, 1000 * night, earlier.size());
            say(
                    "computed, not run: %d clinics are %.0f minutes of one such core; at %.0f GB on Lambda $%.3f a night without the tables",
                    CLINICS, CLINICS * night / 60, GB, CLINICS * night * GB * GB_SECOND);
        }
        return 0;
    }

    private interface Work {
        int run();
    }

    /** Runs a second, after a second of warming up. */
    private double perSecond(Work work) {
        long warm = System.nanoTime() + 1_000_000_000L;
        long sum = 0;
        while (System.nanoTime() < warm) sum += work.run();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long times = 0;
        while (System.nanoTime() < end) {
            sum += work.run();
            times++;
        }
        if (sum == 0) throw new IllegalStateException("nothing was scored");
        return times / ((System.nanoTime() - start) / 1e9);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
