package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;

/**
 * How much points tremble from look to look: the length of the second difference of their place, statures. Movement at
 * an even speed cancels out, noise does not. Keeps the last two places of eight points.
 */
final class Jitter {
    private static final Landmark[] LOOSE = {LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE};
    private static final Landmark[] FIRM = {LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ANKLE, RIGHT_ANKLE};
    private static final long LONGEST_MS = 250; // farther apart, two looks say nothing of noise

    private final ImageSize size;
    private final double seen;
    private final double[] last = new double[16];
    private final double[] beforeLast = new double[16];
    private long lastMs = Long.MIN_VALUE;
    private int looks;

    /** Of hips and knees, where cloth hangs; NaN when there are no three looks or no visible points. */
    double loose;
    /** Of shoulders and ankles. */
    double firm;

    Jitter(ImageSize size, double seen) {
        this.size = size;
        this.seen = seen;
    }

    void forget() {
        looks = 0;
    }

    /** Looks at a frame with a person. */
    void at(Frame frame, double stature) {
        if (looks > 0 && frame.timeMs() - lastMs > LONGEST_MS) looks = 0;
        lastMs = frame.timeMs();
        loose = group(frame, LOOSE, 0, stature);
        firm = group(frame, FIRM, 8, stature);
        looks = Math.min(2, looks + 1);
    }

    private double group(Frame frame, Landmark[] points, int at, double stature) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < points.length; i++) {
            int slot = at + 2 * i;
            double x = (double) frame.x(points[i]) * size.width();
            double y = (double) frame.y(points[i]) * size.height();
            if (frame.visibility(points[i]) >= seen) {
                sum += Math.hypot(x - 2 * last[slot] + beforeLast[slot], y - 2 * last[slot + 1] + beforeLast[slot + 1]);
                count++;
            }
            beforeLast[slot] = last[slot];
            beforeLast[slot + 1] = last[slot + 1];
            last[slot] = x;
            last[slot + 1] = y;
        }
        return looks < 2 || count == 0 || !(stature > 0) ? Double.NaN : sum / count / stature;
    }
}
