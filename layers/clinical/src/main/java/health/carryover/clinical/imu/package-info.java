/** Orientation, calibration and joint angles from wearable inertial sensors. */
@NullMarked
package health.carryover.clinical.imu;

import org.jspecify.annotations.NullMarked;
