package health.carryover.training;

import health.carryover.risk.ModelManifest.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Every kind of model, fitted to the same persons, and the one of them that would be served. Settings, calibration and the
 * choice all go by logits that each kind gave to persons it had not seen (four inner folds by person).
 *
 * @param models by name, the simplest first
 * @param unseen probabilities for the training rows, each from a model that was not trained on the row's person
 * @param served the simplest that is not significantly worse than the best
 */
record Candidates(Map<String, Calibrated> models, Map<String, double[]> unseen, String served) {
    static final String DAYS_SINCE = "days-since-last-session";
    static final String FEWEST = "fewest-sessions-28d";
    static final String LOGISTIC = "logistic";
    static final String ADDITIVE = "additive";
    static final String BOOSTING = "boosting";
    static final String NETWORK = "network";
    static final String ENSEMBLE = "ensemble";

    private static final int INNER_FOLDS = 4;
    private static final int BEGINNINGS = 3;
    private static final int LEAST_GROUPS = 10;
    private static final int LEAST_OF_A_KIND = 5;

    /** What is tried of each kind, the simplest kind first. */
    private static Map<String, List<Learner>> kinds() {
        Map<String, List<Learner>> kinds = new LinkedHashMap<>();
        kinds.put(DAYS_SINCE, List.of((_, _) -> OneLineRule.DAYS_SINCE));
        kinds.put(FEWEST, List.of((_, _) -> OneLineRule.FEWEST));
        kinds.put(LOGISTIC, List.of(Additive.straight(1e-3), Additive.straight(2e-2)));
        kinds.put(ADDITIVE, List.of(Additive.bent(5e-3), Additive.bent(4e-2)));
        kinds.put(BOOSTING, List.of(several(Boosting.of(200, 3, 0.04)), several(Boosting.of(300, 2, 0.05))));
        kinds.put(NETWORK, List.of(several(new NetworkTrainer(12, 30, 256, 0.003, 5e-3, 2e-3))));
        return kinds;
    }

    /** The mean of some that began from different seeds: what is chance in one of them cancels. */
    private static Learner several(Learner trainer) {
        return (rows, seed) -> new Mixture(IntStream.range(0, BEGINNINGS)
                .mapToObj(i -> Calibrated.asIs(trainer.fit(rows, seed + i)))
                .toList());
    }

    /** @param progress gets a line per kind */
    static Candidates fit(List<Example> rows, long seed, Consumer<String> progress) {
        boolean[] labels = Example.labels(rows);
        requireEnough(rows);
        List<Set<String>> folds = folds(rows, INNER_FOLDS, seed);
        Map<String, Calibrated> models = new LinkedHashMap<>();
        Map<String, double[]> unseenLogits = new LinkedHashMap<>();
        kinds().forEach((name, settings) -> {
            double bestLoss = Double.POSITIVE_INFINITY;
            Learner best = settings.getFirst();
            double[] bestLogits = {};
            Calibration bestCalibration = new Calibration("none", 1, 0);
            for (Learner learner : settings) {
                double[] logits = unseen(learner, rows, folds, seed);
                Calibration calibration = Calibrated.platt(logits, labels);
                for (int i = 0; i < logits.length; i++) logits[i] = Calibrated.apply(calibration, logits[i]);
                double loss = logLoss(logits, labels);
                if (loss >= bestLoss) continue;
                bestLoss = loss;
                best = learner;
                bestLogits = logits;
                bestCalibration = calibration;
            }
            models.put(name, new Calibrated(best.fit(rows, seed), bestCalibration));
            unseenLogits.put(name, bestLogits);
            progress.accept("%-24s log loss on unseen persons %.4f".formatted(name, bestLoss));
        });
        List<String> members = List.of(ADDITIVE, BOOSTING, NETWORK);
        double[] mixed = new double[rows.size()];
        for (String member : members) {
            double[] logits = Objects.requireNonNull(unseenLogits.get(member));
            for (int i = 0; i < mixed.length; i++) mixed[i] += logits[i] / members.size();
        }
        Calibration calibration = Calibrated.platt(mixed, labels);
        models.put(
                ENSEMBLE,
                new Calibrated(
                        new Mixture(members.stream()
                                .map(member -> Objects.requireNonNull(models.get(member)))
                                .toList()),
                        calibration));
        double[] unseen =
                Arrays.stream(mixed).map(l -> Calibrated.apply(calibration, l)).toArray();
        unseenLogits.put(ENSEMBLE, unseen);
        progress.accept("%-24s log loss on unseen persons %.4f".formatted(ENSEMBLE, logLoss(unseen, labels)));
        Map<String, double[]> probabilities = new LinkedHashMap<>();
        unseenLogits.forEach((name, logits) -> probabilities.put(
                name, Arrays.stream(logits).map(Evaluation::probability).toArray()));
        String served = Choice.simplest(rows, probabilities, seed);
        progress.accept("simplest that is not significantly worse than the best: " + served);
        return new Candidates(models, probabilities, served);
    }

