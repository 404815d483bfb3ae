package health.carryover.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradient-boosted trees: learned by XGBoost, kept as plain trees so that they can be served by TensorFlow.
 *
 * @param trees whose leaves are added up
 */
record Boosting(List<Tree> trees) implements Model {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Feature, Integer> DIRECTION = Map.of(
            Feature.DAYS_SINCE_SESSION, 1,
            Feature.GAP_RATIO, 1,
            Feature.SESSIONS_3D, -1,
            Feature.SESSIONS_7D, -1,
            Feature.SESSIONS_14D, -1,
            Feature.SESSIONS_28D, -1,
            Feature.DOSE_RATIO_7D, -1,
            Feature.DOSE_RATIO_14D, -1,
            Feature.GAPS_AS_LONG, -1,
            Feature.PAUSE_GOES_ON, 1);

    /** @param yes where {@code x[column] < threshold} leads to; a leaf has the column -1 */
    record Node(int column, float threshold, int yes, int no, float value) {}

    /** @param nodes the root first */
    record Tree(List<Node> nodes) {
        float value(float[] row) {
            Node node = nodes.getFirst();
            while (node.column() >= 0) node = nodes.get(row[node.column()] < node.threshold() ? node.yes() : node.no());
            return node.value();
        }
    }

    /** {@code depth} of each tree; what every clinician would agree on (longer away is no better) is made to hold. */
    static Learner of(int rounds, int depth, double rate) {
        return (rows, seed) -> {
            try {
                return new Boosting(train(rows, rounds, depth, rate, seed));
            } catch (XGBoostError e) {
                throw new IllegalStateException("XGBoost could not learn", e);
            }
        };
    }

    private static List<Tree> train(List<Example> rows, int rounds, int depth, double rate, long seed)
            throws XGBoostError {
        int columns = RiskFeatures.names().size();
        float[] flat = new float[rows.size() * columns];
        float[] labels = new float[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).features().vector(), 0, flat, i * columns, columns);
            labels[i] = rows.get(i).lapsed() ? 1 : 0;
        }
        StringBuilder directions = new StringBuilder("(");
        for (int c = 0; c < columns; c++)
            directions
                    .append(c == 0 ? "" : ",")
                    .append(c < Feature.values().length ? DIRECTION.getOrDefault(Feature.values()[c], 0) : 0);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("objective", "binary:logistic");
        settings.put("base_score", 0.5);
        settings.put("eta", rate);
        settings.put("max_depth", depth);
        settings.put("min_child_weight", 3);
        settings.put("lambda", 5);
        settings.put("subsample", 0.7);
        settings.put("colsample_bytree", 0.5);
        settings.put("tree_method", "hist");
        settings.put("monotone_constraints", directions.append(')').toString());
        settings.put("seed", seed);
        // One thread: the same trees on every machine, and the folds run side by side.
        settings.put("nthread", 1);
        settings.put("verbosity", 0);
        DMatrix matrix = new DMatrix(flat, rows.size(), columns, Float.NaN);
        try {
            matrix.setLabel(labels);
            Booster booster = XGBoost.train(matrix, settings, rounds, Map.of(), null, null);
            try {
                List<Tree> trees = new ArrayList<>();
                for (String dump : booster.getModelDump("", false, "json")) trees.add(tree(dump));
                return List.copyOf(trees);
            } finally {
                booster.dispose();
            }
        } finally {
            matrix.dispose();
        }
    }

    private static Tree tree(String dump) {
        try {
            List<Node> nodes = new ArrayList<>();
            add(JSON.readTree(dump), nodes);
            return new Tree(List.copyOf(nodes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("XGBoost described a tree in an unknown way", e);
        }
    }

    /** Appends the node and what is below it; returns its place. */
    private static int add(JsonNode json, List<Node> nodes) {
        int at = nodes.size();
        if (json.has("leaf")) {
            nodes.add(new Node(-1, 0, -1, -1, json.get("leaf").floatValue()));
            return at;
        }
        nodes.add(new Node(-1, 0, -1, -1, 0));
        int yesId = json.get("yes").intValue();
        int yes = -1;
        int no = -1;
        for (JsonNode child : json.get("children")) {
            int place = add(child, nodes);
            if (child.get("nodeid").intValue() == yesId) yes = place;
            else no = place;
        }
        nodes.set(
                at,
                new Node(
                        Integer.parseInt(json.get("split").textValue().substring(1)),
                        json.get("split_condition").floatValue(),
                        yes,
                        no,
                        0));
        return at;
    }

    @Override
    public double[] logits(List<Example> rows) {
        return rows.stream()
                .mapToDouble(row -> {
                    float[] vector = row.features().vector();
                    double sum = 0;
                    for (Tree tree : trees) sum += tree.value(vector);
                    return sum;
                })
                .toArray();
    }

    @Override
    public boolean readsHistory() {
        return false;
    }

    @Override
    public Operand<TFloat32> graph(Ops tf, Inputs inputs) {
        return TreeGraph.of(trees).build(tf, inputs.features());
    }
}
