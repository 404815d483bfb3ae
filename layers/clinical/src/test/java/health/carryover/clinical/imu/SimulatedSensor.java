package health.carryover.clinical.imu;

import java.util.Random;
import java.util.function.DoubleFunction;

/** What an ideal sensor on a body of known movement measures, then bias, noise and magnets on top. */
public final class SimulatedSensor {
    static final double GRAVITY = 9.81;
    /** East, north, up, microtesla; as in Berlin. */
    static final Vector EARTH_FIELD = new Vector(0, 16, -42);
    /** No low-pass inside, so no delays. */
    static final SensorTraits TRAITS = new SensorTraits(0, 0, 0.5);

    private final DoubleFunction<Quaternion> orientation;
    private final double rateHz;
    private final Random random;
    private Vector bias = new Vector(0, 0, 0);
    private Vector iron = new Vector(0, 0, 0);
    private double noise = 1;
    private boolean magnetometer = true;
    /** Metres up and down, once a second. */
    private double bounce;

    /** @param orientation sensor to east-north-up at a time in seconds */
    public SimulatedSensor(DoubleFunction<Quaternion> orientation, double rateHz, long seed) {
        this.orientation = orientation;
        this.rateHz = rateHz;
        random = new Random(seed);
    }

    public SimulatedSensor bias(double xDeg, double yDeg, double zDeg) {
        bias = new Vector(Math.toRadians(xDeg), Math.toRadians(yDeg), Math.toRadians(zDeg));
        return this;
    }

    SimulatedSensor iron(double x, double y, double z) {
        iron = new Vector(x, y, z);
        return this;
    }

    SimulatedSensor noise(double factor) {
        noise = factor;
        return this;
    }

    public SimulatedSensor withoutMagnetometer() {
        magnetometer = false;
        return this;
    }

    SimulatedSensor bouncing(double metres) {
        bounce = metres;
        return this;
    }

    double stepS() {
        return 1 / rateHz;
    }

    Quaternion truth(double timeS) {
        return orientation.apply(timeS);
    }

    /** Writes nine numbers. */
    public void sample(double timeS, double[] into, int at) {
        double h = 1e-4;
        Quaternion now = orientation.apply(timeS);
        Quaternion turn = orientation.apply(timeS - h).inverse().times(orientation.apply(timeS + h));
        double sign = turn.w() < 0 ? -1 : 1;
        double perS = sign * 2 / (2 * h);
        double up = GRAVITY + bounce * 4 * Math.PI * Math.PI * Math.sin(2 * Math.PI * timeS);
        double[] force = now.inverse().turn(0, 0, up);
        double[] field = now.inverse().turn(EARTH_FIELD.x(), EARTH_FIELD.y(), EARTH_FIELD.z());
        put(into, at, force, 0.03);
        put(
                into,
                at + 3,
                new double[] {turn.x() * perS + bias.x(), turn.y() * perS + bias.y(), turn.z() * perS + bias.z()},
                0.002);
        put(into, at + 6, new double[] {field[0] + iron.x(), field[1] + iron.y(), field[2] + iron.z()}, 0.5);
        if (!magnetometer) into[at + 6] = into[at + 7] = into[at + 8] = Double.NaN;
    }

    private void put(double[] into, int at, double[] values, double sd) {
        for (int i = 0; i < 3; i++) into[at + i] = values[i] + noise * sd * random.nextGaussian();
    }

    /** Still for some seconds, then turning about all axes, as a limb in exercises. */
    static Quaternion exercising(double timeS) {
        double t = Math.max(0, timeS - 5);
        double ramp = Math.min(1, t / 2);
        return Quaternion.about(0, 0, 1, ramp * Math.sin(0.9 * t))
                .times(Quaternion.about(1, 0, 0, 1.2 * ramp * Math.sin(1.7 * t)))
                .times(Quaternion.about(0, 1, 0, 0.8 * ramp * Math.sin(2.3 * t)));
    }
}
