package health.carryover.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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
 */
final class NetworkTrainer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    static {
        Native.load();
    }

    private NetworkTrainer() {}

    /**
     * @param hidden units
     * @param epochs passes over the rows at most; the pass with the smallest loss on the validation rows is kept
     * @param batch rows per step
     * @param rate of Adam at the start; falls to a tenth along a cosine
     * @param decay penalty on the squared weights
     * @param lineDecay the same on the straight line
     */
    record Settings(int hidden, int epochs, int batch, double rate, double decay, double lineDecay) {
        static final Settings DEFAULT = new Settings(16, 40, 256, 0.004, 2e-4, 2e-5);
        /** For a few hundred rows of a hundred persons, where a large network would learn them by heart. */
        static final Settings FEW_ROWS = new Settings(8, 60, 256, 0.003, 1e-2, 1e-3);
    }

    /** Rows are standardised; progress gets a line now and then. */
    static Network train(
            Settings settings,
            float[][] rows,
            boolean[] labels,
            float[][] validation,
            boolean[] validationLabels,
            long seed,
            Consumer<String> progress) {
        int columns = rows[0].length;
        int hidden = settings.hidden();
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = start(columns, hidden, labels, random);
        double[] mean = new double[weights.length];
        double[] square = new double[weights.length];
        double[] best = weights.clone();
        double bestLoss = Double.POSITIVE_INFINITY;
        int[] order = new int[rows.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        int stepsEach = Math.ceilDiv(rows.length, settings.batch());
        long step = 0;
        try (Steps graph = new Steps(columns, hidden, settings)) {
            for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
                shuffle(order, random);
                for (int from = 0; from < rows.length; from += settings.batch()) {
                    int to = Math.min(from + settings.batch(), rows.length);
                    double[] gradient = graph.gradient(weights, rows, labels, Arrays.copyOfRange(order, from, to));
                    step++;
                    double done = step / (double) (stepsEach * settings.epochs());
                    double rate = settings.rate() * (0.1 + 0.9 * 0.5 * (1 + Math.cos(Math.PI * done)));
                    adam(weights, gradient, mean, square, step, rate);
                }
                double loss = loss(Network.of(columns, hidden, weights), validation, validationLabels);
                if (loss < bestLoss) {
                    bestLoss = loss;
                    best = weights.clone();
                }
                if (epoch % 10 == 0)
                    progress.accept("epoch %d of %d: log loss on validation persons %.4f (best %.4f)"
                            .formatted(epoch, settings.epochs(), loss, bestLoss));
            }
        }
        return Network.of(columns, hidden, best);
    }

    private static double[] start(int columns, int hidden, boolean[] labels, SplittableRandom random) {
        double[] weights = new double[columns * hidden + hidden + hidden + columns + 1];
        double spread = Math.sqrt(1.0 / columns);
        for (int i = 0; i < columns * hidden; i++) weights[i] = spread * random.nextGaussian();
        int w2 = columns * hidden + hidden;
        for (int i = 0; i < hidden; i++) weights[w2 + i] = 0.1 * random.nextGaussian();
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

    private static double loss(Network network, float[][] rows, boolean[] labels) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double logit = network.logit(rows[i]);
            sum += Math.max(logit, 0) - (labels[i] ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)));
        }
        return sum / rows.length;
    }

    /** The TensorFlow graph of one step. */
    private static final class Steps implements AutoCloseable {
        private final int columns;
        private final int hidden;
        private final Graph graph = new Graph();
        private final Session session;
        private final Placeholder<TFloat32> x;
        private final Placeholder<TFloat32> y;
        private final List<Placeholder<TFloat32>> parameters = new ArrayList<>();
        private final List<Shape> shapes;
        private final Gradients gradients;

        Steps(int columns, int hidden, Settings settings) {
            this.columns = columns;
            this.hidden = hidden;
            shapes = List.of(
                    Shape.of(columns, hidden),
                    Shape.of(hidden),
                    Shape.of(hidden, 1),
                    Shape.of(columns, 1),
                    Shape.of(1));
            Ops tf = Ops.create(graph);
            x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
            y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
            for (Shape shape : shapes) parameters.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape)));
            Placeholder<TFloat32> w1 = parameters.get(0);
            Placeholder<TFloat32> b1 = parameters.get(1);
            Placeholder<TFloat32> w2 = parameters.get(2);
            Placeholder<TFloat32> line = parameters.get(3);
            Placeholder<TFloat32> b2 = parameters.get(4);
            Operand<TFloat32> units = tf.math.tanh(tf.math.add(tf.linalg.matMul(x, w1), b1));
            Operand<TFloat32> logit =
                    tf.math.add(tf.math.add(tf.linalg.matMul(units, w2), tf.linalg.matMul(x, line)), b2);
            Operand<TInt32> both = tf.constant(new int[] {0, 1});
            // softplus(logit) - y logit is the cross-entropy of the logistic.
            Operand<TFloat32> loss = tf.math.mean(tf.math.sub(tf.math.softplus(logit), tf.math.mul(y, logit)), both);
            Operand<TFloat32> penalty = tf.math.add(
                    tf.math.mul(
                            tf.constant((float) settings.decay()),
                            tf.math.add(
                                    tf.reduceSum(tf.math.mul(w1, w1), both), tf.reduceSum(tf.math.mul(w2, w2), both))),
                    tf.math.mul(
                            tf.constant((float) settings.lineDecay()), tf.reduceSum(tf.math.mul(line, line), both)));
            gradients = tf.gradients(tf.math.add(loss, penalty), parameters);
            session = new Session(graph);
        }

        double[] gradient(double[] weights, float[][] rows, boolean[] labels, int[] chosen) {
            float[] input = new float[chosen.length * columns];
            float[] truth = new float[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(rows[chosen[i]], 0, input, i * columns, columns);
                truth[i] = labels[chosen[i]] ? 1 : 0;
            }
            List<Tensor> fed = new ArrayList<>();
            try {
                Session.Runner run = session.runner();
                feed(run, fed, x, Shape.of(chosen.length, columns), input);
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
