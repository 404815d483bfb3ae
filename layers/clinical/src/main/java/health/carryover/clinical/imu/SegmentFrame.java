package health.carryover.clinical.imu;

/**
 * How a sensor sits on its segment. Axes of the segment are those of the ISB: x forward, y along the segment to the
 * proximal end (up in the calibration pose), z to the right of the patient.
 * Source: Wu et al., ISB recommendation part I, J Biomech 35:543-548, 2002.
 * @param toSegment turns vectors of the sensor into those of the segment
 */
public record SegmentFrame(Quaternion toSegment) {
    /** Sine of the smallest angle between up and the other axis that still fixes a frame: 15 degrees. */
    private static final double LEAST_SINE = Math.sin(Math.toRadians(15));

    /**
     * From the pose and an axis to the right, both in the axes of the sensor: a hinge axis from a functional movement, or
     * what the mounting is known to be.
     * @throws IllegalArgumentException if the axis is within 15 degrees of up
     */
    public static SegmentFrame of(Vector up, Vector right) {
        Vector y = up.unit();
        Vector across = right.unit().minus(y.times(right.unit().dot(y)));
        if (across.length() < LEAST_SINE) throw new IllegalArgumentException("axis to the right is almost upright");
        Vector z = across.unit();
        Vector x = y.cross(z);
        return new SegmentFrame(Quaternion.ofRows(x.x(), x.y(), x.z(), y.x(), y.y(), y.z(), z.x(), z.y(), z.z()));
    }

    /** Orientation of the segment: segment to earth. */
    public Quaternion orientation(Quaternion sensorToEarth) {
        return sensorToEarth.times(toSegment.inverse());
    }
}
