package health.carryover.training;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.platform.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A cohort too large for memory, as files: a folder of gzip parts, each line one person, which is how a table's export lies
 * in S3 and how a Distributed Map hands it out. One person is in memory at a time.
 */
public final class CohortFiles {
    private static final String SUFFIX = ".jsonl.gz";

    private CohortFiles() {}

    /** What a line holds; the nights to score are worked out from it. */
    record Line(
            String id,
            CarePlan plan,
            List<SessionFact> sessions,
            Lapse14.Observation observation,
            List<Instant> cutOffs) {}

    /**
     * Writes simulated persons, a part after the other.
     *
     * @param progress is told how many are written
     */
    public static void simulate(Path folder, long seed, int persons, int parts, LongConsumer progress)
            throws IOException {
        Files.createDirectories(folder);
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) part * persons / parts);
            int to = (int) ((long) (part + 1) * persons / parts);
            try (OutputStream file = new GZIPOutputStream(
                    Files.newOutputStream(folder.resolve("part-%05d%s".formatted(part, SUFFIX))), 1 << 16)) {
                for (int number = from; number < to; number++) {
                    SimulatedPerson person = CohortSimulator.person(seed, number);
                    file.write(Json.bytes(new Line(
                            person.id(), person.plan(), person.sessions(), person.observation(), person.cutOffs())));
                    file.write('\n');
                }
            }
            progress.accept(to);
        }
    }

    /**
     * Every settled night of every person, in the order of the files, but for those in the fortnight after an outreach:
     * {@link Lapse14#afterOutreach} says why they are left out and not weighted.
     *
     * @return how many nights were left out for that
     */
    public static long rows(Path folder, Consumer<Example> consumer) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(folder)) {
            parts = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        if (parts.isEmpty()) throw new IllegalArgumentException(folder + " has no " + SUFFIX + " files");
        long leftOut = 0;
        for (Path part : parts) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(part), 1 << 16), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Line person = Json.MAPPER.readValue(line, Line.class);
                    List<Instant> untouched = person.cutOffs().stream()
                            .filter(cutOff -> !Lapse14.afterOutreach(person.plan(), cutOff))
                            .toList();
                    leftOut += person.cutOffs().size() - untouched.size();
                    Example.of(List.of(new SimulatedPerson(
                                    person.id(), person.plan(), person.sessions(), person.observation(), untouched)))
                            .forEach(consumer);
                }
            }
        }
        return leftOut;
    }

    /** A sample of a fixed size in which every row that went by has the same chance to be (Vitter 1985, algorithm R). */
    public static final class Sample implements Consumer<Example> {
        private final int size;
        private final SplittableRandom random;
        private final List<Example> kept = new ArrayList<>();
        private long seen;
        private long lapsed;

        public Sample(int size, long seed) {
            this.size = size;
            random = new SplittableRandom(seed);
        }

        @Override
        public void accept(Example row) {
            seen++;
            if (row.lapsed()) lapsed++;
            if (kept.size() < size) {
                kept.add(row);
                return;
            }
            long place = random.nextLong(seen);
            if (place < size) kept.set((int) place, row);
        }

        public List<Example> rows() {
            return List.copyOf(kept);
        }

        public long seen() {
            return seen;
        }

        public long lapsed() {
            return lapsed;
        }
    }
}
