package health.carryover.training;

import health.carryover.training.Boosting.Node;
import health.carryover.training.Boosting.Tree;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;

/**
 * Trees as arithmetic: every question of every tree is asked at once, and a leaf is reached when as many of the answers
 * on its path are right as the path is long. No loop and no branch, so TensorFlow runs it like any other layer.
 *
 * @param column of each question, tree by tree, padded
 * @param threshold of each question
 * @param path trees x questions x leaves: +1 the leaf wants "smaller", -1 it wants "not smaller"
 * @param refusals trees x 1 x leaves: how many "not smaller" a leaf wants
 * @param length trees x 1 x leaves: questions on the way; one that cannot be reached where padded
 * @param value trees x 1 x leaves
 */
record TreeGraph(
        int trees,
        int questions,
        int leaves,
        int[] column,
        float[] threshold,
        float[] path,
        float[] refusals,
        float[] length,
        float[] value) {
    private static final float NEVER = 1e6f;

    static TreeGraph of(List<Tree> all) {
        int questions = 1;
        int leaves = 1;
        for (Tree tree : all) {
            int asked = (int) tree.nodes().stream().filter(n -> n.column() >= 0).count();
            questions = Math.max(questions, asked);
            leaves = Math.max(leaves, tree.nodes().size() - asked);
        }
        int trees = all.size();
        float[] length = new float[trees * leaves];
        java.util.Arrays.fill(length, NEVER);
        TreeGraph graph = new TreeGraph(
                trees,
                questions,
                leaves,
                new int[trees * questions],
                new float[trees * questions],
                new float[trees * questions * leaves],
                new float[trees * leaves],
                length,
                new float[trees * leaves]);
        for (int t = 0; t < trees; t++) graph.fill(t, all.get(t).nodes(), 0, new int[] {0, 0}, List.of(), List.of());
        return graph;
    }

    /** Goes down from a node; {@code next} holds the next free question and leaf. */
    private void fill(int tree, List<Node> nodes, int at, int[] next, List<Integer> asked, List<Boolean> wanted) {
        Node node = nodes.get(at);
        if (node.column() < 0) {
            int leaf = next[1]++;
            int place = tree * leaves + leaf;
            value[place] = node.value();
            length[place] = asked.size();
            for (int i = 0; i < asked.size(); i++) {
                path[(tree * questions + asked.get(i)) * leaves + leaf] = wanted.get(i) ? 1 : -1;
                if (!wanted.get(i)) refusals[place]++;
            }
            return;
        }
        int question = next[0]++;
        column[tree * questions + question] = node.column();
        threshold[tree * questions + question] = node.threshold();
        fill(tree, nodes, node.yes(), next, with(asked, question), with(wanted, true));
        fill(tree, nodes, node.no(), next, with(asked, question), with(wanted, false));
    }

    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = new java.util.ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }

    /** n x columns to n x 1. */
    Operand<TFloat32> build(Ops tf, Operand<TFloat32> features) {
        Gather<TFloat32> asked = tf.gather(
                features,
                tf.withName("question_column").constant(column),
                tf.withName("across").constant(1));
        Operand<TFloat32> smaller = tf.dtypes.cast(
                tf.math.less(asked, Constants.matrix(tf, "threshold", threshold, threshold.length)), TFloat32.class);
        Operand<TFloat32> byTree = tf.linalg.transpose(
                tf.reshape(smaller, tf.withName("by_tree").constant(new int[] {-1, trees, questions})),
                tf.withName("tree_first").constant(new int[] {1, 0, 2}));
        Operand<TFloat32> right = tf.math.add(
                tf.train.batchMatMul(
                        byTree, Constants.matrix(tf, "path", path, trees, questions, leaves), TFloat32.class),
                Constants.matrix(tf, "refusals", refusals, trees, 1, leaves));
        Operand<TFloat32> reached = tf.dtypes.cast(
                tf.math.equal(right, Constants.matrix(tf, "path_length", length, trees, 1, leaves)), TFloat32.class);
        Operand<TFloat32> sum = tf.reduceSum(
                tf.math.mul(reached, Constants.matrix(tf, "leaf", value, trees, 1, leaves)),
                tf.withName("over").constant(new int[] {0, 2}));
        return tf.reshape(sum, tf.withName("one_a_row").constant(new int[] {-1, 1}));
    }
}
