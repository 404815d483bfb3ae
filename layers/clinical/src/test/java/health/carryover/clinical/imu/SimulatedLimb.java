package health.carryover.clinical.imu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Two segments with a sensor on each: still for four seconds, standing, then bending. Sensors sit anyhow, have a bias and
 * noise; each has a clock of its own; a radio brings blocks of ten samples a few milliseconds late.
 */
public final class SimulatedLimb {
    public static final double STILL_S = 4;
    private static final double RATE_HZ = 100;
    private static final int BLOCK = 10;
    private static final Quaternion[] MOUNTINGS = {
        new Quaternion(0.6, 0.3, -0.5, 0.4), new Quaternion(0.2, -0.8, 0.3, 0.5)
    };
    private static final long[] CLOCKS_US = {700_000_000, 12_000};
    /** Segment (x forward, y up, z right) standing and facing north, to earth. */
    private static final Quaternion STANDING = Quaternion.ofRows(0, 0, 1, 1, 0, 0, 0, 1, 0);

    private final DoubleUnaryOperator proximalDeg;
    private final DoubleUnaryOperator jointDeg;
    private double swayDeg = 4;
    private boolean magnetometer;
    private boolean fidgets;
    private double lengthS = 40;

    private SimulatedLimb(DoubleUnaryOperator proximalDeg, DoubleUnaryOperator jointDeg) {
        this.proximalDeg = proximalDeg;
        this.jointDeg = jointDeg;
    }

    /** Bends to so many degrees every four seconds, a second of it resting. */
    public static DoubleUnaryOperator bending(double degrees, int times) {
        return t -> {
            double s = (t - STILL_S - 1) % 4;
            boolean done = t < STILL_S + 1 || t >= STILL_S + 1 + 4 * times || s > 3;
            return done ? 0 : degrees / 2 * (1 - Math.cos(2 * Math.PI * s / 3));
        };
    }

    /** Thigh and shank of a squat: knee flexion. */
    public static SimulatedLimb squats(double degrees, int times) {
        DoubleUnaryOperator knee = bending(degrees, times);
        return new SimulatedLimb(t -> knee.applyAsDouble(t) / 2, t -> -knee.applyAsDouble(t)).lasting(8 + 4 * times);
    }

    /** The proximal segment keeps still, but for the sway: a leg extended while sitting, an arm raised. */
    public static SimulatedLimb distalOnly(DoubleUnaryOperator degrees) {
        return new SimulatedLimb(_ -> 0, degrees);
    }

    /** How far the body sways to the side and turns, degrees. */
    public SimulatedLimb swaying(double degrees) {
        swayDeg = degrees;
        return this;
    }

    public SimulatedLimb withMagnetometers() {
        magnetometer = true;
        return this;
    }

    /** Never holds still. */
    public SimulatedLimb fidgeting() {
        fidgets = true;
        return this;
    }

    public SimulatedLimb lasting(double seconds) {
        lengthS = seconds;
        return this;
    }

    private Quaternion proximal(double t) {
        double s = fidgets ? t : Math.max(0, t - STILL_S);
        double sway = Math.toRadians(swayDeg) * Math.min(1, s);
        if (fidgets) sway += Math.toRadians(5);
        return STANDING.times(Quaternion.about(0, 1, 0, sway * Math.sin(1.3 * s)))
                .times(Quaternion.about(1, 0, 0, sway * Math.sin(4.1 * s)))
                .times(Quaternion.about(0, 0, 1, Math.toRadians(proximalDeg.applyAsDouble(t))));
    }

    private Quaternion distal(double t) {
        return proximal(t).times(Quaternion.about(0, 0, 1, Math.toRadians(jointDeg.applyAsDouble(t))));
    }

    /** Of sensor 0, proximal, and 1, distal, in turn. */
    public List<ImuBlock> blocks() {
        List<ImuBlock> blocks = new ArrayList<>();
        var sensors = new SimulatedSensor[] {
            new SimulatedSensor(t -> proximal(t).times(MOUNTINGS[0]), RATE_HZ, 1).bias(0.4, 0.3, -0.5),
            new SimulatedSensor(t -> distal(t).times(MOUNTINGS[1]), RATE_HZ, 2).bias(-0.5, 0.6, 0.3)
        };
        double[] sample = new double[ImuBlock.CHANNELS];
        for (int first = 0; first < lengthS * RATE_HZ; first += BLOCK)
            for (int sensor = 0; sensor < 2; sensor++) {
                long[] timesUs = new long[BLOCK];
                float[] values = new float[BLOCK * ImuBlock.CHANNELS];
                for (int i = 0; i < BLOCK; i++) {
                    double t = (first + i) / RATE_HZ;
                    sensors[sensor].sample(t, sample, 0);
                    timesUs[i] = CLOCKS_US[sensor] + Math.round(t * 1e6);
                    for (int c = 0; c < ImuBlock.CHANNELS; c++) values[i * ImuBlock.CHANNELS + c] = (float) sample[c];
                }
                long receivedUs = Math.round((first + BLOCK) / RATE_HZ * 1e6) + 8_000 + 3_000 * (first / BLOCK % 5);
                blocks.add(ImuBlock.of(sensor, first, receivedUs, 80, magnetometer, timesUs, values));
            }
        return blocks;
    }
}
