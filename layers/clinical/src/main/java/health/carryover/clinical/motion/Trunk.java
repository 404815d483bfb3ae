package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

/** The line from between the hips to between the shoulders, in the plane of the picture. */
final class Trunk {
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
}
