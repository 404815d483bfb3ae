package health.carryover.training;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Numbers with a name in a graph, so that they can be read back and checked without TensorFlow. */
final class Constants {
    private Constants() {}

    static Operand<TFloat32> matrix(Ops tf, String name, float[] values, long... shape) {
        return tf.withName(name).constant(Shape.of(shape), DataBuffers.of(values));
    }

    static Operand<TFloat32> matrix(Ops tf, String name, double[] values, long... shape) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
        return matrix(tf, name, floats, shape);
    }
}
