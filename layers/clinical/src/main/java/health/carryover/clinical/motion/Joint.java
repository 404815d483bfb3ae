package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

import java.util.List;
import java.util.Optional;

/**
 * A joint angle that landmarks give, in the plane of the picture or, on world landmarks, in space; degrees,
 * neutral-zero convention (AAOS). The angle A-B-C at B is {@code atan2(|a x b|, a . b)}, stable near 0 and 180 degrees.
 * Flexion, and extension or abduction beyond the straight position, are 180 minus it; shoulder angles are itself; ankle
 * plantarflexion is it minus 90; the inclination of the trunk is its angle to the vertical. An angle has no sign: flexion
 * and extension of the hip are the same deviation from straight, and the exercise says which it means.
 * Example: hip (0,0), knee (0,1), ankle (1,1), in pixels: flexion 90.
 */
public enum Joint {
    KNEE_FLEXION(Plane.SAGITTAL, Zero.STRAIGHT, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE),
    HIP_FLEXION(Plane.SAGITTAL, Zero.STRAIGHT, LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE),
    HIP_EXTENSION(Plane.SAGITTAL, Zero.STRAIGHT, LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE),
    HIP_ABDUCTION(Plane.FRONTAL, Zero.STRAIGHT, LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE),
    SHOULDER_FLEXION(Plane.SAGITTAL, Zero.FOLDED, LEFT_HIP, LEFT_SHOULDER, LEFT_ELBOW),
    SHOULDER_ABDUCTION(Plane.FRONTAL, Zero.FOLDED, LEFT_HIP, LEFT_SHOULDER, LEFT_ELBOW),
    ELBOW_FLEXION(Plane.ANY, Zero.STRAIGHT, LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST),
    /** From the shank square to the line from ankle to toes; dorsiflexion is negative. */
    ANKLE_PLANTARFLEXION(Plane.SAGITTAL, Zero.SQUARE, LEFT_KNEE, LEFT_ANKLE, LEFT_FOOT_INDEX),
    /** Of the line hip to shoulder against the vertical of the picture: 0 upright, 90 lying. */
    TRUNK_INCLINATION(Plane.SAGITTAL, Zero.FOLDED, LEFT_SHOULDER, LEFT_HIP, LEFT_HIP),
    /** Head and upper back against the trunk: the only sign of a curved back that these landmarks give. A proxy. */
    LUMBAR_PROXY(Plane.SAGITTAL, Zero.STRAIGHT, LEFT_EAR, LEFT_SHOULDER, LEFT_HIP),
    /** Of the line between the ankles against the horizontal of the picture: 0 with both feet on the floor. */
    FEET_TILT(Plane.FRONTAL, Zero.FOLDED, LEFT_ANKLE, RIGHT_ANKLE, RIGHT_ANKLE);

    /** In which plane of the body the angle lies: a camera must look across it. */
    public enum Plane {
        SAGITTAL,
        FRONTAL,
        ANY
    }

    private static final double DEPTH_FROM_DEG = 30;

    private enum Zero {
        STRAIGHT,
        FOLDED,
        SQUARE
    }

    private final Plane plane;
    private final Zero zero;
    private final List<Landmark> left;
    private final List<Landmark> right;

    Joint(Plane plane, Zero zero, Landmark a, Landmark b, Landmark c) {
        this.plane = plane;
        this.zero = zero;
        left = List.of(a, b, c);
        right = List.of(a.opposite(), b.opposite(), c.opposite());
    }

    public Plane plane() {
        return plane;
    }

    boolean isOfTheArm() {
        return this == SHOULDER_FLEXION || this == SHOULDER_ABDUCTION || this == ELBOW_FLEXION;
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
        if (this == TRUNK_INCLINATION) {
            vx = 0;
            vy = -1;
            vz = 0;
        } else if (this == FEET_TILT) {
            vx = ux < 0 ? -1 : 1;
            vy = 0;
            vz = 0;
        }
        if (ux == 0 && uy == 0 && uz == 0 || vx == 0 && vy == 0 && vz == 0) return Double.NaN;
        double cross = Math.sqrt(square(uy * vz - uz * vy) + square(uz * vx - ux * vz) + square(ux * vy - uy * vx));
        double included = Math.toDegrees(Math.atan2(cross, ux * vx + uy * vy + uz * vz));
        return switch (zero) {
            case STRAIGHT -> 180 - included;
            case FOLDED -> included;
            case SQUARE -> included - 90;
        };
    }

    /**
     * The angle of the hip of somebody who lies, with a sign that gravity gives: positive when the hip lies below the line
     * from shoulder to knee. That is flexion lying on the back, extension lying on the front, and abduction of the upper leg
     * lying on the side; without it what goes through the straight position would seem to turn back. Depth, which has no such
     * sign, counts the more, the more the angle in the picture is positive.
     */
    double lyingDegrees(Frame frame, ImageSize size, Side side, double depth) {
        double flat = degrees(frame, size, side, 0);
        Landmark a = landmarks(side).get(0);
        Landmark b = landmarks(side).get(1);
        Landmark c = landmarks(side).get(2);
        double x = (frame.x(c) - frame.x(a)) * size.width();
        double y = (frame.y(c) - frame.y(a)) * size.height();
        double below = (frame.y(b) - frame.y(a)) * size.height() * x - (frame.x(b) - frame.x(a)) * size.width() * y;
        boolean upright = Math.abs(y) > Math.abs(x) && flat < 90;
        if (!upright && below * x < 0) return -flat;
        if (depth == 0) return flat;
        return flat + Math.min(1, flat / DEPTH_FROM_DEG) * (degrees(frame, size, side, depth) - flat);
    }

    boolean isHip() {
        return this == HIP_FLEXION || this == HIP_EXTENSION || this == HIP_ABDUCTION;
    }

    private static double square(double value) {
        return value * value;
    }
}
