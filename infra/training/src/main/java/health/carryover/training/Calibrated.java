package health.carryover.training;

import health.carryover.risk.ModelManifest.Calibration;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model whose logits mean what they say. Platt scaling (Platt 1999), fitted on logits given to persons the model had
 * not seen: two numbers, since a few hundred lapses are too few for a curve (isotonic regression learns them by heart).
 */
record Calibrated(Model model, Calibration calibration) {
    /** Those of {@link #model} as they are. */
    static Calibrated asIs(Model model) {
        return new Calibrated(model, new Calibration("none", 1, 0));
    }

    /** @param unseen logits of the same kind of model for rows whose persons it was not trained on */
    static Calibration platt(double[] unseen, boolean[] labels) {
        double[][] rows = Arrays.stream(unseen).mapToObj(l -> new double[] {l}).toArray(double[][]::new);
        LogisticRegression fit = LogisticRegression.fit(rows, labels, 0);
        double slope = fit.weights()[0];
        if (slope > 0) return new Calibration("platt", slope, fit.intercept());
        // A slope at or below 0 would turn the order around: what was learned does not hold, so only the mean is kept.
        double share = 0;
        for (boolean label : labels) share += label ? 1.0 / labels.length : 0;
        return new Calibration("platt", 1e-6, Evaluation.logit(share));
    }

    static double apply(Calibration calibration, double logit) {
        return calibration.slope() * logit + calibration.intercept();
    }

    double[] logits(List<Example> rows) {
        return Arrays.stream(model.logits(rows))
                .map(logit -> apply(calibration, logit))
                .toArray();
    }

    double[] probabilities(List<Example> rows) {
        return Arrays.stream(logits(rows)).map(Evaluation::probability).toArray();
    }

    Operand<TFloat32> graph(Ops tf, Model.Inputs inputs) {
        return tf.math.add(
                tf.math.mul(
                        tf.withName("calibration_slope").constant((float) calibration.slope()),
                        model.graph(tf, inputs)),
                tf.withName("calibration_intercept").constant((float) calibration.intercept()));
    }
}
