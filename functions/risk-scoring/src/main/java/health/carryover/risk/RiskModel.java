package health.carryover.risk;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.FeatureGroup;
import health.carryover.clinical.risk.Reasons;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.RiskScore;
import health.carryover.clinical.risk.SessionFact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trained model, run by DJL on TensorFlow. Open it once per process and score batches with it from any thread;
 * it must not be closed while one is being scored.
 *
 * <p>The graph takes the columns of {@link RiskFeatures#names()} and gives two numbers a row: the calibrated
 * probability and its logit. Standardising and calibration are inside the graph.
 */
public final class RiskModel implements AutoCloseable {
    /** The version in service where nothing else is configured. */
    public static final String SHIPPED = "2";

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,31}");
    private static final List<FeatureGroup> GROUPS = List.of(FeatureGroup.values());

    private final ModelManifest manifest;
    private final ZooModel<NDList, NDList> model;
    private final @Nullable Path unpacked;
    private final float[] medians;
    private final Map<Feature, Double> typical = new EnumMap<>(Feature.class);
    private final List<FeatureGroup> columnGroups = new ArrayList<>(RiskFeatures.groups());

    private RiskModel(ModelManifest manifest, ZooModel<NDList, NDList> model, @Nullable Path unpacked) {
        this.manifest = manifest;
        this.model = model;
        this.unpacked = unpacked;
        medians = new float[manifest.medians().size()];
        for (int i = 0; i < medians.length; i++)
            medians[i] = manifest.medians().get(i).floatValue();
        for (Feature feature : Feature.values())
            typical.put(feature, manifest.medians().get(feature.ordinal()));
        if (manifest.readsHistory()) columnGroups.addAll(DailyHistory.groups());
    }

    /**
     * A patient at a moment.
     *
     * @param history of {@link DailyHistory}; ignored by a model that looks at the features alone
     */
    public record Row(RiskFeatures features, float[] history) {
        public static Row of(CarePlan plan, Collection<SessionFact> sessions, Instant cutOff) {
            return new Row(RiskFeatures.of(plan, sessions, cutOff), DailyHistory.of(plan, sessions, cutOff));
        }
    }

    /**
     * What the model says of one patient.
     *
     * @param probability of the label, 0..1, as the network gave it
     * @param logit of the same
     * @param logitChanges per group of features: this logit less that with the group at the cohort's median
     * @param reasons the top three of them in words
     */
    public record Scored(
            RiskScore probability, double logit, Map<FeatureGroup, Double> logitChanges, List<Reasons.Reason> reasons) {
        public Scored {
            logitChanges = Map.copyOf(logitChanges);
            reasons = List.copyOf(reasons);
        }
    }

    /** The model in service where nothing else is configured. */
    public static RiskModel shipped() {
        return shipped(SHIPPED);
    }

    /**
     * A model that is shipped with this module, unpacked into a temporary folder since TensorFlow reads files only.
     *
     * @param version names the folder under {@code models}
     * @throws ModelManifest.Refused when there is none of that version, when it says that it is another one, or when a
     *     digest or the feature schema does not match
     */
    public static RiskModel shipped(String version) {
        if (!VERSION.matcher(version).matches())
            throw new ModelManifest.Refused("a model's version has 1 to 32 letters, digits, dots and hyphens");
        try {
            Path folder = Files.createTempDirectory("risk-model-");
            try {
                unpack(version, ModelManifest.FILE, folder);
                unpack(version, ModelManifest.GRAPH, folder);
                RiskModel model = load(folder, folder);
                if (model.manifest().version().equals(version)) return model;
                model.model.close();
                throw new ModelManifest.Refused("the model in folder " + version + " says that it is "
                        + model.manifest().version());
            } catch (RuntimeException | IOException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped model cannot be unpacked", e);
        }
    }

    /**
     * A bundle in a folder, as {@code risk train --out} writes it.
     *
     * @throws ModelManifest.Refused when a digest or the feature schema does not match
     */
    public static RiskModel open(Path folder) {
        return load(folder, null);
    }

    private static void unpack(String version, String file, Path folder) throws IOException {
        String name = "/models/" + version + "/" + file;
        try (InputStream content = RiskModel.class.getResourceAsStream(name)) {
            if (content == null) throw new ModelManifest.Refused("there is no " + name + " on the class path");
            Files.copy(content, folder.resolve(file));
        }
    }

    private static RiskModel load(Path folder, @Nullable Path unpacked) {
        ModelManifest manifest = ModelManifest.verified(folder);
        try {
            ZooModel<NDList, NDList> model = Criteria.builder()
                    .setTypes(NDList.class, NDList.class)
                    .optEngine("TensorFlow")
                    .optModelPath(folder)
                    .optTranslator(new NoopTranslator())
                    .build()
                    .loadModel();
            return new RiskModel(manifest, model, unpacked);
        } catch (IOException e) {
            throw new UncheckedIOException("TensorFlow cannot read the model", e);
        } catch (ModelNotFoundException | MalformedModelException e) {
            throw new IllegalStateException("TensorFlow cannot load the model", e);
        }
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /**
     * Scores all patients in one call of the network: for each a row as it is, and a row for each group of features in
     * which that group stands at the cohort's median.
     *
     * @return one result per patient, in the order given
     */
    public List<Scored> score(List<Row> patients) {
        if (patients.isEmpty()) return List.of();
        int columns = medians.length;
        int rowsEach = 1 + GROUPS.size();
        float[] input = new float[patients.size() * rowsEach * columns];
        for (int patient = 0; patient < patients.size(); patient++) {
            float[] vector = input(patients.get(patient));
            for (int row = 0; row < rowsEach; row++) {
                int at = (patient * rowsEach + row) * columns;
                for (int column = 0; column < columns; column++) {
                    boolean replaced = row > 0 && columnGroups.get(column) == GROUPS.get(row - 1);
                    input[at + column] = replaced ? medians[column] : vector[column];
                }
            }
        }
        float[] output = run(input, patients.size() * rowsEach);
        List<Scored> scored = new ArrayList<>(patients.size());
        for (int patient = 0; patient < patients.size(); patient++) {
            int at = patient * rowsEach * 2;
            double logit = output[at + 1];
            Map<FeatureGroup, Double> changes = new EnumMap<>(FeatureGroup.class);
            for (int group = 0; group < GROUPS.size(); group++)
                changes.put(GROUPS.get(group), logit - output[at + 2 * (group + 1) + 1]);
            scored.add(new Scored(
                    new RiskScore(output[at]),
                    logit,
                    changes,
                    Reasons.top(patients.get(patient).features(), changes, typical)));
        }
        return List.copyOf(scored);
    }

    /** The logit of each row, without reasons: one number for each, in the order given. */
    public double[] logits(List<Row> rows) {
        if (rows.isEmpty()) return new double[0];
        float[] input = new float[rows.size() * medians.length];
        for (int i = 0; i < rows.size(); i++)
            System.arraycopy(input(rows.get(i)), 0, input, i * medians.length, medians.length);
        float[] output = run(input, rows.size());
        double[] logits = new double[rows.size()];
        for (int i = 0; i < logits.length; i++) logits[i] = output[2 * i + 1];
        return logits;
    }

    private float[] input(Row row) {
        float[] features = row.features().vector();
        if (!manifest.readsHistory()) return features;
        float[] all = Arrays.copyOf(features, medians.length);
        System.arraycopy(row.history(), 0, all, features.length, row.history().length);
        return all;
    }

    /** Probability and logit of each row, one after the other. */
    private float[] run(float[] input, int rows) {
        // A predictor of its own for each call: DJL promises thread safety for the model only.
        try (Predictor<NDList, NDList> predictor = model.newPredictor();
                NDManager memory = model.getNDManager().newSubManager()) {
            NDList output = predictor.predict(new NDList(memory.create(input, new Shape(rows, input.length / rows))));
            try (output) {
                float[] numbers = output.singletonOrThrow().toFloatArray();
                if (numbers.length != 2 * rows)
                    throw new IllegalStateException(
                            "the network gave " + numbers.length + " numbers for " + rows + " rows");
                return numbers;
            }
        } catch (TranslateException e) {
            throw new IllegalStateException("the network could not be run", e);
        }
    }

    @Override
    public void close() {
        model.close();
        if (unpacked != null) delete(unpacked);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the unpacked model cannot be deleted", e);
        }
    }
}
