package health.carryover.clinical.motion;

/** What the camera can measure of an exercise. */
public sealed interface Measurement permits Movement, Hold, Measurement.NotByCamera {
    /** Nothing: a timer, a sensor or the patient tells. */
    record NotByCamera() implements Measurement {}
}