    /** With fewer, some fold would have nobody, or nobody who lapsed, to learn from. */
    private static void requireEnough(List<Example> rows) {
        long groups = rows.stream().map(Example::group).distinct().count();
        long lapsed = rows.stream()
                .filter(Example::lapsed)
                .map(Example::group)
                .distinct()
                .count();
        long kept = rows.stream()
                .filter(row -> !row.lapsed())
                .map(Example::group)
                .distinct()
                .count();
        if (groups < LEAST_GROUPS || lapsed < LEAST_OF_A_KIND || kept < LEAST_OF_A_KIND)
            throw new IllegalArgumentException(
                    "too few to learn from: %d persons, %d with a lapse, %d without one in some row; at least %d, %d and %d are needed"
                            .formatted(groups, lapsed, kept, LEAST_GROUPS, LEAST_OF_A_KIND, LEAST_OF_A_KIND));
    }

    /** The folds are learned side by side; what comes out does not depend on it. */
    private static double[] unseen(Learner learner, List<Example> rows, List<Set<String>> folds, long seed) {
        double[] logits = new double[rows.size()];
        folds.parallelStream().forEach(outside -> {
            List<Example> inside =
                    rows.stream().filter(e -> !outside.contains(e.group())).toList();
            int[] judged = IntStream.range(0, logits.length)
                    .filter(i -> outside.contains(rows.get(i).group()))
                    .toArray();
            double[] part = learner.fit(inside, seed)
                    .logits(Arrays.stream(judged).mapToObj(rows::get).toList());
            for (int i = 0; i < judged.length; i++) logits[judged[i]] = part[i];
        });
        return logits;
    }

    private static double logLoss(double[] logits, boolean[] labels) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) sum += Evaluation.logLoss(logits[i], labels[i]);
        return sum / logits.length;
    }

    /**
     * The same, but for which of them is served: a candidate that runs in the shadow need not be the one that won.
     *
     * @throws IllegalArgumentException naming the kinds there are
     */
    Candidates serving(String kind) {
        if (!models.containsKey(kind))
            throw new IllegalArgumentException("no such kind of model; there are " + models.keySet());
        return new Candidates(models, unseen, kind);
    }

    /** The model to serve. */
    Calibrated chosen() {
        Calibrated model = models.get(served);
        if (model == null) throw new IllegalStateException(served + " is no candidate");
        return model;
    }

    /** Probabilities of every model by its name, the simplest first. */
    Map<String, double[]> probabilities(List<Example> rows) {
        Map<String, double[]> all = new LinkedHashMap<>();
        models.forEach((name, model) -> all.put(name, model.probabilities(rows)));
        return all;
    }

    /** Persons (teams, where there are some) in {@code count} folds, drawn by the seed within each data set. */
    static List<Set<String>> folds(List<Example> rows, int count, long seed) {
        List<Set<String>> folds = new ArrayList<>();
        for (int i = 0; i < count; i++) folds.add(new HashSet<>());
        List<String> groups = shuffledGroups(rows, seed);
        groups.sort(Comparator.comparing((String group) -> group.substring(0, group.indexOf('/'))));
        for (int i = 0; i < groups.size(); i++) folds.get(i % count).add(groups.get(i));
        folds.removeIf(Set::isEmpty);
        return folds;
    }

    static List<String> shuffledGroups(List<Example> rows, long seed) {
        List<String> groups = new ArrayList<>(
                rows.stream().map(Example::group).distinct().sorted().toList());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = groups.size() - 1; i > 0; i--) Collections.swap(groups, i, random.nextInt(i + 1));
        return groups;
    }
}
