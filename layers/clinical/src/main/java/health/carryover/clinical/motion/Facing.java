package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

/**
 * Which way a person is turned, of one frame. The line of the shoulders and the line of the hips, measured across the
 * trunk and against its length, shrink as the person turns aside; their depth grows. Facing away, left and right change
 * places and the nose lies behind the ears.
 */
public final class Facing {
    /** Shoulder width of a person facing the camera, in trunk lengths. Source: biacromial 0.23, trunk 0.30 of stature (Winter). */
    public static final double SHOULDER_TO_TRUNK = 0.75;
    /** Hip landmarks are nearer to each other than the shoulders: measured on the recordings, 0.40 to 0.45. */
    private static final double HIP_TO_TRUNK = 0.42;
    /** The tracker's image depth of a shoulder line seen end on is about three times its true length (measured on the recordings). */
    private static final double DEPTH_EXAGGERATION = 3.1;

    private Facing() {}

    /** How often the tracker's depth is its true length. */
    static double exaggeration(ImageSize size) {
        return size.isMetres() ? 1 : DEPTH_EXAGGERATION;
    }

    /** How far the person is turned aside, degrees [0, 90]: 0 facing the camera or away from it; NaN when it cannot be told. */
    public static double asideDeg(Frame frame, ImageSize size) {
        double azimuth = azimuthDeg(frame, size);
        return Math.min(azimuth, 180 - azimuth);
    }

    /** Angle between the camera and the direction the person faces, degrees [0, 180]; NaN when it cannot be told. */
    static double azimuthDeg(Frame frame, ImageSize size) {
        if (!frame.hasPerson()) return Double.NaN;
        double w = size.width();
        double h = size.height();
        double trunkX =
                (frame.x(LEFT_HIP) + frame.x(RIGHT_HIP) - frame.x(LEFT_SHOULDER) - frame.x(RIGHT_SHOULDER)) / 2 * w;
        double trunkY =
                (frame.y(LEFT_HIP) + frame.y(RIGHT_HIP) - frame.y(LEFT_SHOULDER) - frame.y(RIGHT_SHOULDER)) / 2 * h;
        double trunk = Math.hypot(trunkX, trunkY);
        if (trunk == 0) return Double.NaN;
        double shoulders =
                across(frame, size, LEFT_SHOULDER, RIGHT_SHOULDER, trunkX, trunkY) / trunk / SHOULDER_TO_TRUNK;
        double hips = across(frame, size, LEFT_HIP, RIGHT_HIP, trunkX, trunkY) / trunk / HIP_TO_TRUNK;
        double width = Math.abs(shoulders + hips) / 2;
        double depth = Math.abs(frame.z(LEFT_SHOULDER) - frame.z(RIGHT_SHOULDER))
                * w
                / trunk
                / SHOULDER_TO_TRUNK
                / exaggeration(size);
        double aside = Math.toDegrees(Math.atan2(depth, width));
        double noseBehindEars = frame.z(NOSE) - (frame.z(LEFT_EAR) + frame.z(RIGHT_EAR)) / 2;
        boolean away = shoulders + hips < 0 && noseBehindEars > 0;
        return away ? 180 - aside : aside;
    }

    /** Signed extent of right-to-left across the trunk axis: positive for an upright person facing the camera. */
    private static double across(
            Frame frame, ImageSize size, Landmark left, Landmark right, double trunkX, double trunkY) {
        double dx = (frame.x(left) - frame.x(right)) * size.width();
        double dy = (frame.y(left) - frame.y(right)) * size.height();
        return (dx * trunkY - dy * trunkX) / Math.hypot(trunkX, trunkY);
    }
}
