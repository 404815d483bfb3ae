package health.carryover.platform.streams;

import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.platform.streams.StreamProblem.Code;
import health.carryover.platform.streams.wire.imu.Chunk;
import health.carryover.platform.streams.wire.imu.Header;
import health.carryover.platform.streams.wire.imu.Trailer;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code imu.v1} block by block, in the order of the file, and trusts nothing in it: every count is checked before
 * memory is taken for it. Blocks that come twice or out of order are a radio's daily bread and are handed on as they are.
 * What comes before the end is not yet verified; only {@link Streamed.Whole} says that the digest matched.
 */
public final class ImuDecoder implements FramedReader.Content {
    /** The outcome of reading block by block. */
    public sealed interface Streamed {
        record Whole(ImuHeader header, long blocks, long samples) implements Streamed {}

        record Refused(StreamProblem problem) implements Streamed {}
    }

    /** The outcome of reading a whole recording. */
    public sealed interface Decoded {
        record Whole(ImuHeader header, List<ImuBlock> blocks) implements Decoded {
            public Whole {
                blocks = List.copyOf(blocks);
            }
        }

        record Refused(StreamProblem problem) implements Decoded {}
    }

    private static final int WITHOUT_MAGNETOMETER = 6;

    private final StreamLimits limits;
    private final Consumer<ImuHeader> onHeader;
    private final Consumer<ImuBlock> onBlock;
    private final double[] quanta = new double[ImuBlock.CHANNELS];
    private @Nullable ImuHeader header;
    private int sensors;
    private long samples;
    private long blocks;

    private ImuDecoder(StreamLimits limits, Consumer<ImuHeader> onHeader, Consumer<ImuBlock> onBlock) {
        this.limits = limits;
        this.onHeader = onHeader;
        this.onBlock = onBlock;
    }

    /**
     * Reads block by block.
     * @param onHeader called once, before the first block
     * @param onBlock called for each block in the order of the file, before the digest is known
     * @throws IOException if the stream itself cannot be read; a bad file is a value
     */
    public static Streamed stream(
            InputStream in, StreamLimits limits, Consumer<ImuHeader> onHeader, Consumer<ImuBlock> onBlock)
            throws IOException {
        ImuDecoder decoder = new ImuDecoder(limits, onHeader, onBlock);
        Optional<StreamProblem> problem = FramedReader.read(in, limits, decoder);
        if (problem.isPresent()) return new Streamed.Refused(problem.get());
        return new Streamed.Whole(Objects.requireNonNull(decoder.header), decoder.blocks, decoder.samples);
    }

    /** Reads a whole recording. */
    public static Decoded decode(InputStream in, StreamLimits limits) throws IOException {
        List<ImuBlock> blocks = new ArrayList<>();
        return switch (stream(in, limits, _ -> {}, blocks::add)) {
            case Streamed.Refused(StreamProblem problem) -> new Decoded.Refused(problem);
            case Streamed.Whole(ImuHeader header, long _, long _) -> new Decoded.Whole(header, blocks);
        };
    }

    @Override
    public void header(byte[] message) throws IOException {
        Header wire = FramedReader.parse(Header.parser(), message);
        if (wire.getSchema() != ImuEncoder.SCHEMA) throw new Refusal(Code.SCHEMA_UNKNOWN);
        if (wire.getSensorsCount() > ImuHeader.MOST_SENSORS
                || !FramedReader.isStep(wire.getAccelerationQuantum())
                || !FramedReader.isStep(wire.getRateQuantum())
                || !FramedReader.isStep(wire.getFieldQuantum())) throw new Refusal(Code.HEADER_IMPOSSIBLE);
        for (int channel = 0; channel < quanta.length; channel++)
            quanta[channel] = ImuEncoder.quantum(
                    channel, wire.getAccelerationQuantum(), wire.getRateQuantum(), wire.getFieldQuantum());
        try {
            List<ImuHeader.Sensor> listed = wire.getSensorsList().stream()
                    .map(sensor -> new ImuHeader.Sensor(
                            Segment.valueOf(sensor.getSegment().name()),
                            ImuHeader.Side.valueOf(sensor.getSide().name())))
                    .toList();
            header = new ImuHeader(wire.getDevice(), wire.getFirmware(), wire.getRateHz(), listed);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Code.HEADER_IMPOSSIBLE, e);
        }
        sensors = header.sensors().size();
        onHeader.accept(header);
    }

    @Override
    public void chunk(byte[] message) throws IOException {
        Chunk wire = FramedReader.parse(Chunk.parser(), message);
        int count = wire.getStepUsCount() + 1;
        if (count > ImuBlock.MOST_SAMPLES || count > limits.items() - samples) throw new Refusal(Code.TOO_MANY);
        if (wire.getSensor() < 0 || wire.getSensor() >= sensors) throw new Refusal(Code.UNKNOWN_SENSOR);
        if (wire.getFirstSequence() < 0
                || wire.getFirstSequence() > Long.MAX_VALUE - count
                || wire.getReceivedUs() < 0
                || wire.getBattery() < 0
                || wire.getBattery() > 101) throw new Refusal(Code.CHUNK_IMPOSSIBLE);
        int channels = wire.getMagnetometer() ? ImuBlock.CHANNELS : WITHOUT_MAGNETOMETER;
        if (wire.getValuesCount() != count * channels) throw new Refusal(Code.COLUMN_LENGTH);
        long[] timesUs = times(wire, count);
        float[] values = new float[count * ImuBlock.CHANNELS];
        for (int channel = 0; channel < channels; channel++) {
            long steps = 0;
            for (int i = 0; i < count; i++) {
                steps += wire.getValues(channel * count + i);
                double value = steps * quanta[channel];
                if (!(Math.abs(value) <= ImuBlock.FAR)) throw new Refusal(Code.OUT_OF_REACH);
                values[i * ImuBlock.CHANNELS + channel] = (float) value;
            }
        }
        samples += count;
        blocks++;
        onBlock.accept(ImuBlock.of(
                wire.getSensor(),
                wire.getFirstSequence(),
                wire.getReceivedUs(),
                wire.getBattery() - 1,
                wire.getMagnetometer(),
                timesUs,
                values));
    }

    private static long[] times(Chunk wire, int count) throws Refusal {
        long[] timesUs = new long[count];
        timesUs[0] = wire.getFirstUs();
        for (int i = 1; i < count; i++) {
            timesUs[i] = timesUs[i - 1] + wire.getStepUs(i - 1);
            if (timesUs[i] <= timesUs[i - 1]) throw new Refusal(Code.TIME_NOT_RISING);
        }
        return timesUs;
    }

    @Override
    public void trailer(byte[] message, byte[] sha256) throws IOException {
        Trailer trailer = FramedReader.parse(Trailer.parser(), message);
        if (!MessageDigest.isEqual(sha256, trailer.getSha256().toByteArray())) throw new Refusal(Code.DIGEST);
        if (trailer.getSamples() != samples || trailer.getChunks() != blocks) throw new Refusal(Code.COUNT);
    }
}
