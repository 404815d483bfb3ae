package health.carryover.platform.streams;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.clinical.motion.Frame;
import health.carryover.platform.streams.ImuHeader.Sensor;
import health.carryover.platform.streams.ImuHeader.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files of both formats, right ones and those that only an attacker writes. */
final class StreamFiles {
    static final ImuHeader HEADER = new ImuHeader(
            "made-up-imu",
            "1.0",
            100,
            List.of(new Sensor(Segment.THIGH, Side.LEFT), new Sensor(Segment.SHANK, Side.LEFT)));

    private StreamFiles() {}

    static byte[] imu(ImuHeader header, List<ImuBlock> blocks) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var encoder = new ImuEncoder(bytes, header)) {
            for (ImuBlock block : blocks) encoder.add(block);
        }
        return bytes.toByteArray();
    }

    static byte[] landmarks(LandmarksHeader header, Iterable<Frame> frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var encoder = new LandmarksEncoder(bytes, header)) {
            for (Frame frame : frames) encoder.add(frame);
        }
        return bytes.toByteArray();
    }

    /** A leg that swings once a second: 100 Hz with the jitter of a sensor's clock, in blocks as a radio sends them. */
    static List<ImuBlock> swinging(int sensors, int blocks, int samples, boolean magnetometer) {
        var random = new Random(5);
        List<ImuBlock> made = new ArrayList<>();
        for (int b = 0; b < blocks; b++)
            for (int sensor = 0; sensor < sensors; sensor++) made.add(block(random, sensor, b, samples, magnetometer));
        return made;
    }

    private static ImuBlock block(Random random, int sensor, int number, int samples, boolean magnetometer) {
        long[] timesUs = new long[samples];
        float[] values = new float[samples * ImuBlock.CHANNELS];
        for (int i = 0; i < samples; i++) {
            int sample = number * samples + i;
            timesUs[i] = 7_000_000_000L + sample * 10_000L + random.nextInt(-150, 151);
            double phase = 2 * Math.PI * sample / 100;
            for (int channel = 0; channel < ImuBlock.CHANNELS; channel++) {
                double size = channel < 3 ? 9.8 : channel < 6 ? 2 : 45;
                values[i * ImuBlock.CHANNELS + channel] =
                        (float) (size * Math.sin(phase / 2 + channel + sensor) + random.nextGaussian() * size / 500);
            }
        }
        long received = (number + 1) * samples * 10_000L + 30_000;
        return ImuBlock.of(sensor, (long) number * samples, received, 80, magnetometer, timesUs, values);
    }

    /** Header, chunks and trailer as they are given, whatever they are. */
    static byte[] framed(MessageLite header, List<? extends MessageLite> chunks, MessageLite trailer)
            throws IOException {
        var plain = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(plain);
        coded.writeMessage(FramedReader.HEADER, header);
        for (MessageLite chunk : chunks) coded.writeMessage(FramedReader.CHUNK, chunk);
        coded.writeMessage(FramedReader.TRAILER, trailer);
        coded.flush();
        return zip(plain.toByteArray());
    }

    /** The content with the trailer that belongs to it, zipped. */
    static byte[] finished(byte[] content, Function<ByteString, MessageLite> trailer) throws IOException {
        var plain = new ByteArrayOutputStream();
        plain.write(content);
        CodedOutputStream coded = CodedOutputStream.newInstance(plain);
        coded.writeMessage(
                FramedReader.TRAILER,
                trailer.apply(ByteString.copyFrom(FramedWriter.sha256().digest(content))));
        coded.flush();
        return zip(plain.toByteArray());
    }

    static byte[] zip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            zipped.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] unzip(byte[] file) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    }
}
