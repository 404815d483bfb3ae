package health.carryover.training;

import health.carryover.clinical.risk.Feature;
import health.carryover.risk.ModelManifest.Calibration;
import health.carryover.risk.ModelManifest.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The network and what it has to beat, fitted on the same persons. */
final class Fitted {
    static final String NETWORK = "network";
    static final String LOGISTIC = "logistic";
    static final String DAYS_SINCE = "days-since-last-session";
    static final String FEWEST = "fewest-sessions-28d";

    private static final double RIDGE = 1e-4;
    private static final int INNER_FOLDS = 4;

    private final Standardiser standardiser;
    private final Network network;
    private final Calibration calibration;
    private final LogisticRegression logistic;
    private final LogisticRegression daysSince;
    private final LogisticRegression fewest;

    private Fitted(
            Standardiser standardiser,
            Network network,
            Calibration calibration,
            LogisticRegression logistic,
            LogisticRegression daysSince,
            LogisticRegression fewest) {
        this.standardiser = standardiser;
        this.network = network;
        this.calibration = calibration;
        this.logistic = logistic;
        this.daysSince = daysSince;
        this.fewest = fewest;
    }

    /** With folds of their own for stopping and for calibration: where there are thousands of persons. */
    static Fitted onMany(
            List<Example> train,
            List<Example> validation,
            List<Example> calibration,
            long seed,
            Consumer<String> progress) {
        Standardiser standardiser = Standardiser.of(train);
        Network network = NetworkTrainer.train(
                NetworkTrainer.Settings.DEFAULT,
                standardiser.apply(train),
                labels(train),
                standardiser.apply(validation),
                labels(validation),
                seed,
                progress);
        return finish(
                standardiser, network, platt(logits(standardiser, network, calibration), labels(calibration)), train);
    }

    /**
     * Where there are a hundred persons: calibrated on logits that networks gave to persons they had not seen (four
     * inner folds), then trained on everybody.
     */
    static Fitted onFew(List<Example> train, long seed, Consumer<String> progress) {
        Standardiser standardiser = Standardiser.of(train);
        double[] unseen = new double[train.size()];
        List<List<String>> folds = folds(train, INNER_FOLDS, seed);
        for (List<String> fold : folds) {
            List<Example> inside =
                    train.stream().filter(e -> !fold.contains(key(e))).toList();
            Network network = few(standardiser, inside, seed, _ -> {});
            for (int i = 0; i < unseen.length; i++)
                if (fold.contains(key(train.get(i))))
                    unseen[i] = network.logit(
                            standardiser.apply(train.get(i).features().vector()));
        }
        return finish(standardiser, few(standardiser, train, seed, progress), platt(unseen, labels(train)), train);
    }

    private static Network few(Standardiser standardiser, List<Example> rows, long seed, Consumer<String> progress) {
        float[][] z = standardiser.apply(rows);
        boolean[] labels = labels(rows);
        return NetworkTrainer.train(NetworkTrainer.Settings.FEW_ROWS, z, labels, z, labels, seed, progress);
    }

    private static Fitted finish(
            Standardiser standardiser, Network network, Calibration calibration, List<Example> train) {
        boolean[] labels = labels(train);
        return new Fitted(
                standardiser,
                network,
                calibration,
                LogisticRegression.fit(doubles(standardiser.apply(train)), labels, RIDGE),
                LogisticRegression.fit(column(train, Fitted::days), labels, RIDGE),
                LogisticRegression.fit(column(train, e -> -e.sessionDays28()), labels, RIDGE));
    }

    /** Platt 1999: a logistic regression of the label on the logit. A slope at or below 0 would turn the order around. */
    private static Calibration platt(double[] logits, boolean[] labels) {
        double[][] rows = Arrays.stream(logits).mapToObj(l -> new double[] {l}).toArray(double[][]::new);
        LogisticRegression fit = LogisticRegression.fit(rows, labels, 0);
        if (!(fit.weights()[0] > 0))
            throw new IllegalStateException("the network's order does not hold on persons it has not seen");
        return new Calibration("platt", fit.weights()[0], fit.intercept());
    }

    Standardiser standardiser() {
        return standardiser;
    }

    Network network() {
        return network;
    }

    Calibration calibration() {
        return calibration;
    }

    /** Probabilities of every model by its name, in the order in which they are reported. */
    Map<String, double[]> probabilities(List<Example> examples) {
        Map<String, double[]> all = new LinkedHashMap<>();
        all.put(NETWORK, served(examples));
        all.put(
                LOGISTIC,
                Arrays.stream(doubles(standardiser.apply(examples)))
                        .mapToDouble(logistic::probability)
                        .toArray());
        all.put(DAYS_SINCE, rule(daysSince, column(examples, Fitted::days)));
        all.put(FEWEST, rule(fewest, column(examples, e -> -e.sessionDays28())));
        return all;
    }

    /** The network's probabilities, calibrated. */
    double[] served(List<Example> examples) {
        return Arrays.stream(logits(standardiser, network, examples))
                .map(logit -> 1 / (1 + Math.exp(-(calibration.slope() * logit + calibration.intercept()))))
                .toArray();
    }

    /** One row per model. */
    static List<Metrics> metrics(
            String dataset, List<Example> examples, Map<String, double[]> probabilities, long seed) {
        List<Metrics> rows = new ArrayList<>();
        probabilities.forEach((name, p) -> rows.add(Evaluation.metrics(name, dataset, examples, p, seed)));
        return rows;
    }

    private static double[] rule(LogisticRegression fit, double[][] rows) {
        return Arrays.stream(rows).mapToDouble(fit::probability).toArray();
    }

    private static double days(Example example) {
        return example.features().value(Feature.DAYS_SINCE_SESSION).orElse(0);
    }

    private static double[][] column(List<Example> examples, ToDoubleFunction<Example> of) {
        return examples.stream().map(e -> new double[] {of.applyAsDouble(e)}).toArray(double[][]::new);
    }

    private static double[] logits(Standardiser standardiser, Network network, List<Example> examples) {
        return Arrays.stream(standardiser.apply(examples))
                .mapToDouble(network::logit)
                .toArray();
    }

    static boolean[] labels(List<Example> examples) {
        boolean[] labels = new boolean[examples.size()];
        for (int i = 0; i < labels.length; i++) labels[i] = examples.get(i).lapsed();
        return labels;
    }

    private static double[][] doubles(float[][] rows) {
        return Arrays.stream(rows)
                .map(row ->
                        IntStream.range(0, row.length).mapToDouble(c -> row[c]).toArray())
                .toArray(double[][]::new);
    }

    static String key(Example example) {
        return example.dataset() + "/" + example.person();
    }

    /** Persons in {@code count} groups of about equal size, drawn by the seed within each data set. */
    static List<List<String>> folds(List<Example> examples, int count, long seed) {
        List<List<String>> folds = new ArrayList<>();
        for (int i = 0; i < count; i++) folds.add(new ArrayList<>());
        List<String> persons = shuffledPersons(examples, seed);
        persons.sort(Comparator.comparing((String person) -> person.substring(0, person.indexOf('/'))));
        for (int i = 0; i < persons.size(); i++) folds.get(i % count).add(persons.get(i));
        return folds;
    }

    static List<String> shuffledPersons(List<Example> examples, long seed) {
        List<String> persons = new ArrayList<>(
                examples.stream().map(Fitted::key).distinct().sorted().toList());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = persons.size() - 1; i > 0; i--) Collections.swap(persons, i, random.nextInt(i + 1));
        return persons;
    }
}
