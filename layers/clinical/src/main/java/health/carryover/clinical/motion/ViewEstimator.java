package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

import java.util.Set;

/**
 * Estimates from where the camera looks. The line of the shoulders and the line of the hips, measured across the trunk
 * and against its length, shrink as the person turns aside; their depth grows. Facing away, left and right change places
 * and the nose lies behind the ears. Keeps a histogram of angles, nothing else.
 */
final class ViewEstimator {
    /** Shoulder width of a person facing the camera, in trunk lengths. Source: biacromial 0.23, trunk 0.30 of stature (Winter). */
    static final double SHOULDER_TO_TRUNK = 0.75;
    /** Hip landmarks are nearer to each other than the shoulders: measured on the recordings, 0.40 to 0.45. */
    static final double HIP_TO_TRUNK = 0.42;
    /** The tracker's image depth of a shoulder line seen end on is about three times its true length (measured on the recordings). */
    static final double DEPTH_EXAGGERATION = 3.1;

    private static final int BIN_DEG = 5;

    private final ImageSize size;
    private final double exaggeration;
    private final int[] bins =
            new int[180 / BIN_DEG + 1]; // 0 = facing the camera, 90 = from the side, 180 = facing away
    private int frames;

    ViewEstimator(ImageSize size) {
        this.size = size;
        exaggeration = size.isMetres() ? 1 : DEPTH_EXAGGERATION;
    }

    void add(Frame frame) {
        double azimuth = azimuthDeg(frame);
        if (Double.isNaN(azimuth)) return;
        bins[(int) (azimuth / BIN_DEG)]++;
        frames++;
    }

    /** Angle between the camera and the direction the person faces, degrees [0, 180]; NaN when it cannot be told. */
    double azimuthDeg(Frame frame) {
        if (!frame.hasPerson()) return Double.NaN;
        double w = size.width();
        double h = size.height();
        double trunkX =
                (frame.x(LEFT_HIP) + frame.x(RIGHT_HIP) - frame.x(LEFT_SHOULDER) - frame.x(RIGHT_SHOULDER)) / 2 * w;
        double trunkY =
                (frame.y(LEFT_HIP) + frame.y(RIGHT_HIP) - frame.y(LEFT_SHOULDER) - frame.y(RIGHT_SHOULDER)) / 2 * h;
        double trunk = Math.hypot(trunkX, trunkY);
        if (trunk == 0) return Double.NaN;
        double shoulders = across(frame, LEFT_SHOULDER, RIGHT_SHOULDER, trunkX, trunkY) / trunk / SHOULDER_TO_TRUNK;
        double hips = across(frame, LEFT_HIP, RIGHT_HIP, trunkX, trunkY) / trunk / HIP_TO_TRUNK;
        double width = Math.abs(shoulders + hips) / 2;
        double depth = Math.abs(frame.z(LEFT_SHOULDER) - frame.z(RIGHT_SHOULDER))
                * w
                / trunk
                / SHOULDER_TO_TRUNK
                / exaggeration;
        double aside = Math.toDegrees(Math.atan2(depth, width));
        double noseBehindEars = frame.z(NOSE) - (frame.z(LEFT_EAR) + frame.z(RIGHT_EAR)) / 2;
        boolean away = shoulders + hips < 0 && noseBehindEars > 0;
        return away ? 180 - aside : aside;
    }

    /** Signed extent of right-to-left across the trunk axis: positive for an upright person facing the camera. */
    private double across(Frame frame, Landmark left, Landmark right, double trunkX, double trunkY) {
        double dx = (frame.x(left) - frame.x(right)) * size.width();
        double dy = (frame.y(left) - frame.y(right)) * size.height();
        return (dx * trunkY - dy * trunkX) / Math.hypot(trunkX, trunkY);
    }

    View view() {
        if (frames == 0) return View.MIXED;
        double low = quantile(0.1);
        double middle = quantile(0.5);
        double high = quantile(0.9);
        if (high - low > 75) return View.MIXED;
        if (middle < 28) return View.FRONTAL;
        if (middle > 152) return View.REAR;
        return middle < 52 || middle > 128 ? View.OBLIQUE : View.LATERAL;
    }

    /** What to multiply the tracker's depth by: its true scale seen from the front or from behind, nothing from the side. */
    double depthFactor() {
        return frames == 0 ? 0 : Math.abs(Math.cos(Math.toRadians(quantile(0.5)))) / exaggeration;
    }

    /** How far degrees are trusted: seen from the wrong side half, from between or while turning three quarters. */
    static double trust(Set<View> reliable, View seen) {
        if (reliable.contains(seen)) return 1;
        return seen == View.OBLIQUE || seen == View.MIXED ? 0.75 : 0.5;
    }

    double quantile(double fraction) {
        int seen = 0;
        for (int i = 0; i < bins.length; i++) {
            seen += bins[i];
            if (seen >= fraction * frames) return (i + 0.5) * BIN_DEG;
        }
        return 180;
    }
}
