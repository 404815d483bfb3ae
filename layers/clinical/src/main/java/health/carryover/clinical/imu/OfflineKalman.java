package health.carryover.clinical.imu;

/**
 * {@link InertialKalman} over a whole recording, looking ahead: forward, backward from there, forward again; each pass
 * begins with what the one before knew of the sensor. The last two are merged sample by sample, inclination and heading
 * each by the variances that the passes give them. Memory: 12 numbers a sample.
 */
public final class OfflineKalman {
    private OfflineKalman() {}

    /**
     * @param magnetic whether heading is taken from the magnetometer
     * @return as {@link ImuRecording#orientations}
     */
    public static double[] orientations(ImuRecording recording, boolean magnetic, SensorTraits traits) {
        InertialKalman filter = magnetic ? InertialKalman.nineAxes(traits) : InertialKalman.sixAxes(traits);
        int samples = recording.samples();
        double[] forward = new double[4 * samples];
        double[] backward = new double[4 * samples];
        double[] variances = new double[4 * samples];
        forward(recording, filter, forward, variances);
        filter.turnBack();
        backward(recording, filter, backward, variances);
        filter.turnBack();
        forward(recording, filter, forward, variances);
        for (int i = 0; i < samples; i++) {
            double tilt = share(variances[4 * i], variances[4 * i + 2]);
            double heading = share(variances[4 * i + 1], variances[4 * i + 3]);
            merge(forward, backward, 4 * i, tilt, magnetic ? heading : 0);
        }
        return forward;
    }

    private static void forward(ImuRecording recording, InertialKalman filter, double[] found, double[] variances) {
        for (int i = 0; i < recording.samples(); i++) {
            step(recording, filter, i == 0 ? recording.stepS(0) : recording.stepS(i), recording.values(), 9 * i);
            keep(filter, found, variances, i, 0);
        }
    }

    private static void backward(ImuRecording recording, InertialKalman filter, double[] found, double[] variances) {
        double[] sample = new double[ImuBlock.CHANNELS];
        int last = recording.samples() - 1;
        for (int i = last; i >= 0; i--) {
            System.arraycopy(recording.values(), 9 * i, sample, 0, ImuBlock.CHANNELS);
            for (int axis = 3; axis < 6; axis++) sample[axis] = -sample[axis];
            step(recording, filter, recording.stepS(Math.min(last, i + 1)), sample, 0);
            keep(filter, found, variances, i, 2);
        }
    }

    private static void step(ImuRecording recording, InertialKalman filter, double dtS, double[] values, int at) {
        if (dtS > OrientationTracker.LONGEST_STEP_S) filter.interrupted();
        filter.update(Math.min(dtS, OrientationTracker.LONGEST_STEP_S), values, at);
    }

    private static void keep(InertialKalman filter, double[] found, double[] variances, int i, int at) {
        filter.orientation(found, 4 * i);
        double tilt = filter.inclinationSd();
        double heading = filter.headingSd();
        variances[4 * i + at] = tilt * tilt;
        variances[4 * i + at + 1] = heading * heading;
    }

    private static double share(double forward, double backward) {
        return forward / (forward + backward);
    }

    /** Moves forward's orientation toward backward's: by one share of the turn about the vertical, another of the tilt. */
    private static void merge(double[] forward, double[] backward, int at, double tilt, double heading) {
        Quaternion from = Quaternion.at(forward, at);
        Quaternion difference = Quaternion.at(backward, at).times(from.inverse());
        double about = difference.twist(0, 0, 1);
        Quaternion leaning = Quaternion.about(0, 0, 1, -about).times(difference);
        Quaternion merged = Quaternion.about(0, 0, 1, about * heading)
                .times(part(leaning, tilt))
                .times(from);
        forward[at] = merged.w();
        forward[at + 1] = merged.x();
        forward[at + 2] = merged.y();
        forward[at + 3] = merged.z();
    }

    private static Quaternion part(Quaternion turn, double share) {
        double angle = turn.radians();
        if (angle < 1e-12) return Quaternion.IDENTITY;
        double sign = turn.w() < 0 ? -1 : 1;
        return Quaternion.about(sign * turn.x(), sign * turn.y(), sign * turn.z(), angle * share);
    }
}
