package health.carryover.training;

import ai.djl.engine.Engine;

/** TensorFlow's library, found by DJL: TensorFlow's own loader knows neither TENSORFLOW_LIBRARY_PATH nor DJL's cache. */
final class Native {
    private static final Engine ENGINE = Engine.getEngine("TensorFlow");

    private Native() {}

    /** After this call org.tensorflow classes can be used; later calls do nothing. */
    static String load() {
        return ENGINE.getVersion();
    }
}
