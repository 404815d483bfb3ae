package health.carryover.clinical.imu;

/** One sensor at moments between its samples: orientation and rate, or that samples are missing there. */
final class Moments {
    /** Between samples further apart nothing is said, s. */
    private static final double LONGEST_BETWEEN_S = 0.1;

    private final ImuRecording recording;
    private final double[] orientations;
    private int before;
    private double share;

    /** @param orientations as {@link ImuRecording#orientations} */
    Moments(ImuRecording recording, double[] orientations) {
        this.recording = recording;
        this.orientations = orientations;
    }

    /**
     * Goes to a moment.
     * @param timeS not before that of the call before
     * @return whether the sensor measured then
     */
    boolean at(double timeS) {
        while (before + 2 < recording.samples() && recording.timeS(before + 1) <= timeS) before++;
        double from = recording.timeS(before);
        double to = recording.timeS(before + 1);
        if (timeS < from || timeS > to || to - from > LONGEST_BETWEEN_S) return false;
        share = (timeS - from) / (to - from);
        return true;
    }

    /** Between the samples before and after: by the straight way, the turn is small. */
    Quaternion orientation() {
        int a = 4 * before;
        int b = a + 4;
        double dot = 0;
        for (int i = 0; i < 4; i++) dot += orientations[a + i] * orientations[b + i];
        double to = dot < 0 ? -share : share;
        double from = 1 - share;
        return new Quaternion(
                from * orientations[a] + to * orientations[b],
                from * orientations[a + 1] + to * orientations[b + 1],
                from * orientations[a + 2] + to * orientations[b + 2],
                from * orientations[a + 3] + to * orientations[b + 3]);
    }

    /** Angular rate, rad/s. @param axis 0-2 */
    double rate(int axis) {
        return (1 - share) * recording.value(before, 3 + axis) + share * recording.value(before + 1, 3 + axis);
    }
}
