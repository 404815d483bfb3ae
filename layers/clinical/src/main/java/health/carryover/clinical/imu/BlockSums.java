package health.carryover.clinical.imu;

import java.util.Arrays;

/** What the samples of some hundredths of a second add up to, in the frame of the inclination: exact input of the filters. */
final class BlockSums {
    double seconds;
    /** Integral of the rotation matrix, row by row, s. */
    final double[] rotation = new double[9];
    /** Integral of the specific force, m/s. */
    final double[] force = new double[3];
    /** Integral of the squared rate, rad^2/s. */
    double squaredRate;

    /** Time, s, and integral of the squared rate since the fields were last used: some blocks have none. */
    double fieldSeconds;

    double fieldSquaredRate;
    /** How many magnetometer samples came; a repeated value is the sensor's hold, not a sample. */
    int fields;

    final double[] field = new double[3];
    /** Squared length of the fields, for their scatter. */
    double squaredField;

    /** Rotation at the fields, row by row. */
    final double[] fieldRotation = new double[9];
    /** Rate x (field - hard iron): what a delay of one second would add. */
    final double[] fieldSlope = new double[3];

    /** Root mean square rate, rad/s. */
    double rate() {
        return Math.sqrt(squaredRate / seconds);
    }

    /** Root mean square rate since the fields were last used, rad/s. */
    double fieldRate() {
        return Math.sqrt(fieldSquaredRate / fieldSeconds);
    }

    void clear() {
        seconds = squaredRate = 0;
        Arrays.fill(rotation, 0);
        Arrays.fill(force, 0);
    }

    void clearFields() {
        fieldSeconds = fieldSquaredRate = squaredField = 0;
        fields = 0;
        Arrays.fill(field, 0);
        Arrays.fill(fieldRotation, 0);
        Arrays.fill(fieldSlope, 0);
    }
}
