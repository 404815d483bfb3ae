package health.carryover.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the calibrated logits of several models; of some that differ in kind, or of one kind begun from several
 * random weights.
 */
record Mixture(List<Calibrated> members) implements Model {
    @Override
    public double[] logits(List<Example> rows) {
        double[] sum = new double[rows.size()];
        for (Calibrated member : members) {
            double[] logits = member.logits(rows);
            for (int i = 0; i < sum.length; i++) sum[i] += logits[i] / members.size();
        }
        return sum;
    }

    @Override
    public boolean readsHistory() {
        return members.stream().anyMatch(member -> member.model().readsHistory());
    }

    @Override
    public Operand<TFloat32> graph(Ops tf, Inputs inputs) {
        Operand<TFloat32> sum = null;
        for (int i = 0; i < members.size(); i++) {
            Operand<TFloat32> logit = members.get(i).graph(tf.withSubScope("member" + (i + 1)), inputs);
            sum = sum == null ? logit : tf.math.add(sum, logit);
        }
        if (sum == null) throw new IllegalStateException("a mixture of nothing");
        return tf.math.mul(sum, tf.withName("share").constant(1f / members.size()));
    }
}
