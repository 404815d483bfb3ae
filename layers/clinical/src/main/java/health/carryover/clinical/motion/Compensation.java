package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.*;

import java.util.Set;

/**
 * A way of getting a repetition done by moving what should stay still. Each is a signal of one frame; what counts is how
 * far it strays from its level at the start of the repetition. In degrees but for those that say shares of the trunk.
 */
public enum Compensation {
    /** The knee goes inward of the line from hip to ankle: frontal plane projection angle. */
    KNEE_VALGUS(true, View.FRONTAL, View.REAR),
    /** The trunk leans to a side. */
    TRUNK_SIDE_LEAN(false, View.FRONTAL, View.REAR),
    /** The trunk leans forward or back more than at the start: swinging, or lying back to help. */
    TRUNK_SWAY(false, View.LATERAL, View.OBLIQUE),
    /** The pelvis rises on the side that moves. */
    HIP_HIKE(true, View.FRONTAL, View.REAR),
    /** The pelvis sinks on the side that moves, the other leg standing. */
    PELVIC_DROP(true, View.FRONTAL, View.REAR),
    /** The shoulder rises towards the ear; shares of the trunk. */
    SHOULDER_SHRUG(true, View.FRONTAL, View.REAR, View.LATERAL, View.OBLIQUE),
    /** The hip goes beyond straight, so that the low back arches; the knee bent, as in a bridge. */
    LUMBAR_ARCH(true, View.LATERAL),
    /** Shoulder and hip come nearer as the back rounds; shares of the thigh. */
    ROUNDED_BACK(true, View.LATERAL),
    /** The upper arm leaves its place at the trunk. */
    ELBOW_DRIFT(false, View.LATERAL, View.OBLIQUE, View.FRONTAL, View.REAR),
    /** The knee bends in a leg that should stay straight. */
    KNEE_LAG(true, View.LATERAL, View.OBLIQUE),
    /** The heel leaves the floor. */
    HEEL_RISE(true, View.LATERAL, View.OBLIQUE);

    private final boolean oneWay;
    private final Set<View> views;

    Compensation(boolean oneWay, View... views) {
        this.oneWay = oneWay;
        this.views = Set.of(views);
    }

    /** Whether only a growing signal is one, instead of straying either way. */
    boolean oneWay() {
        return oneWay;
    }

    /** From where it can be seen at all. */
    public Set<View> views() {
        return views;
    }

    /** The signal of one side; NaN when nobody was seen or points coincide. */
    double value(Frame frame, ImageSize size, Side side) {
        boolean left = side == Side.LEFT;
        double w = size.width();
        double h = size.height();
        Landmark hip = left ? LEFT_HIP : RIGHT_HIP;
        Landmark otherHip = left ? RIGHT_HIP : LEFT_HIP;
        Landmark knee = left ? LEFT_KNEE : RIGHT_KNEE;
        Landmark ankle = left ? LEFT_ANKLE : RIGHT_ANKLE;
        Landmark shoulder = left ? LEFT_SHOULDER : RIGHT_SHOULDER;
        return switch (this) {
            case KNEE_VALGUS -> {
                double inward = Math.signum(frame.x(otherHip) - frame.x(hip));
                double thigh = Math.atan2((frame.x(knee) - frame.x(hip)) * w, (frame.y(knee) - frame.y(hip)) * h);
                double shank = Math.atan2((frame.x(ankle) - frame.x(knee)) * w, (frame.y(ankle) - frame.y(knee)) * h);
                yield inward * Math.toDegrees(thigh - shank);
            }
            case TRUNK_SIDE_LEAN, TRUNK_SWAY -> {
                double x = frame.x(LEFT_SHOULDER) + frame.x(RIGHT_SHOULDER) - frame.x(LEFT_HIP) - frame.x(RIGHT_HIP);
                double y = frame.y(LEFT_SHOULDER) + frame.y(RIGHT_SHOULDER) - frame.y(LEFT_HIP) - frame.y(RIGHT_HIP);
                yield Math.toDegrees(Math.atan2(x * w, -y * h));
            }
            case HIP_HIKE, PELVIC_DROP -> {
                double rise = (frame.y(otherHip) - frame.y(hip)) * h;
                double across = Math.abs(frame.x(otherHip) - frame.x(hip)) * w;
                double tilt = Math.toDegrees(Math.atan2(rise, across));
                yield this == HIP_HIKE ? tilt : -tilt;
            }
            case SHOULDER_SHRUG -> {
                Landmark ear = left ? LEFT_EAR : RIGHT_EAR;
                double neck =
                        Math.hypot((frame.x(shoulder) - frame.x(ear)) * w, (frame.y(shoulder) - frame.y(ear)) * h);
                yield -neck / distance(frame, w, h, shoulder, hip);
            }
            case LUMBAR_ARCH -> {
                double atHip = turn(frame, w, h, shoulder, hip, knee);
                double atKnee = turn(frame, w, h, hip, knee, ankle);
                yield Math.max(0, atHip * Math.signum(atKnee)); // flexed, hip and knee turn opposite ways
            }
            case ROUNDED_BACK -> -distance(frame, w, h, shoulder, hip) / distance(frame, w, h, hip, knee);
            case ELBOW_DRIFT -> Joint.SHOULDER_FLEXION.degrees(frame, size, side);
            case KNEE_LAG -> Joint.KNEE_FLEXION.degrees(frame, size, side);
            case HEEL_RISE -> {
                Landmark heel = left ? LEFT_HEEL : RIGHT_HEEL;
                Landmark toes = left ? LEFT_FOOT_INDEX : RIGHT_FOOT_INDEX;
                double rise = (frame.y(toes) - frame.y(heel)) * h;
                yield Math.toDegrees(Math.atan2(rise, Math.abs(frame.x(toes) - frame.x(heel)) * w));
            }
        };
    }

    private static double distance(Frame frame, double w, double h, Landmark a, Landmark b) {
        return Math.hypot((frame.x(a) - frame.x(b)) * w, (frame.y(a) - frame.y(b)) * h);
    }

    /** How the path a, b, c turns at b, degrees (-180, 180]: positive clockwise in the picture. */
    private static double turn(Frame frame, double w, double h, Landmark a, Landmark b, Landmark c) {
        double ux = (frame.x(b) - frame.x(a)) * w;
        double uy = (frame.y(b) - frame.y(a)) * h;
        double vx = (frame.x(c) - frame.x(b)) * w;
        double vy = (frame.y(c) - frame.y(b)) * h;
        return Math.toDegrees(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy));
    }
}
