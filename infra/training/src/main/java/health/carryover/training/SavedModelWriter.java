package health.carryover.training;

import com.google.protobuf.CodedOutputStream;
import health.carryover.risk.ModelManifest.Calibration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
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
 * The network as a SavedModel without variables: standardising, hidden layer, calibration and both outputs in one graph
 * of constants with names ({@code mean}, {@code w1}, ...), so that it can be read back and checked without TensorFlow.
 * The bytes depend on the weights only.
 */
final class SavedModelWriter {
    static {
        Native.load();
    }

    private SavedModelWriter() {}

    /** Content of {@code saved_model.pb}; input {@code features}, output {@code risk}: probability and logit a row. */
    static byte[] write(Standardiser standardiser, Network network, Calibration calibration) {
        int columns = network.columns();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x =
                    tf.withName("features").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
            Operand<TFloat32> scaled = tf.math.mul(
                    tf.math.sub(x, constant(tf, "mean", standardiser.mean(), columns)),
                    constant(tf, "inverse_deviation", standardiser.inverseDeviation(), columns));
            Operand<TFloat32> missing =
                    tf.linalg.matMul(x, constant(tf, "missing_of", missingOf(standardiser), columns, columns));
            Operand<TFloat32> z =
                    tf.math.mul(scaled, tf.math.sub(tf.withName("one").constant(1f), missing));
            Operand<TFloat32> units = tf.math.tanh(tf.math.add(
                    tf.linalg.matMul(z, constant(tf, "w1", network.w1(), columns, network.hidden())),
                    constant(tf, "b1", network.b1(), network.hidden())));
            Operand<TFloat32> logit = tf.math.add(
                    tf.math.add(
                            tf.linalg.matMul(units, constant(tf, "w2", network.w2(), network.hidden(), 1)),
                            tf.linalg.matMul(z, constant(tf, "line", network.line(), columns, 1))),
                    tf.withName("b2").constant(network.b2()));
            Operand<TFloat32> calibrated = tf.math.add(
                    tf.math.mul(tf.withName("calibration_slope").constant((float) calibration.slope()), logit),
                    tf.withName("calibration_intercept").constant((float) calibration.intercept()));
            tf.withName("risk")
                    .concat(
                            List.of(tf.math.sigmoid(calibrated), calibrated),
                            tf.withName("axis").constant(1));
            return bytes(graph, columns);
        }
    }

    private static Operand<TFloat32> constant(Ops tf, String name, double[] values, long... shape) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
        return constant(tf, name, floats, shape);
    }

    private static Operand<TFloat32> constant(Ops tf, String name, float[] values, long... shape) {
        return tf.withName(name).constant(Shape.of(shape), DataBuffers.of(values));
    }

    /** Moves each indicator to the column it speaks of. */
    private static float[] missingOf(Standardiser standardiser) {
        int columns = standardiser.columns();
        float[] matrix = new float[columns * columns];
        for (int column = 0; column < columns; column++) {
            int indicator = standardiser.indicatorOf()[column];
            if (indicator >= 0) matrix[indicator * columns + column] = 1;
        }
        return matrix;
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
