package health.carryover.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Something that ranks people by how likely they are to stop. */
interface Model {
    /** One per row; the larger the likelier. Not calibrated. */
    double[] logits(List<Example> rows);

    /** Whether the daily history is among what it looks at. */
    boolean readsHistory();

    /**
     * The same as a part of a TensorFlow graph, for serving.
     *
     * @param inputs what patients are scored by
     * @return n x 1
     */
    Operand<TFloat32> graph(Ops tf, Inputs inputs);

    /**
     * @param features n x columns of {@code RiskFeatures.vector()}
     * @param history n x (days x channels) of {@code DailyHistory}
     */
    record Inputs(Operand<TFloat32> features, Operand<TFloat32> history) {}
}
