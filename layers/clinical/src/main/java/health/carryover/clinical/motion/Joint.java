package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

import java.util.List;
import java.util.Optional;

/**
 * A joint angle that three landmarks give, in the plane of the picture, neutral-zero convention.
 * The angle A-B-C at B is {@code atan2(|a x b|, a . b)}, stable near 0 and 180 degrees; knee, hip and elbow flexion
 * are 180 minus it, shoulder elevation (flexion or abduction: the view says which) is itself.
 * Source: notes on angles after AAOS neutral-zero. Example: hip (0,0), knee (0,1), ankle (1,1), in pixels: flexion 90.
 */
public enum Joint {
    KNEE_FLEXION(
            true, new Landmark[] {LEFT_HIP, LEFT_KNEE, LEFT_ANKLE}, new Landmark[] {RIGHT_HIP, RIGHT_KNEE, RIGHT_ANKLE
            }),
    HIP_FLEXION(true, new Landmark[] {LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE}, new Landmark[] {
        RIGHT_SHOULDER, RIGHT_HIP, RIGHT_KNEE
    }),
    SHOULDER_ELEVATION(false, new Landmark[] {LEFT_HIP, LEFT_SHOULDER, LEFT_ELBOW}, new Landmark[] {
        RIGHT_HIP, RIGHT_SHOULDER, RIGHT_ELBOW
    }),
    ELBOW_FLEXION(true, new Landmark[] {LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST}, new Landmark[] {
        RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST
    });

    private final boolean fromStraight;
    private final List<Landmark> left;
    private final List<Landmark> right;

    Joint(boolean fromStraight, Landmark[] left, Landmark[] right) {
        this.fromStraight = fromStraight;
        this.left = List.of(left);
        this.right = List.of(right);
    }

    /** The three landmarks, the joint in the middle. */
    public List<Landmark> landmarks(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /** The angle, or empty when nobody was seen or two of the points coincide. */
    public Optional<Angle> angle(Frame frame, ImageSize size, Side side) {
        double degrees = degrees(frame, size, side);
        return Double.isNaN(degrees) ? Optional.empty() : Optional.of(new Angle(degrees));
    }

    /** Visibility of the least visible of the three landmarks, [0, 1]. */
    public double visibility(Frame frame, Side side) {
        double least = 1;
        for (Landmark landmark : landmarks(side)) least = Math.min(least, frame.visibility(landmark));
        return least;
    }

    /** NaN when nobody was seen or two of the points coincide. */
    double degrees(Frame frame, ImageSize size, Side side) {
        return degrees(frame, size, side, 0);
    }

    /**
     * The angle in space instead of in the picture.
     * @param depth what the tracker's depth is multiplied by before it is taken for a length; 0 leaves it out
     */
    double degrees(Frame frame, ImageSize size, Side side, double depth) {
        List<Landmark> points = landmarks(side);
        Landmark a = points.get(0);
        Landmark b = points.get(1);
        Landmark c = points.get(2);
        double ux = (frame.x(a) - frame.x(b)) * size.width();
        double uy = (frame.y(a) - frame.y(b)) * size.height();
        double uz = (frame.z(a) - frame.z(b)) * size.width() * depth;
        double vx = (frame.x(c) - frame.x(b)) * size.width();
        double vy = (frame.y(c) - frame.y(b)) * size.height();
        double vz = (frame.z(c) - frame.z(b)) * size.width() * depth;
        if (ux == 0 && uy == 0 && uz == 0 || vx == 0 && vy == 0 && vz == 0) return Double.NaN;
        double cross = Math.sqrt(square(uy * vz - uz * vy) + square(uz * vx - ux * vz) + square(ux * vy - uy * vx));
        double included = Math.toDegrees(Math.atan2(cross, ux * vx + uy * vy + uz * vz));
        return fromStraight ? 180 - included : included;
    }

    private static double square(double value) {
        return value * value;
    }
}
