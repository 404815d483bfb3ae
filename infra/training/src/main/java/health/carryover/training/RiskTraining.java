package health.carryover.training;

import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.risk.ModelManifest;
import health.carryover.risk.ModelManifest.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** From persons to a bundle that {@code RiskModel} opens. */
public final class RiskTraining {
    /** The seed and size of the model that is shipped. */
    public static final long SHIPPED_SEED = 20260301;

    public static final int SHIPPED_PERSONS = 4000;

    private static final String VERSION = "1";
    private static final int CROSS_FOLDS = 5;

    private RiskTraining() {}

    /** A model in memory. */
    public record Bundle(byte[] graph, ModelManifest manifest) {
        /** Writes {@code saved_model.pb}, {@code model.json} and {@code MODEL_CARD.md}; the folder is made if need be. */
        public void write(Path folder) throws IOException {
            Files.createDirectories(folder);
            Files.write(folder.resolve(ModelManifest.GRAPH), graph);
            Files.writeString(folder.resolve(ModelManifest.FILE), manifest.toJson());
            Files.writeString(folder.resolve(ModelCard.FILE), ModelCard.of(manifest));
        }
    }

    /**
     * Trains on simulated persons: 60 % of them for the weights, 10 % to stop, 10 % to calibrate, 20 % to judge.
     *
     * <p>The same seed gives the same bytes on the same machine; on another processor TensorFlow may add up in another
     * order and differ in the last digits.
     */
    public static Bundle simulated(long seed, int persons, Consumer<String> progress) {
        if (persons < 200) throw new IllegalArgumentException("too few persons to train on: at least 200");
        progress.accept("simulating " + persons + " persons, seed " + seed);
        List<Example> examples = Example.of(CohortSimulator.cohort(seed, persons));
        List<String> order = Fitted.shuffledPersons(examples, seed);
        List<Example> train = of(examples, order, 0, 0.6);
        List<Example> validation = of(examples, order, 0.6, 0.7);
        List<Example> calibration = of(examples, order, 0.7, 0.8);
        List<Example> test = of(examples, order, 0.8, 1);
        progress.accept("%d rows, %.1f %% lapses; training on %d rows"
                .formatted(examples.size(), 100 * share(examples), train.size()));
        Fitted fitted = Fitted.onMany(train, validation, calibration, seed, progress);
        progress.accept("judging on " + test.size() + " rows of persons not seen before");
        List<Example> active = test.stream().filter(Example::active).toList();
        List<Metrics> metrics =
                new ArrayList<>(Fitted.metrics("simulated-still-active", active, fitted.probabilities(active), seed));
        metrics.addAll(Fitted.metrics("simulated-all", test, fitted.probabilities(test), seed));
        return bundle(
                fitted,
                "lapse14",
                true,
                "%d simulated persons, %d nights".formatted(persons, examples.size()),
                seed,
                calibration,
                metrics);
    }

    /** Trains on the public logs; the metrics are those of a cross-validation by person. */
    public static Bundle onLogs(List<Example> examples, long seed, Consumer<String> progress) {
        List<Metrics> metrics = crossValidate(examples, seed, progress);
        progress.accept("training on all " + examples.size() + " rows");
        Fitted fitted = Fitted.onFew(examples, seed, progress);
        return bundle(
                fitted,
                LogCohort.LABEL,
                false,
                "%d rows of public logs".formatted(examples.size()),
                seed,
                examples,
                metrics);
    }

    /** Five folds by person; every row is judged by models that never saw its person. */
    public static List<Metrics> crossValidate(List<Example> examples, long seed, Consumer<String> progress) {
        Map<String, double[]> all = new LinkedHashMap<>();
        List<List<String>> folds = Fitted.folds(examples, CROSS_FOLDS, seed);
        for (int fold = 0; fold < folds.size(); fold++) {
            progress.accept("fold " + (fold + 1) + " of " + folds.size());
            Set<String> outside = new HashSet<>(folds.get(fold));
            List<Example> inside = examples.stream()
                    .filter(e -> !outside.contains(Fitted.key(e)))
                    .toList();
            List<Example> judged = examples.stream()
                    .filter(e -> outside.contains(Fitted.key(e)))
                    .toList();
            Fitted.onFew(inside, seed, _ -> {}).probabilities(judged).forEach((name, p) -> {
                double[] column = all.computeIfAbsent(name, _ -> new double[examples.size()]);
                int next = 0;
                for (int i = 0; i < column.length; i++)
                    if (outside.contains(Fitted.key(examples.get(i)))) column[i] = p[next++];
            });
        }
        return byDataset(examples, all, seed);
    }

    /** Trains on one set of persons and judges on another. */
    public static List<Metrics> heldOut(List<Example> train, List<Example> test, long seed, Consumer<String> progress) {
        return byDataset(test, Fitted.onFew(train, seed, progress).probabilities(test), seed);
    }

    private static List<Metrics> byDataset(List<Example> examples, Map<String, double[]> probabilities, long seed) {
        List<Metrics> rows = new ArrayList<>();
        for (String dataset :
                examples.stream().map(Example::dataset).distinct().sorted().toList()) {
            int[] chosen = IntStream.range(0, examples.size())
                    .filter(i -> examples.get(i).dataset().equals(dataset))
                    .toArray();
            Map<String, double[]> part = new LinkedHashMap<>();
            probabilities.forEach((name, p) ->
                    part.put(name, Arrays.stream(chosen).mapToDouble(i -> p[i]).toArray()));
            rows.addAll(Fitted.metrics(
                    dataset, Arrays.stream(chosen).mapToObj(examples::get).toList(), part, seed));
        }
        rows.addAll(Fitted.metrics("pooled", examples, probabilities, seed));
        return rows;
    }

    private static List<Example> of(List<Example> examples, List<String> order, double from, double to) {
        Set<String> chosen = new HashSet<>(order.subList((int) (from * order.size()), (int) (to * order.size())));
        return examples.stream().filter(e -> chosen.contains(Fitted.key(e))).toList();
    }

    private static double share(List<Example> examples) {
        return examples.stream().filter(Example::lapsed).count() / (double) examples.size();
    }

    private static Bundle bundle(
            Fitted fitted,
            String label,
            boolean simulated,
            String trainedOn,
            long seed,
            List<Example> forThresholds,
            List<Metrics> metrics) {
        byte[] graph = SavedModelWriter.write(fitted.standardiser(), fitted.network(), fitted.calibration());
        double[] scores = fitted.served(forThresholds);
        Arrays.sort(scores);
        return new Bundle(
                graph,
                new ModelManifest(
                        VERSION,
                        label,
                        simulated,
                        trainedOn,
                        seed,
                        RiskFeatures.names(),
                        Arrays.stream(fitted.standardiser().median()).boxed().toList(),
                        fitted.calibration(),
                        new TreeMap<>(Map.of("flag15", quantile(scores, 0.85), "flag20", quantile(scores, 0.80))),
                        Map.of(ModelManifest.GRAPH, ModelManifest.sha256(graph)),
                        metrics));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.floor(share * (sorted.length - 1))];
    }
}
