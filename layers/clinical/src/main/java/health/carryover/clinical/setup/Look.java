package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Facing;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import java.util.Arrays;

/**
 * What one frame tells: lengths in pixels, angles in degrees, NaN where a measure cannot be had. Reused frame after frame.
 * Segment lengths in statures after Winter: trunk 0.288, thigh 0.245, shank 0.246.
 */
final class Look {
    private static final double TRUNK = 0.288;
    private static final double SHOULDERS = Facing.SHOULDER_TO_TRUNK * TRUNK;
    private static final double THIGH = 0.245;
    private static final double SHANK = 0.246;
    /** Nearer to the camera's line than this, a lying body shows no slant. */
    private static final double LYING_TOWARDS_DEG = 35;

    private static final Landmark[] BODY = {
        NOSE, LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE
    };
    private static final Landmark[] PAIRS = {
        LEFT_EAR, LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE
    };
    private static final Landmark[] PARTNERS = {
        RIGHT_EAR, RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST, RIGHT_HIP, RIGHT_KNEE, RIGHT_ANKLE
    };

    private final ImageSize size;
    private final Posture posture;
    private final boolean legsNeeded;
    private final double seen;

    /** Length of the whole body were it straight and across the view: the longest that any segment speaks for. */
    double stature;
    /** How far the person is turned aside, 0 facing the camera or away from it, 90 from the side. */
    double aside;
    /**
     * Lean of trunk and legs to the same side, of trunk and shanks if sitting; positive to the right of the picture, lying
     * clockwise. Not to be had of somebody lying towards the camera.
     */
    double lean;
    /** Lean of the trunk, only where the legs cannot be seen and need not be: bending forward is no fault. */
    double trunkLean;
    /** Length of the legs in trunks, of somebody standing. */
    double legsToTrunk;
    /** Whether the body lies along the picture's width. */
    boolean lying;
    /** Middle of the body, pixels. */
    double x;

    double y;
    /** Root mean square distance of the body's points from their middle. */
    double spread;
    /**
     * Visibility of the middle one of ear, shoulder, elbow, wrist, hip, knee and ankle on their better sides, those
     * outside the picture left out.
     */
    double clarity;

    private final double[] sorted = new double[PAIRS.length];

    Look(ImageSize size, SetupWish wish, double seen) {
        this.size = size;
        posture = wish.posture();
        legsNeeded = wish.landmarks().stream().anyMatch(one -> one.compareTo(LEFT_KNEE) >= 0);
        this.seen = seen;
    }

    /** Looks at a frame with a person. */
    void at(Frame frame) {
        double shoulderX = middleX(frame, LEFT_SHOULDER, RIGHT_SHOULDER);
        double shoulderY = middleY(frame, LEFT_SHOULDER, RIGHT_SHOULDER);
        double hipX = middleX(frame, LEFT_HIP, RIGHT_HIP);
        double hipY = middleY(frame, LEFT_HIP, RIGHT_HIP);
        double trunkX = hipX - shoulderX;
        double trunkY = hipY - shoulderY;
        double trunk = Math.hypot(trunkX, trunkY);
        spread(frame);
        clarity(frame);
        boolean legs = visible(frame, LEFT_KNEE, LEFT_ANKLE) || visible(frame, RIGHT_KNEE, RIGHT_ANKLE);
        stature = Math.max(trunk / TRUNK, distance(frame, LEFT_SHOULDER, RIGHT_SHOULDER) / SHOULDERS);
        for (int side = 0; legs && side < 2; side++) {
            Landmark knee = side == 0 ? LEFT_KNEE : RIGHT_KNEE;
            Landmark ankle = side == 0 ? LEFT_ANKLE : RIGHT_ANKLE;
            if (!visible(frame, knee, ankle)) continue;
            stature = Math.max(stature, distance(frame, side == 0 ? LEFT_HIP : RIGHT_HIP, knee) / THIGH);
            stature = Math.max(stature, distance(frame, knee, ankle) / SHANK);
        }
        lying = posture == Posture.LYING || posture == Posture.ANY && Math.abs(trunkX) > Math.abs(trunkY);
        aside = Facing.asideDeg(frame, size);
        lean(frame, trunkX, trunkY, hipX, hipY, legs);
        legsToTrunk =
                posture == Posture.STANDING && legs && trunk > 0 && straight(frame) ? leg(frame) / trunk : Double.NaN;
    }

