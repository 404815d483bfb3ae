package health.carryover.clinical.motion;

import java.time.Duration;

/** What the counter tells while the person moves. Times are since the start of the recording. */
public sealed interface MotionEvent {
    /**
     * A repetition is over. Its kind is what is known by now: while the person's own range is still being learnt, the
     * report at the end may judge it anew.
     * @param number of full and partial ones so far
     */
    record RepEnded(int number, Rep rep) implements MotionEvent {}

    /** Nobody, or not the landmarks needed, for longer than the 0.3 s that are bridged. */
    record TrackingLost(Duration since) implements MotionEvent {}

    record TrackingBack(Duration at) implements MotionEvent {}
}
