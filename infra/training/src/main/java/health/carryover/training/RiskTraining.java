package health.carryover.training;

import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Drift;
import health.carryover.clinical.risk.Feature;
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
import org.jspecify.annotations.Nullable;

/** From persons to a bundle that {@code RiskModel} opens, and to the report that says what it is worth. */
public final class RiskTraining {
    /** The seed and size of the model that is shipped. */
    public static final long SHIPPED_SEED = 20260301;

    public static final int SHIPPED_PERSONS = 4000;

    /** In a report: in each fold the model that would have been chosen there, the choice being part of the training. */
    static final String CHOSEN = "chosen-in-each-fold";

    /** What is written when nothing else is asked for. */
    public static final String VERSION = "2";

    private static final int CROSS_FOLDS = 5;

    private RiskTraining() {}

    /**
     * Which model is to come out.
     *
     * @param version names the folder that it is served from
     * @param kind instead of the one that the choice falls on; null = as chosen
     */
    public record Wanted(String version, @Nullable String kind) {
        public static final Wanted CHOSEN = new Wanted(VERSION, null);

        public Wanted {
            if (!version.matches("[A-Za-z0-9.-]{1,32}"))
                throw new IllegalArgumentException("version: 1 to 32 letters, digits, dots and hyphens");
        }
    }

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
     * Trains on simulated persons: 80 % of them to learn, calibrate and choose, 20 % to judge.
     *
     * <p>The same seed gives the same bytes on the same machine; on another processor TensorFlow may add up in another
     * order and differ in the last digits.
     */
    public static Bundle simulated(long seed, int persons, Wanted wanted, Consumer<String> progress) {
        if (persons < 200) throw new IllegalArgumentException("too few persons to train on: at least 200");
        progress.accept("simulating " + persons + " persons, seed " + seed);
        return simulated(Example.of(CohortSimulator.cohort(seed, persons)), seed, wanted, progress);
    }

    /** The same with rows that were made before. */
    public static Bundle simulated(List<Example> examples, long seed, Wanted wanted, Consumer<String> progress) {
        List<String> order = Candidates.shuffledGroups(examples, seed);
        Set<String> learners = new HashSet<>(order.subList(0, (int) (0.8 * order.size())));
        List<Example> train =
                examples.stream().filter(e -> learners.contains(e.group())).toList();
        List<Example> test =
                examples.stream().filter(e -> !learners.contains(e.group())).toList();
        progress.accept("%d rows, %.1f %% lapses; training on %d rows"
                .formatted(examples.size(), 100 * share(examples), train.size()));
        Candidates candidates = wanted(Candidates.fit(train, seed, progress), wanted);
        progress.accept("judging on " + test.size() + " rows of persons not seen before");
        List<Example> active = test.stream().filter(Example::active).toList();
        List<Metrics> metrics = new ArrayList<>(
                Judgement.metrics("simulated-still-active", active, candidates.probabilities(active), seed));
        metrics.addAll(Judgement.metrics("simulated-all", test, candidates.probabilities(test), seed));
        return bundle(
                wanted.version(),
                candidates,
                train,
                "lapse14",
                true,
                "%d simulated persons, %d nights".formatted(learners.size(), train.size()),
                seed,
                metrics);
    }

    /** Trains on activity logs; the metrics are those of a cross-validation by person. */
    public static Bundle onLogs(List<Example> examples, long seed, Wanted wanted, Consumer<String> progress) {
        return onPersons(examples, LogCohort.LABEL, "activity logs", seed, wanted, progress);
    }

    /** Trains on what happened to the patients of clinics, likewise. */
    static Bundle onClinics(List<Example> examples, long seed, Wanted wanted, Consumer<String> progress) {
        return onPersons(examples, "lapse14", "patients of clinics", seed, wanted, progress);
    }

    private static Bundle onPersons(
            List<Example> examples, String label, String whose, long seed, Wanted wanted, Consumer<String> progress) {
        List<Metrics> metrics = crossValidate(examples, seed, false, progress).models();
        progress.accept("training on all " + examples.size() + " rows");
        return bundle(
                wanted.version(),
                wanted(Candidates.fit(examples, seed, progress), wanted),
                examples,
                label,
                false,
                "%d rows of %s".formatted(examples.size(), whose),
                seed,
                metrics);
    }

