package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

/** The line from between the hips to between the shoulders, in the plane of the picture. */
final class Trunk {
    private static final double KNEE_SEEN = 0.4;

    private double x;
    private double y;

    /** Looks at a frame; without a person everything is NaN. */
    void look(Frame frame, ImageSize size) {
        x = (frame.x(LEFT_SHOULDER) + frame.x(RIGHT_SHOULDER) - frame.x(LEFT_HIP) - frame.x(RIGHT_HIP))
                / 2
                * size.width();
        y = (frame.y(LEFT_SHOULDER) + frame.y(RIGHT_SHOULDER) - frame.y(LEFT_HIP) - frame.y(RIGHT_HIP))
                / 2
                * size.height();
    }

    /** Pixels. */
    double length() {
        return Math.hypot(x, y);
    }

    /** Against the vertical of the picture, degrees: 0 upright, 90 lying, 180 head down. */
    double inclinationDeg() {
        return Math.toDegrees(Math.atan2(Math.abs(x), -y));
    }

    /**
     * How far the lower knee lies below the hips, in trunk lengths, whatever the direction of the view: on the recordings 0.6
     * to 0.9 standing, 0.3 sitting, -0.6 to 0.4 lying. NaN when no knee is seen.
     */
    double thighDrop(Frame frame, ImageSize size) {
        double knee = Double.NEGATIVE_INFINITY;
        if (frame.visibility(LEFT_KNEE) >= KNEE_SEEN) knee = frame.y(LEFT_KNEE);
        if (frame.visibility(RIGHT_KNEE) >= KNEE_SEEN) knee = Math.max(knee, frame.y(RIGHT_KNEE));
        if (knee == Double.NEGATIVE_INFINITY) return Double.NaN;
        return (knee - (frame.y(LEFT_HIP) + frame.y(RIGHT_HIP)) / 2) * size.height() / Math.max(1e-9, length());
    }
}
