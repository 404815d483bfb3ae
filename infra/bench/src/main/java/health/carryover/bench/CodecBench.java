package health.carryover.bench;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Recording;
import health.carryover.platform.streams.ImuDecoder;
import health.carryover.platform.streams.ImuEncoder;
import health.carryover.platform.streams.ImuHeader;
import health.carryover.platform.streams.ImuHeader.Sensor;
import health.carryover.platform.streams.ImuHeader.Side;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import health.carryover.platform.streams.StreamLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench codec}: what a minute of movement weighs, and how long it takes to write and to read. */
@Command(
        name = "codec",
        mixinStandardHelpOptions = true,
        description = {
            "Bytes a minute of landmarks.v1 at 30 frames a second and of imu.v1 with two sensors at 100 Hz,",
            "of a simulated person and, where recordings of real sensors lie beside the project, of those."
        })
final class CodecBench implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "20", description = "Measured rounds; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--minutes", defaultValue = "5", description = "Length; default ${DEFAULT-VALUE}.")
    private int minutes;

    private static final int HZ = 100;
    private static final ImuHeader HEADER = new ImuHeader(
            "bench", "1", HZ, List.of(new Sensor(Segment.THIGH, Side.LEFT), new Sensor(Segment.SHANK, Side.LEFT)));

    private interface Writing {
        byte[] run() throws IOException;
    }

    private interface Reading {
        void run(byte[] file) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        landmarks();
        for (boolean magnetometer : new boolean[] {true, false}) {
            String channels = magnetometer ? "9 channels" : "6 channels";
            for (int samples : new int[] {HZ, 10})
                imu(
                        "imu.v1, simulated, 2 x 100 Hz, %s, %d samples a block".formatted(channels, samples),
                        simulated(minutes, samples, magnetometer),
                        minutes);
        }
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"))
                .resolve("../shared/data/imu");
        for (String trial : List.of("02_undisturbed_slow_rotation_B", "21_undisturbed_fast_combined")) {
            Path file = folder.resolve(trial + ".csv.gz");
            if (!Files.exists(file)) {
                System.out.println("skipped, no such recording: " + file);
                continue;
            }
            List<ImuBlock> blocks = BroadCsv.asTwo(file, HZ);
            double length = blocks.stream().mapToInt(ImuBlock::samples).sum() / 2.0 / HZ / 60;
            imu("imu.v1, real sensor as two, 100 Hz, 9 channels, " + trial, blocks, length);
        }
        return 0;
    }

    private void landmarks() throws IOException {
        BodyModel model = BodyModel.doing(Move.SQUAT, minutes * 20);
        Recording recording = model.record();
        int wanted = (int) (minutes * 60 * recording.fps());
        List<Frame> frames = recording
                .frames()
                .subList(0, Math.min(wanted, recording.frames().size()));
        measure(
                "landmarks.v1, simulated, %.0f fps".formatted(recording.fps()),
                frames.size() / recording.fps() / 60,
                () -> {
                    var bytes = new ByteArrayOutputStream();
                    try (var encoder = new LandmarksEncoder(
                            bytes, new LandmarksHeader("bench", "1", recording.fps(), recording.size()))) {
                        for (Frame frame : frames) encoder.add(frame);
                    }
                    return bytes.toByteArray();
                },
                file -> {
                    if (!(LandmarksDecoder.stream(
                                    new ByteArrayInputStream(file), StreamLimits.LANDMARKS, _ -> {}, _ -> {})
                            instanceof LandmarksDecoder.Streamed.Whole))
                        throw new IllegalStateException("the decoder refused what the encoder wrote");
                });
    }

    private void imu(String what, List<ImuBlock> blocks, double length) throws IOException {
        measure(
                what,
                length,
                () -> {
                    var bytes = new ByteArrayOutputStream();
                    try (var encoder = new ImuEncoder(bytes, HEADER)) {
                        for (ImuBlock block : blocks) encoder.add(block);
                    }
                    return bytes.toByteArray();
                },
                file -> {
                    if (!(ImuDecoder.stream(new ByteArrayInputStream(file), StreamLimits.IMU, _ -> {}, _ -> {})
                            instanceof ImuDecoder.Streamed.Whole))
                        throw new IllegalStateException("the decoder refused what the encoder wrote");
                });
    }

    private void measure(String what, double length, Writing writing, Reading reading) throws IOException {
        Times writes = new Times(rounds);
        Times reads = new Times(rounds);
        byte[] file = writing.run();
        for (int round = -3; round < rounds; round++) {
            long start = System.nanoTime();
            file = writing.run();
            long written = System.nanoTime();
            reading.run(file);
            long read = System.nanoTime();
            if (round < 0) continue;
            writes.add(written - start);
            reads.add(read - written);
        }
        System.out.printf(
                Locale.ROOT,
                "%-78s %,9.0f bytes a minute, write %.1f ms, read %.1f ms a minute%n",
                what,
                file.length / length,
                writes.millis(0.5) / length,
                reads.millis(0.5) / length);
    }

    /** A thigh and a shank that swing once in four seconds, with the noise of an everyday sensor and its clock's jitter. */
    private static List<ImuBlock> simulated(int minutes, int samplesOfBlock, boolean magnetometer) {
        var random = new Random(1);
        List<ImuBlock> blocks = new ArrayList<>();
        for (int first = 0; first < minutes * 60 * HZ; first += samplesOfBlock)
            for (int sensor = 0; sensor < 2; sensor++)
                blocks.add(block(random, sensor, first, samplesOfBlock, magnetometer));
        return blocks;
    }

    private static ImuBlock block(Random random, int sensor, int first, int samples, boolean magnetometer) {
        long[] timesUs = new long[samples];
        float[] values = new float[samples * ImuBlock.CHANNELS];
        for (int i = 0; i < samples; i++) {
            timesUs[i] = (first + i) * 10_000L + random.nextInt(-50, 51);
            double phase = 2 * Math.PI * (first + i) / (4.0 * HZ);
            double angle = (sensor == 0 ? 0.5 : 0.9) * Math.sin(phase);
            double rate = (sensor == 0 ? 0.5 : 0.9) * Math.cos(phase) * Math.PI / 2;
            double[] exact = {
                9.81 * Math.sin(angle),
                0.2,
                9.81 * Math.cos(angle),
                0.02,
                rate,
                0.01,
                20 * Math.cos(angle),
                3,
                -40 * Math.cos(angle)
            };
            for (int channel = 0; channel < exact.length; channel++) {
                double noise = channel < 3 ? 0.02 : channel < 6 ? 0.003 : 0.4;
                values[i * ImuBlock.CHANNELS + channel] = (float) (exact[channel] + noise * random.nextGaussian());
            }
        }
        return ImuBlock.of(sensor, first, (first + samples) * 10_000L + 20_000, 90, magnetometer, timesUs, values);
    }
}
