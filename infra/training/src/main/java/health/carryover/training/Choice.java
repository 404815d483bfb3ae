package health.carryover.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of several models to serve. */
final class Choice {
    private Choice() {}

    /**
     * The first model, in the order given, that is not significantly worse than the one with the smallest log loss: the
     * 95 % interval of the paired difference over persons reaches 0, for the AUC as well as for the log loss.
     *
     * @param probabilities by name, the simplest first, for persons that the models were not trained on
     */
    static String simplest(List<Example> rows, Map<String, double[]> probabilities, long seed) {
        PersonBootstrap bootstrap = new PersonBootstrap(rows, seed);
        Map<String, double[][]> drawn = new LinkedHashMap<>();
        String best = "";
        double bestLoss = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, double[]> model : probabilities.entrySet()) {
            drawn.put(model.getKey(), bootstrap.measures(model.getValue()));
            double loss = new Evaluation(rows, model.getValue()).measures()[Measure.LOG_LOSS.ordinal()];
            if (loss >= bestLoss) continue;
            bestLoss = loss;
            best = model.getKey();
        }
        double[][] bar = drawn.getOrDefault(best, new double[0][]);
        for (Map.Entry<String, double[][]> model : drawn.entrySet()) {
            boolean ranksWorse = PersonBootstrap.difference(bar, model.getValue(), Measure.AUC)[0] > 0;
            boolean losesMore = PersonBootstrap.difference(model.getValue(), bar, Measure.LOG_LOSS)[0] > 0;
            if (!ranksWorse && !losesMore) return model.getKey();
        }
        return best;
    }
}
