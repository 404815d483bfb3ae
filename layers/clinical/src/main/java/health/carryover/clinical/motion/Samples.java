package health.carryover.clinical.motion;

import java.util.Arrays;

/**
 * The latest samples of one signal and of what is needed to judge a movement later, oldest first: columns of numbers of
 * fixed capacity, so that a frame costs no memory.
 */
final class Samples {
    static final int CAPACITY = 1024;

    private static final long AROUND_MS = 100;

    final long[] timeMs = new long[CAPACITY];
    /** The signal, smoothed. */
    final double[] value = new double[CAPACITY];
    /** The signal's median, which follows fast peaks. */
    final double[] median = new double[CAPACITY];

    final double[] left = new double[CAPACITY];
    final double[] right = new double[CAPACITY];
    final double[] hipX = new double[CAPACITY];
    final double[] hipY = new double[CAPACITY];
    final double[] trunk = new double[CAPACITY];
    /** Of the trunk against the vertical of the picture, degrees. */
    final double[] inclination = new double[CAPACITY];

    /** How far the knees hang below the hips, trunk lengths ({@link Trunk#thighDrop}). */
    final double[] thigh = new double[CAPACITY];
    /** From where the camera looks, degrees: 0 the front, 90 the side, 180 the back. */
    final double[] azimuth = new double[CAPACITY];

    /** How long nobody was seen before the sample, ms; 0 as long as it was bridged. */
    final double[] unseen = new double[CAPACITY];

    final double[] visibility = new double[CAPACITY];
    final double[] otherVisibility = new double[CAPACITY];
    /** What should stay still: two columns each, left and right. */
    final double[][] still;

    private final double[][] columns;
    private int count;

    /** @param watched how many things that should stay still are kept */
    Samples(int watched) {
        still = new double[2 * watched][CAPACITY];
        columns = new double[13 + still.length][];
        double[][] fixed = {
            value,
            median,
            left,
            right,
            hipX,
            hipY,
            trunk,
            inclination,
            thigh,
            azimuth,
            unseen,
            visibility,
            otherVisibility
        };
        System.arraycopy(fixed, 0, columns, 0, fixed.length);
        System.arraycopy(still, 0, columns, fixed.length, still.length);
    }

    int count() {
        return count;
    }

    int last() {
        return count - 1;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    /** Makes place for one sample, whose columns the caller fills; gives its index. */
    int next() {
        if (isFull()) throw new IllegalStateException("no room for samples");
        return count++;
    }

    void clear() {
        count = 0;
    }

    /** Forgets what lies before an index, which becomes 0. */
    void keepFrom(int index) {
        System.arraycopy(timeMs, index, timeMs, 0, count - index);
        for (double[] column : columns) System.arraycopy(column, index, column, 0, count - index);
        count -= index;
    }

    /** Moves a sample to a smaller index; with {@link #truncate}, what thinning out is made of. */
    void move(int from, int to) {
        timeMs[to] = timeMs[from];
        for (double[] column : columns) column[to] = column[from];
    }

    void truncate(int newCount) {
        count = newCount;
    }

    /** Index of the first sample at this time or later. */
    int at(long time) {
        int index = 0;
        while (index < last() && timeMs[index] < time) index++;
        return index;
    }

    int lowest(int from, int to) {
        int best = from;
        for (int i = from; i < to; i++) if (value[i] <= value[best]) best = i;
        return best;
    }

    int highest(int from, int to) {
        int best = from;
        for (int i = from; i < to; i++) if (value[i] > value[best]) best = i;
        return best;
    }

    /** Whether everything between two samples was seen. */
    boolean isWhole(int from, int to) {
        for (int i = from + 1; i <= to; i++) if (unseen[i] > 0) return false;
        return true;
    }

    static double mean(double[] column, int from, int to) {
        double sum = 0;
        for (int i = from; i <= to; i++) sum += column[i];
        return sum / (to - from + 1);
    }

    /** Pearson correlation of left and right between two samples, both included; NaN when one did not move. */
    double agreement(int from, int to) {
        double meanLeft = mean(left, from, to);
        double meanRight = mean(right, from, to);
        double both = 0;
        double ofLeft = 0;
        double ofRight = 0;
        for (int i = from; i <= to; i++) {
            double l = left[i] - meanLeft;
            double r = right[i] - meanRight;
            both += l * r;
            ofLeft += l * l;
            ofRight += r * r;
        }
        return both / Math.sqrt(ofLeft * ofRight);
    }

    /** How far the side that moves less goes on the way to the peak, degrees. */
    double lesserRise(int from, int peak) {
        return Math.min(left[peak] - left[from], right[peak] - right[from]);
    }

    /** How far the hips are higher in the picture at the peak than at the start, trunk lengths. */
    double lifted(int from, int peak) {
        return (around(hipY, from) - around(hipY, peak)) / Math.max(1e-9, around(trunk, from));
    }

    /** How far the hips went across the picture between two samples, in trunk lengths. */
    double travel(int from, int to) {
        double length = Math.max(1e-9, Math.min(around(trunk, from), around(trunk, to)));
        return Math.hypot(around(hipX, from) - around(hipX, to), around(hipY, from) - around(hipY, to)) / length;
    }

    /**
     * How far the hips came nearer or went away between two samples, in trunk lengths.
     * @param focal of the camera, pixels: over the trunk's length in the picture it is its distance in trunk lengths
     */
    double approach(int from, int to, double focal) {
        double one = Math.max(1e-9, around(trunk, from));
        double other = Math.max(1e-9, around(trunk, to));
        return Math.abs(focal / one - focal / other);
    }

    /** Mean of a column within a tenth of a second. */
    private double around(double[] column, int index) {
        int from = index;
        int to = index;
        while (from > 0 && timeMs[index] - timeMs[from - 1] <= AROUND_MS) from--;
        while (to < last() && timeMs[to + 1] - timeMs[index] <= AROUND_MS) to++;
        return mean(column, from, to);
    }

    /** Difference of the trunk's inclination, degrees. */
    double turned(int from, int to) {
        return Math.abs(inclination[from] - inclination[to]);
    }

    /**
     * How far the trunk was bent from its place at the first sample for at least a fifth of the time, degrees: across the
     * picture its inclination shows it, towards the camera that it looks shorter.
     */
    double bent(int from, int to) {
        double[] bends = new double[to - from + 1];
        double length = around(trunk, from);
        for (int i = from; i <= to; i++) {
            double shorter = Math.toDegrees(Math.acos(Math.min(1, trunk[i] / length)));
            bends[i - from] = Math.max(turned(from, i), shorter);
        }
        Arrays.sort(bends);
        return bends[(int) (0.8 * (bends.length - 1))];
    }
}
