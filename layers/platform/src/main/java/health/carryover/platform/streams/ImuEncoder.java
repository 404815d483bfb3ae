package health.carryover.platform.streams;

import health.carryover.clinical.imu.ImuBlock;
import health.carryover.platform.streams.wire.imu.Chunk;
import health.carryover.platform.streams.wire.imu.Header;
import health.carryover.platform.streams.wire.imu.Sensor;
import health.carryover.platform.streams.wire.imu.Trailer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes {@code imu.v1}, block by block as they arrive. Close it: the trailer makes the file complete. Acceleration is
 * kept to 0.005 m/s^2 and angular rate to 0.001 rad/s, the step of a 16-bit sensor of 16 g and 2000 degrees a second; the
 * magnetic field to 0.1 microtesla.
 */
public final class ImuEncoder implements AutoCloseable {
    static final int SCHEMA = 1;
    static final double ACCELERATION_QUANTUM = 0.005;
    static final double RATE_QUANTUM = 0.001;
    static final double FIELD_QUANTUM = 0.1;

    private final FramedWriter out;
    private final int sensors;
    private long samples;
    private long blocks;
    private boolean closed;

    /** Writes the header at once; closes {@code out} when it is closed itself. */
    public ImuEncoder(OutputStream out, ImuHeader header) throws IOException {
        this.out = new FramedWriter(out);
        sensors = header.sensors().size();
        Header.Builder wire = Header.newBuilder()
                .setSchema(SCHEMA)
                .setDevice(header.device())
                .setFirmware(header.firmware())
                .setRateHz(header.rateHz())
                .setAccelerationQuantum(ACCELERATION_QUANTUM)
                .setRateQuantum(RATE_QUANTUM)
                .setFieldQuantum(FIELD_QUANTUM);
        for (ImuHeader.Sensor sensor : header.sensors())
            wire.addSensors(Sensor.newBuilder()
                    .setSegment(Sensor.Segment.valueOf(sensor.segment().name()))
                    .setSide(Sensor.Side.valueOf(sensor.side().name())));
        this.out.header(wire.build());
    }

    /**
     * Takes the next block: in the order of arrival, whatever the order of its numbers and times.
     * @throws IllegalArgumentException if the header lists no such sensor, or two samples lie more than half an hour apart
     */
    public void add(ImuBlock block) throws IOException {
        if (closed) throw new IllegalStateException("closed");
        if (block.sensor() >= sensors) throw new IllegalArgumentException("the header lists no sensor of this number");
        Chunk.Builder chunk = Chunk.newBuilder()
                .setSensor(block.sensor())
                .setFirstSequence(block.firstSequence())
                .setFirstUs(block.timeUs(0))
                .setReceivedUs(block.receivedUs())
                .setBattery(block.batteryPercent() + 1)
                .setMagnetometer(block.hasMagnetometer());
        for (int i = 1; i < block.samples(); i++) {
            long step = block.timeUs(i) - block.timeUs(i - 1);
            if (step <= 0 || step > Integer.MAX_VALUE)
                throw new IllegalArgumentException("two samples lie more than half an hour apart");
            chunk.addStepUs((int) step);
        }
        int channels = block.hasMagnetometer() ? ImuBlock.CHANNELS : 6;
        for (int channel = 0; channel < channels; channel++) {
            double quantum = quantum(channel, ACCELERATION_QUANTUM, RATE_QUANTUM, FIELD_QUANTUM);
            int last = 0;
            for (int i = 0; i < block.samples(); i++) {
                int steps = (int) Math.round(block.value(i, channel) / quantum);
                chunk.addValues(steps - last);
                last = steps;
            }
        }
        out.chunk(chunk.build());
        samples += block.samples();
        blocks++;
    }

    /** The one of the three that a channel of {@link ImuBlock} is counted in. */
    static double quantum(int channel, double acceleration, double rate, double field) {
        return switch (channel / 3) {
            case 0 -> acceleration;
            case 1 -> rate;
            default -> field;
        };
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try (out) {
            out.trailer(sha256 -> Trailer.newBuilder()
                    .setSamples(samples)
                    .setChunks(blocks)
                    .setSha256(sha256)
                    .build());
        }
    }
}
