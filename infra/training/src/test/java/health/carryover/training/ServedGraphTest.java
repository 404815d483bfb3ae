package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.risk.ModelManifest.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;

/** Every kind of model gives in TensorFlow, from the bytes that would be shipped, what it gave when it was judged. */
class ServedGraphTest {
    private static final Map<String, Learner> KINDS = new TreeMap<>(Map.of(
            "rule", (_, _) -> OneLineRule.DAYS_SINCE,
            "logistic", Additive.straight(1e-3),
            "additive", Additive.bent(1e-2),
            "boosting", Boosting.of(60, 3, 0.1),
            "network", new NetworkTrainer(6, 4, 128, 0.01, 1e-3, 1e-3)));

    private static List<Example> rows = List.of();

    @BeforeAll
    static void people() {
        rows = Example.of(CohortSimulator.cohort(11, 80));
    }

    /** Logits by the graph in the file. */
    private static double[] run(byte[] savedModel, List<Example> some, int columns) throws Exception {
        float[] input = new float[some.size() * columns];
        for (int i = 0; i < some.size(); i++) {
            float[] features = some.get(i).features().vector();
            System.arraycopy(features, 0, input, i * columns, features.length);
            float[] history = some.get(i).history();
            if (columns > features.length)
                System.arraycopy(history, 0, input, i * columns + features.length, history.length);
        }
        try (Graph graph = new Graph()) {
            graph.importGraphDef(
                    SavedModel.parseFrom(savedModel).getMetaGraphs(0).getGraphDef());
            try (Session session = new Session(graph);
                    TFloat32 fed = TFloat32.tensorOf(Shape.of(some.size(), columns), DataBuffers.of(input));
                    Result result =
                            session.runner().feed("features", fed).fetch("risk").run()) {
                float[] numbers = new float[2 * some.size()];
                ((TFloat32) result.get(0)).copyTo(DataBuffers.of(numbers));
                double[] logits = new double[some.size()];
                for (int i = 0; i < logits.length; i++) {
                    logits[i] = numbers[2 * i + 1];
                    assertThat((double) numbers[2 * i]).isCloseTo(Evaluation.probability(logits[i]), within(1e-5));
                }
                return logits;
            }
        }
    }

    @Test
    void each_kind_gives_in_the_graph_what_it_gave_in_java() throws Exception {
        for (Map.Entry<String, Learner> kind : KINDS.entrySet()) {
            Calibrated model = new Calibrated(kind.getValue().fit(rows, 1), new Calibration("platt", 0.8, -0.3));
            double[] expected = model.logits(rows);
            double[] served = run(SavedModelWriter.write(model), rows, SavedModelWriter.columns(model.model()));
            assertThat(served).as(kind.getKey()).containsExactly(expected, within(2e-4));
            assertThat(new TreeSet<>(Arrays.stream(expected).boxed().toList()))
                    .as("a constant would agree with anything: " + kind.getKey())
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void a_mixture_of_all_of_them_too_and_the_same_bytes_each_time() throws Exception {
        List<Calibrated> members = new ArrayList<>();
        for (Learner kind : KINDS.values()) members.add(Calibrated.asIs(kind.fit(rows, 2)));
        Calibrated mixture = Calibrated.asIs(new Mixture(members));
        byte[] graph = SavedModelWriter.write(mixture);
        assertThat(run(graph, rows, SavedModelWriter.columns(mixture.model())))
                .containsExactly(mixture.logits(rows), within(2e-4));
        assertThat(SavedModelWriter.write(mixture)).isEqualTo(graph);
    }
}