    /** Weighted by visibility: what is guessed swings about. */
    private void spread(Frame frame) {
        double weights = 0;
        double sumX = 0;
        double sumY = 0;
        double squares = 0;
        for (Landmark one : BODY) {
            double weight = frame.visibility(one);
            double px = (double) frame.x(one) * size.width();
            double py = (double) frame.y(one) * size.height();
            weights += weight;
            sumX += weight * px;
            sumY += weight * py;
            squares += weight * (px * px + py * py);
        }
        x = sumX / weights;
        y = sumY / weights;
        spread = Math.sqrt(Math.max(0, squares / weights - x * x - y * y));
    }

    private void clarity(Frame frame) {
        int known = 0;
        for (int i = 0; i < PAIRS.length; i++) {
            Landmark better = frame.visibility(PAIRS[i]) >= frame.visibility(PARTNERS[i]) ? PAIRS[i] : PARTNERS[i];
            if (inside(frame.x(better)) && inside(frame.y(better))) sorted[known++] = frame.visibility(better);
        }
        Arrays.sort(sorted, 0, known);
        clarity = known < 3 ? Double.NaN : sorted[known / 2];
    }

    private static boolean inside(float fraction) {
        return fraction >= 0 && fraction <= 1;
    }

    /**
     * A leaning phone leans trunk and legs to the same side; a squat, a hinge or a raised leg does not. Of the two the
     * smaller counts.
     */
    private void lean(Frame frame, double trunkX, double trunkY, double hipX, double hipY, boolean legs) {
        double trunk = lying ? slant(trunkX, trunkY) : Math.toDegrees(Math.atan2(-trunkX, trunkY));
        trunkLean = Double.NaN;
        lean = Double.NaN;
        if (!legs) {
            if (!legsNeeded) trunkLean = trunk;
            return;
        }
        if (lying && aside < LYING_TOWARDS_DEG) return;
        double ankleX = middleX(frame, LEFT_ANKLE, RIGHT_ANKLE);
        double ankleY = middleY(frame, LEFT_ANKLE, RIGHT_ANKLE);
        boolean sitting = posture == Posture.SITTING;
        double topX = sitting ? middleX(frame, LEFT_KNEE, RIGHT_KNEE) : hipX;
        double topY = sitting ? middleY(frame, LEFT_KNEE, RIGHT_KNEE) : hipY;
        double rest = lying
                ? slant(ankleX - hipX + trunkX, ankleY - hipY + trunkY)
                : Math.toDegrees(Math.atan2(topX - ankleX, ankleY - topY));
        lean = trunk * rest <= 0 ? 0 : Math.abs(trunk) < Math.abs(rest) ? trunk : rest;
    }

    /** Angle of a line to the picture's width, (-90, 90]. */
    private static double slant(double dx, double dy) {
        return dx == 0 ? 90 : Math.toDegrees(Math.atan(dy / dx));
    }

    /** Whether the better visible knee is nearly straight; a bent one shortens the legs. */
    private boolean straight(Frame frame) {
        boolean left = frame.visibility(LEFT_KNEE) >= frame.visibility(RIGHT_KNEE);
        Landmark hip = left ? LEFT_HIP : RIGHT_HIP;
        Landmark knee = left ? LEFT_KNEE : RIGHT_KNEE;
        Landmark ankle = left ? LEFT_ANKLE : RIGHT_ANKLE;
        return distance(frame, hip, ankle) > 0.95 * (distance(frame, hip, knee) + distance(frame, knee, ankle));
    }

    /** Mean of the visible legs: the longer one would be chosen by noise. */
    private double leg(Frame frame) {
        boolean left = visible(frame, LEFT_KNEE, LEFT_ANKLE);
        boolean right = visible(frame, RIGHT_KNEE, RIGHT_ANKLE);
        double sum = 0;
        if (left) sum += distance(frame, LEFT_HIP, LEFT_KNEE) + distance(frame, LEFT_KNEE, LEFT_ANKLE);
        if (right) sum += distance(frame, RIGHT_HIP, RIGHT_KNEE) + distance(frame, RIGHT_KNEE, RIGHT_ANKLE);
        return left && right ? sum / 2 : sum;
    }

    private double distance(Frame frame, Landmark a, Landmark b) {
        return Math.hypot((frame.x(a) - frame.x(b)) * size.width(), (frame.y(a) - frame.y(b)) * size.height());
    }

    private boolean visible(Frame frame, Landmark a, Landmark b) {
        return frame.visibility(a) >= seen && frame.visibility(b) >= seen;
    }

    private double middleX(Frame frame, Landmark a, Landmark b) {
        return (frame.x(a) + frame.x(b)) / 2.0 * size.width();
    }

    private double middleY(Frame frame, Landmark a, Landmark b) {
        return (frame.y(a) + frame.y(b)) / 2.0 * size.height();
    }
}
