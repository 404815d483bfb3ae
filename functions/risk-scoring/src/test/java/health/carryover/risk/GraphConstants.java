package health.carryover.risk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/** The numbers in a SavedModel, read from the file, and the network worked out from them in plain Java. */
final class GraphConstants {
    private final Map<String, float[]> constants = new HashMap<>();

    GraphConstants(Path savedModel) throws IOException {
        SavedModel model = SavedModel.parseFrom(Files.readAllBytes(savedModel));
        for (NodeDef node : model.getMetaGraphs(0).getGraphDef().getNodeList()) {
            if (!node.getOp().equals("Const")) continue;
            TensorProto tensor = node.getAttrOrThrow("value").getTensor();
            int size = tensor.getTensorShape().getDimList().stream()
                    .mapToInt(dim -> (int) dim.getSize())
                    .reduce(1, (a, b) -> a * b);
            float[] values = new float[size];
            if (tensor.getTensorContent().isEmpty()) {
                // A tensor of one repeated value is written once.
                for (int i = 0; i < size && tensor.getFloatValCount() > 0; i++)
                    values[i] = tensor.getFloatVal(Math.min(i, tensor.getFloatValCount() - 1));
            } else {
                ByteBuffer.wrap(tensor.getTensorContent().toByteArray())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values, 0, Math.min(size, tensor.getTensorContent().size() / 4));
            }
            constants.put(node.getName(), values);
        }
    }

    /** Calibrated logit of a row, in double precision. */
    double logit(float[] x) {
        float[] mean = named("mean");
        float[] inverse = named("inverse_deviation");
        float[] missingOf = named("missing_of");
        float[] w1 = named("w1");
        float[] b1 = named("b1");
        float[] w2 = named("w2");
        float[] line = named("line");
        int columns = x.length;
        double[] z = new double[columns];
        double logit = named("b2")[0];
        for (int column = 0; column < columns; column++) {
            double missing = 0;
            for (int row = 0; row < columns; row++) missing += x[row] * missingOf[row * columns + column];
            z[column] = (x[column] - mean[column]) * inverse[column] * (1 - missing);
            logit += z[column] * line[column];
        }
        for (int unit = 0; unit < b1.length; unit++) {
            double sum = b1[unit];
            for (int column = 0; column < columns; column++) sum += z[column] * w1[column * b1.length + unit];
            logit += Math.tanh(sum) * w2[unit];
        }
        return named("calibration_slope")[0] * logit + named("calibration_intercept")[0];
    }

    double probability(float[] x) {
        return 1 / (1 + Math.exp(-logit(x)));
    }

    private float[] named(String name) {
        return Objects.requireNonNull(constants.get(name), name);
    }
}
