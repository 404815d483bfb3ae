package health.carryover.bench;

import health.carryover.training.CohortFiles;
import health.carryover.training.RiskTraining;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench cohort}: the way from the export of many clinics to a trained model, one person in memory at a time. */
@Command(
        name = "cohort",
        mixinStandardHelpOptions = true,
        description = {
            "Writes simulated persons to files as a table's export would hold them, streams them through the features"
                    + " that",
            "serve patients, and trains on a sample of fixed size. Seconds, megabytes and the peak of memory of each"
                    + " step."
        })
final class CohortBench implements Callable<Integer> {
    private static final int PARTS = 20;

    @Option(names = "--persons", defaultValue = "100000", description = "Default ${DEFAULT-VALUE}.")
    private int persons;

    @Option(names = "--sample", defaultValue = "30000", description = "Rows to train on; default ${DEFAULT-VALUE}.")
    private int sample;

    @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--folder", paramLabel = "DIR", description = "Keep the files there; otherwise they are deleted.")
    private @Nullable Path kept;

    @Override
    public Integer call() throws IOException {
        Path folder = kept == null ? Files.createTempDirectory("cohort-") : kept;
        try {
            run(folder);
        } finally {
            if (kept == null) delete(folder);
        }
        return 0;
    }

    private void run(Path folder) throws IOException {
        long start = System.nanoTime();
        CohortFiles.simulate(
                folder,
                seed,
                persons,
                PARTS,
                done -> System.err.printf(Locale.ROOT, "written %d of %d persons%n", done, persons));
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            say("%d simulated persons in %d files, %d MB", persons, PARTS, bytes / 1_000_000);
        }
        step("writing", start);
        start = System.nanoTime();
        CohortFiles.Sample rows = new CohortFiles.Sample(sample, seed);
        long leftOut = CohortFiles.rows(folder, rows);
        double seconds = (System.nanoTime() - start) / 1e9;
        say(
                "%d nights with a settled outcome, %.1f %% lapses; %d left out in the fortnight after an outreach;"
                        + " features of %.0f nights a second on one core",
                rows.seen(), 100.0 * rows.lapsed() / rows.seen(), leftOut, rows.seen() / seconds);
        step("features from files", start);
        start = System.nanoTime();
        RiskTraining.Bundle bundle =
                RiskTraining.simulated(rows.rows(), seed, RiskTraining.Wanted.CHOSEN, System.err::println);
        System.out.print(RiskTraining.table(bundle.manifest().metrics()));
        step("training and judging on " + rows.rows().size() + " rows", start);
    }

    private static void step(String name, long start) {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() != MemoryType.HEAP) continue;
            peak += pool.getPeakUsage().getUsed();
            pool.resetPeakUsage();
        }
        say("%s: %.0f s, heap at most %d MB", name, (System.nanoTime() - start) / 1e9, peak / 1_000_000);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
