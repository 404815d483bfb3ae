package health.carryover.training;

import java.util.List;

/** A way to make a model of rows; the same rows and seed give the same model. */
interface Learner {
    Model fit(List<Example> rows, long seed);
}
