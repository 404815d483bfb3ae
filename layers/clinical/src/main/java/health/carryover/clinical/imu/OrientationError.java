package health.carryover.clinical.imu;

import java.util.Optional;

/**
 * Root mean square error of orientations against a reference, degrees; definition of BROAD (Laidig et al. 2021): with
 * {@code e = estimate x conjugate(reference)} in the earth frame, total = 2 acos|w|, heading = 2 atan|z/w|,
 * inclination = 2 acos sqrt(w^2 + z^2). Example: a pure turn of 10 degrees about the vertical is 10, 10, 0.
 */
public record OrientationError(double totalDeg, double headingDeg, double inclinationDeg) {

    /**
     * @param estimate, reference 4 numbers a sample
     * @param counted which samples count; those whose reference is NaN never do
     * @return empty if no sample counts
     */
    public static Optional<OrientationError> between(double[] estimate, double[] reference, boolean[] counted) {
        if (estimate.length != reference.length || estimate.length != 4 * counted.length)
            throw new IllegalArgumentException("estimate, reference and counted differ in length");
        double[] squared = new double[3];
        double[] one = new double[3];
        int samples = 0;
        for (int i = 0; i < counted.length; i++) {
            if (!counted[i] || Double.isNaN(reference[4 * i])) continue;
            of(estimate, reference, 4 * i, one);
            for (int k = 0; k < 3; k++) squared[k] += one[k] * one[k];
            samples++;
        }
        if (samples == 0) return Optional.empty();
        return Optional.of(new OrientationError(
                Math.toDegrees(Math.sqrt(squared[0] / samples)),
                Math.toDegrees(Math.sqrt(squared[1] / samples)),
                Math.toDegrees(Math.sqrt(squared[2] / samples))));
    }

    /** Writes total, heading and inclination error of one sample, rad. */
    public static void of(double[] estimate, double[] reference, int at, double[] into) {
        double aw = estimate[at];
        double ax = estimate[at + 1];
        double ay = estimate[at + 2];
        double az = estimate[at + 3];
        double bw = reference[at];
        double bx = reference[at + 1];
        double by = reference[at + 2];
        double bz = reference[at + 3];
        double perLength =
                1 / Math.sqrt((aw * aw + ax * ax + ay * ay + az * az) * (bw * bw + bx * bx + by * by + bz * bz));
        double w = (aw * bw + ax * bx + ay * by + az * bz) * perLength;
        double z = (-aw * bz - ax * by + ay * bx + az * bw) * perLength;
        into[0] = 2 * Math.acos(Math.min(1, Math.abs(w)));
        into[1] = 2 * Math.atan2(Math.abs(z), Math.abs(w));
        into[2] = 2 * Math.acos(Math.min(1, Math.sqrt(w * w + z * z)));
    }
}
