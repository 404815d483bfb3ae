package health.carryover.local.loop;

import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Quaternion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sensors on the thigh and the shank of somebody who stands still for four seconds and then squats, to 90 degrees every
 * four seconds, swaying a little. They sit anyhow, have a bias of half a degree a second and noise, and no magnetometer.
 */
final class SquattingLeg {
    private static final double STEP_S = 0.01;
    private static final int BLOCK = 10;
    private static final Quaternion[] MOUNTINGS = {
        new Quaternion(0.6, 0.3, -0.5, 0.4), new Quaternion(0.2, -0.8, 0.3, 0.5)
    };
    /** Segment (x forward, y up, z right) standing and facing north, to earth (east, north, up). */
    private static final Quaternion STANDING = new Quaternion(0.5, 0.5, 0.5, 0.5);

    private final int squats;
    private final double stillS;
    private final Random random = new Random(11);

    private SquattingLeg(int squats, double stillS) {
        this.squats = squats;
        this.stillS = stillS;
    }

    static List<ImuBlock> squats(int number) {
        return new SquattingLeg(number, 4).blocks();
    }

    /** Begins to squat at once. */
    static List<ImuBlock> withoutStillPose(int number) {
        return new SquattingLeg(number, 0).blocks();
    }

    private double kneeDeg(double t) {
        double s = t - stillS;
        return s < 0 || s >= 4 * squats || s % 4 > 3.5 ? 0 : 45 * (1 - Math.cos(2 * Math.PI * (s % 4) / 3.5));
    }

    /** @param sensor 0 thigh, 1 shank; sensor to earth */
    private Quaternion orientation(int sensor, double t) {
        double s = Math.max(0, t - stillS);
        double knee = Math.toRadians(kneeDeg(t));
        Quaternion thigh = STANDING.times(Quaternion.about(0, 1, 0, 0.08 * Math.sin(1.3 * s)))
                .times(Quaternion.about(1, 0, 0, 0.06 * Math.sin(3.7 * s)))
                .times(Quaternion.about(0, 0, 1, 0.7 * knee));
        return (sensor == 0 ? thigh : thigh.times(Quaternion.about(0, 0, 1, -knee))).times(MOUNTINGS[sensor]);
    }

    private void sample(int sensor, double t, float[] into, int at) {
        double h = 1e-4;
        Quaternion now = orientation(sensor, t);
        Quaternion turn = orientation(sensor, t - h).inverse().times(orientation(sensor, t + h));
        double perS = (turn.w() < 0 ? -1 : 1) / h;
        double[] force = now.inverse().turn(0, 0, 9.81);
        double[] rate = {turn.x() * perS, turn.y() * perS, turn.z() * perS};
        for (int axis = 0; axis < 3; axis++) {
            into[at + axis] = (float) (force[axis] + 0.03 * random.nextGaussian());
            into[at + 3 + axis] = (float) (rate[axis] + 0.008 + 0.003 * random.nextGaussian());
        }
    }

    private List<ImuBlock> blocks() {
        List<ImuBlock> blocks = new ArrayList<>();
        int samples = (int) ((stillS + 4 * squats + 3) / STEP_S);
        for (int first = 0; first < samples; first += BLOCK)
            for (int sensor = 0; sensor < 2; sensor++) {
                long[] timesUs = new long[BLOCK];
                float[] values = new float[BLOCK * ImuBlock.CHANNELS];
                for (int i = 0; i < BLOCK; i++) {
                    timesUs[i] = 5_000_000L * sensor + (first + i) * 10_000L; // clocks differ
                    sample(sensor, (first + i) * STEP_S, values, i * ImuBlock.CHANNELS);
                }
                long receivedUs = (first + BLOCK) * 10_000L + 8_000 + 3_000L * (first / BLOCK % 5);
                blocks.add(ImuBlock.of(sensor, first, receivedUs, 80, false, timesUs, values));
            }
        return blocks;
    }
}
