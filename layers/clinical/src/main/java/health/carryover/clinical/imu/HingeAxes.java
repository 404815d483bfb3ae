package health.carryover.clinical.imu;

import java.util.Arrays;

/**
 * Finds the axis of a hinge in the axes of both sensors from a functional movement. Across the axis both segments turn
 * alike, so |rate1 x axis1| = |rate2 x axis2| at every moment: Gauss-Newton on that, from several starts.
 * Source: Seel, Schauer, Raisch, "Joint axis and position estimation from inertial measurement data by exploiting kinematic
 * constraints", IEEE CCA 2012; Seel et al., Sensors 14:6891-6909, 2014.
 * Which sign of the second belongs to the first is told by the turn across the axis, whose direction as seen from both
 * sensors differs by the angle of the hinge. The common sign is the caller's: see {@link Found#opposite}.
 */
public final class HingeAxes {
    private static final int FEWEST_SAMPLES = 100;
    private static final int ROUNDS = 40;
    /** Root mean square rate of the joint, rad/s, below which nothing can be found. */
    private static final double LEAST_RATE = 0.2;
    /** The same across the axis: without it neither the axis of a still segment nor the sign can be told. */
    private static final double LEAST_ACROSS = 0.05;
    /** Share of the rates across the axes that the hinge does not explain; soft tissue is well below. */
    private static final double MOST_RESIDUAL = 0.25;

    private HingeAxes() {}

    public sealed interface Result {}

    /**
     * @param proximal, distal unit vectors, the same direction seen from both sensors
     * @param residual root mean square of what the hinge does not explain, rad/s
     */
    public record Found(Vector proximal, Vector distal, double residual) implements Result {
        public Found opposite() {
            return new Found(proximal.times(-1), distal.times(-1), residual);
        }
    }

    public record NotFound(Reason reason) implements Result {}

    public enum Reason {
        TOO_FEW_SAMPLES,
        TOO_LITTLE_MOVEMENT,
        NOT_A_HINGE
    }