    /**
     * Five folds by person; every row is judged by models that never saw its person, settings, calibration and choice
     * included.
     *
     * @param transfer whether each data set is judged by models trained on the others as well
     */
    public static Report crossValidate(List<Example> examples, long seed, boolean transfer, Consumer<String> progress) {
        Map<String, double[]> all = new LinkedHashMap<>();
        double[] chosen = new double[examples.size()];
        List<Set<String>> folds = Candidates.folds(examples, CROSS_FOLDS, seed);
        for (int fold = 0; fold < folds.size(); fold++) {
            progress.accept("fold " + (fold + 1) + " of " + folds.size());
            Set<String> outside = folds.get(fold);
            Candidates candidates = Candidates.fit(
                    examples.stream().filter(e -> !outside.contains(e.group())).toList(), seed, progress);
            int[] judged = IntStream.range(0, chosen.length)
                    .filter(i -> outside.contains(examples.get(i).group()))
                    .toArray();
            candidates
                    .probabilities(Arrays.stream(judged).mapToObj(examples::get).toList())
                    .forEach((name, p) -> {
                        double[] column = all.computeIfAbsent(name, _ -> new double[chosen.length]);
                        for (int i = 0; i < judged.length; i++) {
                            column[judged[i]] = p[i];
                            if (name.equals(candidates.served())) chosen[judged[i]] = p[i];
                        }
                    });
        }
        // The choice over all rows, by probabilities none of which comes from a model that saw the row's person.
        String served = Choice.simplest(examples, all, seed);
        all.put(CHOSEN, chosen);
        return Judgement.of(
                LogCohort.LABEL,
                served,
                examples,
                all,
                transfer ? transfer(examples, seed, progress) : List.of(),
                seed);
    }

    private static List<Metrics> transfer(List<Example> examples, long seed, Consumer<String> progress) {
        List<Metrics> rows = new ArrayList<>();
        for (String dataset :
                examples.stream().map(Example::dataset).distinct().sorted().toList()) {
            List<Example> rest =
                    examples.stream().filter(e -> !e.dataset().equals(dataset)).toList();
            List<Example> judged =
                    examples.stream().filter(e -> e.dataset().equals(dataset)).toList();
            if (rest.isEmpty()) continue;
            progress.accept("training without " + dataset);
            rows.addAll(Judgement.metrics(
                    dataset, judged, Candidates.fit(rest, seed, progress).probabilities(judged), seed));
        }
        return rows;
    }

    /** Trains on one set of persons and judges on another. */
    public static Report heldOut(List<Example> train, List<Example> test, long seed, Consumer<String> progress) {
        Set<String> learned = new HashSet<>(train.stream().map(Example::key).toList());
        long both = test.stream()
                .map(Example::key)
                .distinct()
                .filter(learned::contains)
                .count();
        if (both > 0)
            throw new IllegalArgumentException(
                    both + " persons are in both folders: nobody may be judged by a model that has seen them");
        if (test.stream().noneMatch(Example::lapsed))
            throw new IllegalArgumentException("nobody in the test folder lapsed: there is nothing to judge");
        Candidates candidates = Candidates.fit(train, seed, progress);
        return Judgement.of(
                LogCohort.LABEL, candidates.served(), test, candidates.probabilities(test), List.of(), seed);
    }

    /** The figures of a bundle, for people. */
    public static String table(List<Metrics> metrics) {
        return Report.table(metrics);
    }

    private static double share(List<Example> examples) {
        return examples.stream().filter(Example::lapsed).count() / (double) examples.size();
    }

    private static Candidates wanted(Candidates fitted, Wanted wanted) {
        return wanted.kind() == null ? fitted : fitted.serving(wanted.kind());
    }

    private static Bundle bundle(
            String version,
            Candidates candidates,
            List<Example> train,
            String label,
            boolean simulated,
            String trainedOn,
            long seed,
            List<Metrics> metrics) {
        Calibrated model = candidates.chosen();
        byte[] graph = SavedModelWriter.write(model);
        List<String> columns = new ArrayList<>(RiskFeatures.names());
        List<Double> medians = new ArrayList<>(
                Arrays.stream(Standardiser.medians(train)).boxed().toList());
        if (model.model().readsHistory()) {
            columns.addAll(DailyHistory.names());
            for (int day = 0; day < DailyHistory.DAYS * DailyHistory.CHANNELS; day++) medians.add(median(train, day));
        }
        double[] unseen = candidates
                .unseen()
                .getOrDefault(candidates.served(), new double[0])
                .clone();
        Arrays.sort(unseen);
        Map<String, Drift.Reference> reference = new TreeMap<>();
        List<RiskFeatures> features = train.stream().map(Example::features).toList();
        for (Feature feature : Feature.values()) reference.put(feature.column(), Drift.Reference.of(features, feature));
        return new Bundle(
                graph,
                new ModelManifest(
                        version,
                        candidates.served(),
                        label,
                        simulated,
                        trainedOn,
                        seed,
                        columns,
                        medians,
                        model.calibration(),
                        new TreeMap<>(Map.of("flag15", quantile(unseen, 0.85), "flag20", quantile(unseen, 0.80))),
                        reference,
                        Map.of(ModelManifest.GRAPH, ModelManifest.sha256(graph)),
                        metrics));
    }

    private static double median(List<Example> rows, int column) {
        double[] values =
                rows.stream().mapToDouble(row -> row.history()[column]).sorted().toArray();
        return values[values.length / 2];
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.floor(share * (sorted.length - 1))];
    }
}
