package health.carryover.clinical.motion;

import java.util.List;

/**
 * Measures an exercise frame by frame, with memory that does not grow but for one small record a repetition, and no
 * allocation for a frame in which nothing happens. Not for use by two threads at once.
 */
public sealed interface MotionMeter permits RepCounter, HoldTimer {
    /** Of the algorithm: changes whenever the same frames may give another result. */
    String VERSION = "motion-3";

    /**
     * Takes the next frame.
     * @return what happened with it, mostly nothing
     * @throws IllegalArgumentException if its time is not after that of the last one with a person
     */
    List<MotionEvent> accept(Frame frame);

    /** The primary angle now, on the side that is further on its way, degrees; NaN while nobody is seen. */
    double degreesNow();

    /** From where the person has been seen so far. */
    View viewNow();

    /** Ends the recording. Call it once. */
    MotionReport finish();

    /** Measures a whole recording: the same as frame by frame. */
    static MotionReport measure(MotionMeter meter, Recording recording) {
        for (Frame frame : recording.frames()) meter.accept(frame);
        return meter.finish();
    }
}