    /**
     * @param proximal, distal angular rates at the same moments without bias, rad/s, 3 numbers a moment
     * @param stepS seconds between two moments
     */
    public static Result find(double[] proximal, double[] distal, double stepS) {
        if (proximal.length != distal.length || proximal.length % 3 != 0)
            throw new IllegalArgumentException("rates differ in length");
        int moments = proximal.length / 3;
        if (moments < FEWEST_SAMPLES) return new NotFound(Reason.TOO_FEW_SAMPLES);
        double moved = 0;
        for (int i = 0; i < proximal.length; i++) {
            if (!Double.isFinite(proximal[i]) || !Double.isFinite(distal[i]))
                throw new IllegalArgumentException("rate not finite, moment " + i / 3);
            moved += Math.max(proximal[i] * proximal[i], distal[i] * distal[i]) / moments;
        }
        if (Math.sqrt(moved) < LEAST_RATE) return new NotFound(Reason.TOO_LITTLE_MOVEMENT);
        double[] best = {};
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < 9; start++) {
            double[] axes = descend(proximal, distal, start);
            double cost = cost(proximal, distal, axes);
            if (cost < least) {
                least = cost;
                best = axes;
            }
        }
        double residual = Math.sqrt(least / moments);
        Vector one = new Vector(best[0], best[1], best[2]);
        Vector other = new Vector(best[3], best[4], best[5]);
        double across = Math.sqrt((across(proximal, one) + across(distal, other)) / (2 * moments));
        if (across < LEAST_ACROSS) return new NotFound(Reason.TOO_LITTLE_MOVEMENT);
        if (residual > MOST_RESIDUAL * across) return new NotFound(Reason.NOT_A_HINGE);
        double same = agreement(proximal, distal, one, other, stepS);
        double opposite = agreement(proximal, distal, one, other.times(-1), stepS);
        return new Found(one, same >= opposite ? other : other.times(-1), residual);
    }

    /** Gauss-Newton in the six components, normalised after each step; damped because lengths do not matter. */
    private static double[] descend(double[] proximal, double[] distal, int start) {
        double[] axes = new double[6];
        axes[start % 3] = 1;
        axes[3 + start / 3] = 1;
        double[] slope = new double[6];
        double[] row = new double[6];
        double[][] normal = new double[6][7];
        for (int round = 0; round < ROUNDS; round++) {
            for (double[] line : normal) Arrays.fill(line, 0);
            for (int at = 0; at < proximal.length; at += 3) {
                double e = crossed(proximal, at, axes, 0, row) - crossed(distal, at, axes, 3, slope);
                for (int i = 3; i < 6; i++) row[i] = -slope[i];
                for (int i = 0; i < 6; i++) {
                    for (int j = 0; j < 6; j++) normal[i][j] += row[i] * row[j];
                    normal[i][6] -= row[i] * e;
                }
            }
            double trace = 0;
            for (int i = 0; i < 6; i++) trace += normal[i][i];
            for (int i = 0; i < 6; i++) normal[i][i] += 1e-3 * trace / 6 + 1e-12;
            double[] step = solve(normal);
            for (int i = 0; i < 6; i++) axes[i] += step[i];
            normalise(axes, 0);
            normalise(axes, 3);
        }
        return axes;
    }

    /** |rate x axis|, and its gradient over the axis at the same place of {@code slope}. */
    private static double crossed(double[] rates, int at, double[] axes, int from, double[] slope) {
        double along = 0;
        double squared = 0;
        for (int i = 0; i < 3; i++) {
            along += rates[at + i] * axes[from + i];
            squared += rates[at + i] * rates[at + i];
        }
        double length = Math.sqrt(Math.max(squared - along * along, 1e-12));
        // d|w x j|/dj = (|w|^2 j - (w.j) w) / |w x j|
        for (int i = 0; i < 3; i++) slope[from + i] = (squared * axes[from + i] - along * rates[at + i]) / length;
        return length;
    }

    private static double cost(double[] proximal, double[] distal, double[] axes) {
        double[] unused = new double[6];
        double sum = 0;
        for (int at = 0; at < proximal.length; at += 3) {
            double e = crossed(proximal, at, axes, 0, unused) - crossed(distal, at, axes, 3, unused);
            sum += e * e;
        }
        return sum;
    }

    private static double across(double[] rates, Vector axis) {
        double sum = 0;
        for (int at = 0; at < rates.length; at += 3) {
            Vector crossed = new Vector(rates[at], rates[at + 1], rates[at + 2]).cross(axis);
            sum += crossed.dot(crossed);
        }
        return sum;
    }

    /** How constant the difference of both directions across the axis is once the angle of the hinge is added; [0, 1]. */
    private static double agreement(double[] proximal, double[] distal, Vector one, Vector other, double stepS) {
        Vector oneX = acrossOf(one);
        Vector oneY = one.cross(oneX);
        Vector otherX = acrossOf(other);
        Vector otherY = other.cross(otherX);
        double angle = 0;
        double cosine = 0;
        double sine = 0;
        double weight = 0;
        for (int at = 0; at < proximal.length; at += 3) {
            Vector p = new Vector(proximal[at], proximal[at + 1], proximal[at + 2]);
            Vector d = new Vector(distal[at], distal[at + 1], distal[at + 2]);
            angle += (d.dot(other) - p.dot(one)) * stepS;
            double py = p.dot(oneY);
            double px = p.dot(oneX);
            double off = Math.atan2(d.dot(otherY), d.dot(otherX)) - Math.atan2(py, px) + angle;
            double w = px * px + py * py;
            cosine += w * Math.cos(off);
            sine += w * Math.sin(off);
            weight += w;
        }
        return Math.hypot(cosine, sine) / weight;
    }

    private static Vector acrossOf(Vector axis) {
        Vector other = Math.abs(axis.x()) < 0.8 ? new Vector(1, 0, 0) : new Vector(0, 1, 0);
        return axis.cross(other).unit();
    }

    private static void normalise(double[] axes, int from) {
        double length =
                Math.sqrt(axes[from] * axes[from] + axes[from + 1] * axes[from + 1] + axes[from + 2] * axes[from + 2]);
        for (int i = from; i < from + 3; i++) axes[i] /= length;
    }

    /** Gauss with pivots; positive definite because of the damping. */
    private static double[] solve(double[][] m) {
        int n = m.length;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) if (Math.abs(m[r][c]) > Math.abs(m[pivot][c])) pivot = r;
            double[] swap = m[c];
            m[c] = m[pivot];
            m[pivot] = swap;
            for (int r = c + 1; r < n; r++) {
                double factor = m[r][c] / m[c][c];
                for (int k = c; k <= n; k++) m[r][k] -= factor * m[c][k];
            }
        }
        double[] found = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            double sum = m[r][n];
            for (int k = r + 1; k < n; k++) sum -= m[r][k] * found[k];
            found[r] = sum / m[r][r];
        }
        return found;
    }
}
