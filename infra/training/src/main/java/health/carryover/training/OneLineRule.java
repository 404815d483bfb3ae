package health.carryover.training;

import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What anybody would do without a model: look at one number.
 *
 * @param feature of {@link RiskFeatures}; never missing
 * @param sign -1 where less means more risk
 */
record OneLineRule(Feature feature, double sign) implements Model {
    static final OneLineRule DAYS_SINCE = new OneLineRule(Feature.DAYS_SINCE_SESSION, 1);
    static final OneLineRule FEWEST = new OneLineRule(Feature.SESSIONS_28D, -1);

    @Override
    public double[] logits(List<Example> rows) {
        return rows.stream()
                .mapToDouble(row -> sign * row.features().value(feature).orElse(0))
                .toArray();
    }

    @Override
    public boolean readsHistory() {
        return false;
    }

    @Override
    public Operand<TFloat32> graph(Ops tf, Inputs inputs) {
        float[] pick = new float[RiskFeatures.names().size()];
        pick[feature.ordinal()] = (float) sign;
        return tf.linalg.matMul(inputs.features(), Constants.matrix(tf, "rule", pick, pick.length, 1));
    }
}
