/**
 * Orientation, calibration and joint angles from wearable inertial sensors.
 *
 * <p>The path of a sample: blocks of a radio ({@link health.carryover.clinical.imu.ImuBlock}) are brought into order by
 * {@link health.carryover.clinical.imu.ImuStream}; {@link health.carryover.clinical.imu.OrientationTracker} guards an
 * {@link health.carryover.clinical.imu.OrientationFilter}, of which
 * {@link health.carryover.clinical.imu.InertialKalman} is the usual one;
 * {@link health.carryover.clinical.imu.StillPose} judges the calibration pose;
 * {@link health.carryover.clinical.imu.HingeJoint} and {@link health.carryover.clinical.imu.BallJoint} make angles of two
 * orientations. Whole recordings are filtered looking ahead by {@link health.carryover.clinical.imu.OfflineKalman};
 * {@link health.carryover.clinical.imu.JointAngles} makes the angles of a whole recording, calibration included.
 *
 * <p>Mean errors on six trials of BROAD, degrees, total / heading / inclination ({@code ./carryover analyse imu}):
 * Madgwick 6.00 / 5.16 / 2.90, complementary 4.96 / 4.34 / 1.72, VQF (published code) 2.86 / 2.67 / 0.77, ours
 * 1.37 / 1.30 / 0.41 (with constants chosen without the trial 1.81 total and 0.45 inclination); looking ahead VQF
 * 1.72 / 1.58 / 0.59, ours 1.28 / 1.21 / 0.37.
 */
@NullMarked
package health.carryover.clinical.imu;

import org.jspecify.annotations.NullMarked;
