package health.carryover.training;

import com.google.protobuf.CodedOutputStream;
import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.RiskFeatures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A model as a SavedModel without variables: standardising, the model itself, calibration and both outputs in one graph of
 * constants with names, so that it can be read back and checked without TensorFlow. The bytes depend on the numbers only.
 */
final class SavedModelWriter {
    static {
        Native.load();
    }

    private SavedModelWriter() {}

    /** The input's columns: the features, and after them the daily history where the model reads it. */
    static int columns(Model model) {
        return RiskFeatures.names().size() + (model.readsHistory() ? DailyHistory.DAYS * DailyHistory.CHANNELS : 0);
    }

    /** Content of {@code saved_model.pb}; input {@code features}, output {@code risk}: probability and logit a row. */
    static byte[] write(Calibrated model) {
        int columns = columns(model.model());
        int features = RiskFeatures.names().size();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x =
                    tf.withName("features").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
            Operand<TFloat32> first = columns == features ? x : part(tf, x, 0, features);
            Operand<TFloat32> rest = columns == features ? x : part(tf, x, features, columns - features);
            Operand<TFloat32> logit = model.graph(tf, new Model.Inputs(first, rest));
            tf.withName("risk")
                    .concat(
                            List.of(tf.math.sigmoid(logit), logit),
                            tf.withName("axis").constant(1));
            return bytes(graph, columns);
        }
    }

    private static Operand<TFloat32> part(Ops tf, Operand<TFloat32> x, int from, int count) {
        return tf.slice(x, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
    }

    private static byte[] bytes(Graph graph, int columns) {
        SignatureDef signature = SignatureDef.newBuilder()
                .putInputs("features", tensor("features:0", columns))
                .putOutputs("risk", tensor("risk:0", 2))
                .setMethodName("tensorflow/serving/predict")
                .build();
        SavedModel model = SavedModel.newBuilder()
                .setSavedModelSchemaVersion(1)
                .addMetaGraphs(MetaGraphDef.newBuilder()
                        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder()
                                .addTags("serve")
                                .setTensorflowVersion(TensorFlow.version()))
                        .setGraphDef(graph.toGraphDef())
                        .putSignatureDef("serving_default", signature))
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            model.writeTo(output);
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static TensorInfo tensor(String name, int columns) {
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1))
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(columns)))
                .build();
    }
}
