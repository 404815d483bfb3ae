package health.carryover.risk;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Drift;
import health.carryover.clinical.risk.RiskFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code model.json}: what a model bundle is, and what it must be to be served.
 *
 * @param version of the model, not of the software
 * @param model the kind of model: {@code logistic}, {@code additive}, {@code boosting}, ...; a name in the metrics
 * @param label what the probability is of: {@code lapse14}, or the label of a public data set
 * @param simulated true when no real patient is behind it
 * @param trainedOn data and size, in words
 * @param seed of the simulated cohort, of the split and of the network's first weights
 * @param features the columns of the input, in order; must be {@link RiskFeatures#names()}, and after them {@link
 *     DailyHistory#names()} where the model reads the daily history
 * @param medians the cohort's median of each column, in the same order, over the rows where it is known
 * @param calibration Platt scaling, already inside the SavedModel; here to be read
 * @param thresholds probability from which on the given share of the calibration fold was flagged
 * @param reference by feature: how it was distributed in training, for telling drift
 * @param files SHA-256, lower-case hexadecimal, of every other file of the bundle by its path
 * @param metrics how the model and the simpler ones did on persons it was not trained on
 */
public record ModelManifest(
        String version,
        String model,
        String label,
        boolean simulated,
        String trainedOn,
        long seed,
        List<String> features,
        List<Double> medians,
        Calibration calibration,
        Map<String, Double> thresholds,
        Map<String, Drift.Reference> reference,
        Map<String, String> files,
        List<Metrics> metrics) {

    /** The file's name in a bundle. */
    public static final String FILE = "model.json";

    /** The graph's file. */
    public static final String GRAPH = "saved_model.pb";

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** logit' = slope x logit + intercept. */
    public record Calibration(String method, double slope, double intercept) {}

    /**
     * One row of an evaluation; the shape is that of {@code risk evaluate --json}.
     *
     * @param aucLow lower end of the 95 % interval, bootstrap over persons
     * @param ppv15 share of right ones among the 15 % with the highest risk
     * @param recall15 share of the lapses that are among them
     */
    public record Metrics(
            String name,
            String dataset,
            int rows,
            int positives,
            double auc,
            double aucLow,
            double aucHigh,
            double averagePrecision,
            double brier,
            double calibrationSlope,
            double calibrationIntercept,
            double ece,
            double ppv15,
            double recall15,
            double ppv20,
            double recall20) {}

    /** A bundle that must not be served. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    public ModelManifest {
        features = List.copyOf(features);
        medians = List.copyOf(medians);
        thresholds = Map.copyOf(thresholds);
        reference = Map.copyOf(reference);
        files = Map.copyOf(files);
        metrics = List.copyOf(metrics);
        if (medians.size() != features.size())
            throw new Refused("model.json: " + features.size() + " features but " + medians.size() + " medians");
    }

    /** Reads {@code model.json} of a folder and checks the bundle against it: schema, then every file's digest. */
    static ModelManifest verified(Path folder) {
        try {
            ModelManifest manifest = JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), ModelManifest.class);
            manifest.requireSchema();
            if (!manifest.files.containsKey(GRAPH)) throw new Refused("model.json gives no digest of " + GRAPH);
            for (Map.Entry<String, String> file : new TreeMap<>(manifest.files).entrySet()) {
                String found = sha256(Files.readAllBytes(folder.resolve(file.getKey())));
                if (!found.equals(file.getValue()))
                    throw new Refused("the digest of " + file.getKey() + " is not the one in model.json");
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the model bundle cannot be read", e);
        }
    }

    /** SHA-256 of the graph: tells two models of one version apart, and is stored with each score. */
    public String digest() {
        return java.util.Objects.requireNonNull(files.get(GRAPH));
    }

    /** Whether the daily history follows the features in the input. */
    boolean readsHistory() {
        return features.size() > RiskFeatures.names().size();
    }

    private void requireSchema() {
        List<String> ours = new ArrayList<>(RiskFeatures.names());
        if (readsHistory()) ours.addAll(DailyHistory.names());
        if (features.equals(ours)) return;
        for (int i = 0; i < Math.min(ours.size(), features.size()); i++)
            if (!ours.get(i).equals(features.get(i)))
                throw new Refused("the model was trained on other features: column " + i + " is " + features.get(i)
                        + ", expected " + ours.get(i));
        throw new Refused(
                "the model was trained on other features: " + features.size() + " columns, expected " + ours.size());
    }

    /** The file's content, with a line end, for the one who trains. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lower-case hexadecimal. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
