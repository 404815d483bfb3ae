package health.carryover.clinical.motion;

/**
 * One camera frame: when it was taken and, if a person was seen, 33 landmarks.
 * x and y are fractions of image width and height (y points down), z is depth in fractions of the width,
 * visibility is the tracker's own estimate in [0, 1]. Points outside the image are allowed: trackers guess them.
 */
public final class Frame {
    private static final int FIELDS = 4;
    private static final float[] NOBODY = {};

    private final long timeMs;
    private final float[] values; // x, y, z, visibility, landmark by landmark; empty = nobody seen

    private Frame(long timeMs, float[] values) {
        if (timeMs < 0) throw new IllegalArgumentException("frame time before the start of the recording");
        this.timeMs = timeMs;
        this.values = values;
    }

    /** A frame without a person. */
    public static Frame nobody(long timeMs) {
        return new Frame(timeMs, NOBODY);
    }

    /**
     * A frame with a person.
     * @param timeMs milliseconds since the start of the recording
     * @param xyzv 132 numbers: x, y, z, visibility of landmark 0, then of 1 ...; copied
     * @throws IllegalArgumentException if the count is wrong, a number is not finite or |x|, |y|, |z| exceed 100
     */
    public static Frame of(long timeMs, float[] xyzv) {
        if (xyzv.length != Landmark.COUNT * FIELDS) throw new IllegalArgumentException("a frame has 33 x 4 numbers");
        float[] copy = xyzv.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!(Math.abs(copy[i]) <= 100)) throw new IllegalArgumentException("landmark not finite or out of reach");
            if (i % FIELDS == 3) copy[i] = Math.clamp(copy[i], 0f, 1f);
        }
        return new Frame(timeMs, copy);
    }

    /** Milliseconds since the start of the recording. */
    public long timeMs() {
        return timeMs;
    }

    /** Whether a person was seen; the coordinates of a frame without a person are NaN. */
    public boolean hasPerson() {
        return values.length > 0;
    }

    public float x(Landmark landmark) {
        return value(landmark, 0);
    }

    public float y(Landmark landmark) {
        return value(landmark, 1);
    }

    public float z(Landmark landmark) {
        return value(landmark, 2);
    }

    /** The tracker's estimate that the point is in the picture and not hidden, [0, 1]; 0 when nobody was seen. */
    public float visibility(Landmark landmark) {
        return hasPerson() ? value(landmark, 3) : 0;
    }

    private float value(Landmark landmark, int field) {
        return hasPerson() ? values[landmark.ordinal() * FIELDS + field] : Float.NaN;
    }

    /** The same pose at another time. */
    public Frame at(long otherTimeMs) {
        return new Frame(otherTimeMs, values);
    }
}
