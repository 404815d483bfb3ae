package health.carryover.training;

import health.carryover.clinical.risk.DailyHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Trains the network with TensorFlow: the graph computes loss and gradients, Adam (Kingma and Ba 2015) moves the
 * weights, which are fed anew for each step. So the graph holds no variables: the gradient of a squared raw variable
 * takes the whole JVM down in this version of TensorFlow, and nothing can race.
 *
 * @param hidden units
 * @param epochs passes over the rows; the mean of the weights of the last fifth of them is kept
 * @param batch rows per step
 * @param rate of Adam at the start; falls to a tenth along a cosine
 * @param decay penalty on the squared weights
 * @param lineDecay the same on the straight line
 */
record NetworkTrainer(int hidden, int epochs, int batch, double rate, double decay, double lineDecay)
        implements Learner {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    static {
        Native.load();
    }

    @Override
    public Network fit(List<Example> rows, long seed) {
        Standardiser standardiser = Standardiser.of(rows);
        float[][] z = standardiser.apply(rows);
        boolean[] labels = Example.labels(rows);
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = start(standardiser.columns(), labels, random);
        double[] mean = new double[weights.length];
        double[] square = new double[weights.length];
        double[] kept = new double[weights.length];
        int keptSteps = 0;
        int[] order = new int[z.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        long steps = (long) Math.ceilDiv(z.length, batch) * epochs;
        long step = 0;
        try (Steps graph = new Steps(standardiser.columns())) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                shuffle(order, random);
                for (int from = 0; from < z.length; from += batch) {
                    int[] chosen = Arrays.copyOfRange(order, from, Math.min(from + batch, z.length));
                    double[] gradient = graph.gradient(weights, z, rows, labels, chosen);
                    step++;
                    double pace = rate * (0.1 + 0.9 * 0.5 * (1 + Math.cos(Math.PI * step / steps)));
                    adam(weights, gradient, mean, square, step, pace);
                    if (epoch > 0.8 * epochs) {
                        keptSteps++;
                        for (int i = 0; i < kept.length; i++) kept[i] += weights[i];
                    }
                }
            }
        }
        for (int i = 0; i < kept.length; i++) kept[i] /= keptSteps;
        return Network.of(standardiser, hidden, kept);
    }

    private List<Shape> shapes(int columns) {
        return List.of(
                Shape.of(Network.WEEK, Network.WEEK_UNITS),
                Shape.of(Network.WEEK_UNITS),
                Shape.of(Network.read(columns), hidden),
                Shape.of(hidden),
                Shape.of(hidden, 1),
                Shape.of(columns, 1),
                Shape.of(1));
    }

    /** Small random weights; the line at zero; the output at the share of lapses. */
    private double[] start(int columns, boolean[] labels, SplittableRandom random) {
        double[] spread = {Math.sqrt(1.0 / Network.WEEK), 0, Math.sqrt(1.0 / Network.read(columns)), 0, 0.1, 0, 0};
        List<Shape> shapes = shapes(columns);
        double[] weights =
                new double[(int) shapes.stream().mapToLong(Shape::size).sum()];
        int at = 0;
        for (int part = 0; part < spread.length; part++)
            for (long i = 0; i < shapes.get(part).size(); i++)
                weights[at++] = spread[part] == 0 ? 0 : spread[part] * random.nextGaussian();
        double positives = 0;
        for (boolean label : labels) if (label) positives++;
        weights[weights.length - 1] = Evaluation.logit(positives / labels.length);
        return weights;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    private static void adam(
            double[] weights, double[] gradient, double[] mean, double[] square, long step, double rate) {
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (int i = 0; i < weights.length; i++) {
            mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
            square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
            weights[i] -= rate * (mean[i] / correction1) / (Math.sqrt(square[i] / correction2) + EPSILON);
        }
    }

    /** The TensorFlow graph of one step. */
    private final class Steps implements AutoCloseable {
        private static final int HISTORY = DailyHistory.DAYS * DailyHistory.CHANNELS;
        private final int columns;
        private final Graph graph = new Graph();
        private final Session session;
        private final Placeholder<TFloat32> x;
        private final Placeholder<TFloat32> past;
        private final Placeholder<TFloat32> y;
        private final List<Placeholder<TFloat32>> parameters = new ArrayList<>();
        private final List<Shape> shapes;
        private final Gradients gradients;

        Steps(int columns) {
            this.columns = columns;
            shapes = shapes(columns);
            Ops tf = Ops.create(graph);
            x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
            past = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, HISTORY)));
            y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
            for (Shape shape : shapes) parameters.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape)));
            Operand<TFloat32> logit = Network.layers(tf, x, past, parameters);
            Operand<TInt32> both = tf.constant(new int[] {0, 1});
            // softplus(logit) - y logit is the cross-entropy of the logistic.
            Operand<TFloat32> loss = tf.math.mean(tf.math.sub(tf.math.softplus(logit), tf.math.mul(y, logit)), both);
            Operand<TFloat32> penalty = tf.math.add(
                    tf.math.mul(
                            tf.constant((float) decay),
                            tf.math.add(tf.math.add(squares(tf, 0, both), squares(tf, 2, both)), squares(tf, 4, both))),
                    tf.math.mul(tf.constant((float) lineDecay), squares(tf, 5, both)));
            gradients = tf.gradients(tf.math.add(loss, penalty), parameters);
            session = new Session(graph);
        }

        private Operand<TFloat32> squares(Ops tf, int parameter, Operand<TInt32> both) {
            Operand<TFloat32> weights = parameters.get(parameter);
            return tf.reduceSum(tf.math.mul(weights, weights), both);
        }

        double[] gradient(double[] weights, float[][] z, List<Example> rows, boolean[] labels, int[] chosen) {
            float[] input = new float[chosen.length * columns];
            float[] history = new float[chosen.length * HISTORY];
            float[] truth = new float[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(z[chosen[i]], 0, input, i * columns, columns);
                System.arraycopy(rows.get(chosen[i]).history(), 0, history, i * HISTORY, HISTORY);
                truth[i] = labels[chosen[i]] ? 1 : 0;
            }
            List<Tensor> fed = new ArrayList<>();
            try {
                Session.Runner run = session.runner();
                feed(run, fed, x, Shape.of(chosen.length, columns), input);
                feed(run, fed, past, Shape.of(chosen.length, HISTORY), history);
                feed(run, fed, y, Shape.of(chosen.length, 1), truth);
                int at = 0;
                for (int p = 0; p < parameters.size(); p++) {
                    float[] part = new float[(int) shapes.get(p).size()];
                    for (int i = 0; i < part.length; i++) part[i] = (float) weights[at++];
                    feed(run, fed, parameters.get(p), shapes.get(p), part);
                }
                for (int p = 0; p < parameters.size(); p++) run.fetch(gradients.dy(p));
                double[] gradient = new double[weights.length];
                try (Result result = run.run()) {
                    int to = 0;
                    for (int p = 0; p < parameters.size(); p++) {
                        TFloat32 part = (TFloat32) result.get(p);
                        float[] values = new float[(int) shapes.get(p).size()];
                        part.copyTo(DataBuffers.of(values));
                        for (float value : values) gradient[to++] = value;
                    }
                }
                return gradient;
            } finally {
                fed.forEach(Tensor::close);
            }
        }

        private static void feed(
                Session.Runner run, List<Tensor> fed, Placeholder<TFloat32> to, Shape shape, float[] values) {
            TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
            fed.add(tensor);
            run.feed(to, tensor);
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
