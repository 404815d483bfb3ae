package health.carryover.clinical.imu;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The filters by name. Those without magnetometer end in 6; those that look ahead in OFFLINE. */
public enum FilterKind {
    MADGWICK(true),
    MADGWICK6(false),
    COMPLEMENTARY(true),
    COMPLEMENTARY6(false),
    KALMAN(true),
    KALMAN6(false),
    KALMAN_OFFLINE(true),
    KALMAN6_OFFLINE(false);

    private final boolean magnetic;

    FilterKind(boolean magnetic) {
        this.magnetic = magnetic;
    }

    /** As in the command line: {@code kalman6_offline}. */
    public static Optional<FilterKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.filterName().equals(name))
                .findFirst();
    }

    public String filterName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether heading comes from the magnetometer, so that an error of heading means something. */
    public boolean seesHeading() {
        return magnetic;
    }

    /**
     * Orientations of a whole recording, as {@link ImuRecording#orientations}.
     * @param beta of Madgwick, rad/s; empty for {@link Madgwick#USUAL_BETA} and {@link Madgwick#USUAL_BETA_6}
     */
    public double[] orientations(ImuRecording recording, OptionalDouble beta, SensorTraits traits) {
        return switch (this) {
            case MADGWICK -> recording.orientations(Madgwick.nineAxes(beta.orElse(Madgwick.USUAL_BETA)));
            case MADGWICK6 -> recording.orientations(Madgwick.sixAxes(beta.orElse(Madgwick.USUAL_BETA_6)));
            case COMPLEMENTARY ->
                recording.orientations(
                        Complementary.nineAxes(Complementary.USUAL_TAU_TILT_S, Complementary.USUAL_TAU_HEADING_S));
            case COMPLEMENTARY6 -> recording.orientations(Complementary.sixAxes(Complementary.USUAL_TAU_TILT_S));
            case KALMAN -> recording.orientations(InertialKalman.nineAxes(traits));
            case KALMAN6 -> recording.orientations(InertialKalman.sixAxes(traits));
            case KALMAN_OFFLINE, KALMAN6_OFFLINE -> OfflineKalman.orientations(recording, magnetic, traits);
        };
    }
}
