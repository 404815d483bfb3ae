package health.carryover.clinical.body;

import java.util.List;

/** Something a body does for a while: an exercise, or an everyday activity. */
interface Motion {
    Person person();

    /** Seconds. */
    double length();

    /** The 33 points, metres in the world, at a time in seconds. */
    double[][] points(double seconds);

    /** What a camera is pointed at, metres in the world. */
    double[] middle();

    /** How much worse a tracker sees this than somebody who stands: 1 standing, 1.2 on the floor (measured: Tracker). */
    double low();

    /** The repetitions whose peak comes after the part that is cut off at the beginning. */
    List<TrueRep> reps(double skipped);
}
