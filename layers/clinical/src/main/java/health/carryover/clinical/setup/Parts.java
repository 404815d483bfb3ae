package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;

/** The points an exercise needs: how well the better side is seen, and which are outside the picture, and where. */
final class Parts {
    /** Height over the floor of somebody standing, statures, by landmark 11..32 of one side (Winter). */
    private static final double[] HEIGHTS = {0.82, 0.63, 0.485, 0.42, 0.42, 0.44, 0.53, 0.285, 0.04, 0.02, 0.01};

    private static final double HEAD_HEIGHT = 0.94;
    /** Sitting on a chair or with legs bent, a body is this much shorter: thighs lie across. */
    private static final double SITTING = 0.77;

    private static final Landmark[] HEAD = {NOSE, LEFT_EAR, RIGHT_EAR};

    private final ImageSize size;
    private final SetupLimits.Framing limits;
    private final boolean head;
    private final Landmark[][] sides = new Landmark[2][];
    private final double span;

    /** Visibility of the least visible needed point of the better side, those outside not counted; NaN if all are. */
    double visibility;

    /** The head is outside, above or, lying, at the end. */
    boolean headOut;
    /** Knees or feet are outside, below or at the end. */
    boolean feetOut;
    /** Something else is, above, below or at an end. */
    boolean bodyOut;
    /** Something is outside beside the body. */
    boolean sideOut;
    /** Something is outside, and the needed part of the body does not fit into the picture. */
    boolean near;

    private boolean low; // at the upper end of the picture, or at the left one if lying
    private boolean high;
    private boolean lowSide;
    private boolean highSide;

    Parts(SetupWish wish, ImageSize size, SetupLimits.Framing limits) {
        this.size = size;
        this.limits = limits;
        head = wish.landmarks().stream().anyMatch(one -> one.compareTo(LEFT_SHOULDER) < 0);
        for (int side = 0; side < 2; side++) {
            int parity = (LEFT_SHOULDER.ordinal() + side) % 2;
            sides[side] = wish.landmarks().stream()
                    .filter(one -> one.compareTo(LEFT_SHOULDER) >= 0 && one.ordinal() % 2 == parity)
                    .toArray(Landmark[]::new);
        }
        double top = head ? HEAD_HEIGHT : 0;
        double bottom = 1;
        for (Landmark[] side : sides) {
            for (Landmark one : side) {
                double height = HEIGHTS[(one.ordinal() - LEFT_SHOULDER.ordinal()) / 2];
                top = Math.max(top, height);
                bottom = Math.min(bottom, height);
            }
        }
        span = (top - bottom)
                * switch (wish.posture()) {
                    case SITTING -> SITTING;
                    case STANDING, LYING, ANY -> 1;
                };
    }

    /** Looks at a frame with a person. */
    void at(Frame frame, Look look) {
        headOut = feetOut = bodyOut = sideOut = low = high = lowSide = highSide = false;
        if (head) note(frame, bestOf(HEAD, frame), look.lying);
        int better = mean(frame, sides[0]) >= mean(frame, sides[1]) ? 0 : 1;
        // seen from the side the far half may be outside, as it may be hidden; from the front both halves are needed
        for (int side = 0; side < 2; side++)
            if (side == better || look.aside < 45) for (Landmark one : sides[side]) note(frame, one, look.lying);
        double extent = look.lying ? size.width() : size.height();
        boolean out = headOut || feetOut || bodyOut || sideOut;
        near = out && (low && high || lowSide && highSide || look.stature * span > limits.fit() * extent);
        visibility = least(frame, sides[better]);
    }

    private void note(Frame frame, Landmark one, boolean lying) {
        double margin = frame.visibility(one) < limits.seen() ? limits.edge() : 0;
        double along = lying ? frame.x(one) : frame.y(one);
        double beside = lying ? frame.y(one) : frame.x(one);
        boolean isLow = along < margin;
        boolean isHigh = along > 1 - margin;
        low |= isLow;
        high |= isHigh;
        if (isLow || isHigh) {
            if (one.compareTo(LEFT_SHOULDER) < 0) headOut = true;
            else if (one.compareTo(LEFT_KNEE) >= 0) feetOut = true;
            else bodyOut = true;
        }
        lowSide |= beside < margin;
        highSide |= beside > 1 - margin;
        sideOut = lowSide || highSide;
    }

    private boolean outside(Frame frame, Landmark one) {
        double margin = frame.visibility(one) < limits.seen() ? limits.edge() : 0;
        return !(frame.x(one) >= margin
                && frame.x(one) <= 1 - margin
                && frame.y(one) >= margin
                && frame.y(one) <= 1 - margin);
    }

    private double least(Frame frame, Landmark[] side) {
        double least = Double.NaN;
        for (Landmark one : side)
            if (!outside(frame, one) && !(least <= frame.visibility(one))) least = frame.visibility(one);
        return least;
    }

    /** Negative for a side that the exercise does not need. */
    private static double mean(Frame frame, Landmark[] side) {
        double sum = 0;
        for (Landmark one : side) sum += frame.visibility(one);
        return side.length == 0 ? -1 : sum / side.length;
    }

    private static Landmark bestOf(Landmark[] some, Frame frame) {
        Landmark best = some[0];
        for (Landmark one : some) if (frame.visibility(one) > frame.visibility(best)) best = one;
        return best;
    }
}
