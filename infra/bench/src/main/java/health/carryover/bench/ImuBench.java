package health.carryover.bench;

import com.sun.management.ThreadMXBean;
import health.carryover.clinical.imu.Complementary;
import health.carryover.clinical.imu.InertialKalman;
import health.carryover.clinical.imu.Madgwick;
import health.carryover.clinical.imu.OrientationFilter;
import health.carryover.clinical.imu.OrientationTracker;
import health.carryover.clinical.imu.SensorTraits;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench imu}: samples a second on one core, and bytes allocated per sample, of each orientation filter. */
@Command(
        name = "imu",
        mixinStandardHelpOptions = true,
        description = {
            "Each filter on simulated movement at 100 Hz, on one core: called directly, and as the product calls it (through",
            "the tracker that checks every sample). 'straight' is Madgwick's arithmetic in one loop over local variables."
        })
final class ImuBench implements Callable<Integer> {
    private static final int SAMPLES = 60_000;
    private static final double STEP_S = 0.01;

    @Option(names = "--rounds", defaultValue = "15", description = "Measured rounds; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "10", description = "Rounds before that; default ${DEFAULT-VALUE}.")
    private int warmUp;

    /** Read by nobody; the optimiser does not know. */
    private double sink;

    private interface Loop {
        void run();
    }

    @Override
    public Integer call() {
        double[] movement = movement();
        double straight = measure("madgwick straight", () -> sink += StraightMadgwick.run(movement, STEP_S, 0.08));
        double direct = filter("madgwick", movement, () -> Madgwick.nineAxes(0.08));
        filter("madgwick6", movement, () -> Madgwick.sixAxes(0.05));
        filter("complementary", movement, () -> Complementary.nineAxes(3, 9));
        filter("kalman", movement, () -> InertialKalman.nineAxes(SensorTraits.USUAL));
        filter("kalman6", movement, () -> InertialKalman.sixAxes(SensorTraits.USUAL));
        System.out.printf(
                Locale.ROOT, "madgwick takes %.2fx the time of its straight loop (best rounds)%n", straight / direct);
        return Double.isNaN(sink) ? 1 : 0;
    }

    /** @return samples a second of the best round when called directly */
    private double filter(String name, double[] movement, Supplier<OrientationFilter> kind) {
        double[] found = new double[4];
        OrientationFilter direct = kind.get();
        double rate = measure(name, () -> {
            for (int i = 0; i < SAMPLES; i++) {
                direct.update(STEP_S, movement, 9 * i);
                direct.orientation(found, 0);
                sink += found[0];
            }
        });
        OrientationTracker tracker = new OrientationTracker(kind.get());
        long[] timeUs = {0};
        measure(name + " tracked", () -> {
            for (int i = 0; i < SAMPLES; i++) {
                tracker.accept(timeUs[0] += 10_000, movement, 9 * i);
                tracker.orientation(found, 0);
                sink += found[0];
            }
        });
        return rate;
    }

    private double measure(String name, Loop loop) {
        for (int i = 0; i < warmUp; i++) loop.run();
        double[] seconds = new double[rounds];
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            loop.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        long bytes = thread.getCurrentThreadAllocatedBytes() - before;
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%-22s %,12.0f samples/s (median of %d; best %,.0f)  %.4f bytes/sample%n",
                name,
                SAMPLES / seconds[rounds / 2],
                rounds,
                SAMPLES / seconds[0],
                (double) bytes / ((long) rounds * SAMPLES));
        return SAMPLES / seconds[0];
    }

    /** Ten minutes of a limb that swings and turns, with noise; only the cost matters, not the anatomy. */
    private static double[] movement() {
        Random random = new Random(1);
        double[] values = new double[9 * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double t = i * STEP_S;
            double angle = Math.sin(2 * Math.PI * t / 3);
            double[] sample = {
                9.81 * Math.sin(angle),
                0.3,
                9.81 * Math.cos(angle),
                0.2 * Math.cos(t),
                2.1 * Math.cos(2 * Math.PI * t / 3),
                0.1,
                16 * Math.cos(angle),
                3,
                -42 * Math.cos(angle)
            };
            for (int c = 0; c < 9; c++) values[9 * i + c] = sample[c] + 0.02 * random.nextGaussian();
        }
        return values;
    }
}
