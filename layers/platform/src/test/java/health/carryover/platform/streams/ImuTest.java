package health.carryover.platform.streams;

import static health.carryover.platform.streams.StreamFiles.HEADER;
import static health.carryover.platform.streams.StreamFiles.framed;
import static health.carryover.platform.streams.StreamFiles.imu;
import static health.carryover.platform.streams.StreamFiles.swinging;
import static health.carryover.platform.streams.StreamFiles.unzip;
import static health.carryover.platform.streams.StreamFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.MessageLite;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.platform.streams.ImuDecoder.Decoded;
import health.carryover.platform.streams.StreamProblem.Code;
import health.carryover.platform.streams.wire.imu.Chunk;
import health.carryover.platform.streams.wire.imu.Header;
import health.carryover.platform.streams.wire.imu.Sensor;
import health.carryover.platform.streams.wire.imu.Trailer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImuTest {
    private static Decoded decode(byte[] file, StreamLimits limits) throws IOException {
        return ImuDecoder.decode(new ByteArrayInputStream(file), limits);
    }

    private static Decoded.Whole whole(byte[] file) throws IOException {
        if (decode(file, StreamLimits.IMU) instanceof Decoded.Whole whole) return whole;
        throw new AssertionError("refused: " + decode(file, StreamLimits.IMU));
    }

    private static Code refused(byte[] file) throws IOException {
        if (decode(file, StreamLimits.IMU) instanceof Decoded.Refused refused)
            return refused.problem().code();
        throw new AssertionError("accepted");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void blocks_come_back_within_half_a_step_of_every_channel(boolean magnetometer) throws IOException {
        List<ImuBlock> blocks = swinging(2, 3, 100, magnetometer);
        Decoded.Whole back = whole(imu(HEADER, blocks));
        assertThat(back.header()).isEqualTo(HEADER);
        assertThat(back.blocks()).hasSameSizeAs(blocks);
        double[] halfStep = {0.0025, 0.0005, 0.05};
        for (int b = 0; b < blocks.size(); b++) {
            ImuBlock before = blocks.get(b);
            ImuBlock after = back.blocks().get(b);
            assertThat(after.sensor()).isEqualTo(before.sensor());
            assertThat(after.firstSequence()).isEqualTo(before.firstSequence());
            assertThat(after.receivedUs()).isEqualTo(before.receivedUs());
            assertThat(after.batteryPercent()).isEqualTo(before.batteryPercent());
            assertThat(after.hasMagnetometer()).isEqualTo(magnetometer);
            assertThat(after.samples()).isEqualTo(before.samples());
            for (int i = 0; i < before.samples(); i++) {
                assertThat(after.timeUs(i)).isEqualTo(before.timeUs(i));
                for (int channel = 0; channel < ImuBlock.CHANNELS; channel++)
                    assertThat((double) after.value(i, channel))
                            .isCloseTo(before.value(i, channel), within(1.01 * halfStep[channel / 3]));
            }
        }
    }

    @Test
    void a_recording_without_a_block_and_a_sensor_that_does_not_tell_its_battery_come_back() throws IOException {
        assertThat(whole(imu(HEADER, List.of())).blocks()).isEmpty();
        ImuBlock silent = ImuBlock.of(1, 0, 0, -1, false, new long[] {-5}, new float[9]);
        ImuBlock back = whole(imu(HEADER, List.of(silent))).blocks().getFirst();
        assertThat(back.batteryPercent()).isEqualTo(-1);
        assertThat(back.timeUs(0)).isEqualTo(-5);
    }

    @Test
    void blocks_that_a_radio_doubled_swapped_or_lost_are_handed_on_as_they_came() throws IOException {
        List<ImuBlock> sent = swinging(1, 5, 20, true);
        List<ImuBlock> arrived = List.of(sent.get(0), sent.get(2), sent.get(1), sent.get(1), sent.get(4));
        assertThat(whole(imu(HEADER, arrived)).blocks())
                .extracting(ImuBlock::firstSequence)
                .containsExactly(0L, 40L, 20L, 20L, 80L);
    }

    @Test
    void the_extremes_that_a_block_may_hold_come_back() throws IOException {
        float[] far = new float[18];
        for (int i = 0; i < far.length; i++) far[i] = i < 9 ? ImuBlock.FAR : -ImuBlock.FAR;
        ImuBlock block = ImuBlock.of(
                0, Long.MAX_VALUE - 2, Long.MAX_VALUE, 100, true, new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1}, far);
        ImuBlock back = whole(imu(HEADER, List.of(block))).blocks().getFirst();
        assertThat(back.firstSequence()).isEqualTo(Long.MAX_VALUE - 2);
        assertThat(back.value(1, 8)).isEqualTo(-ImuBlock.FAR);
    }

    @Test
    void the_encoder_refuses_what_the_decoder_would() throws IOException {
        try (var encoder = new ImuEncoder(OutputStream.nullOutputStream(), HEADER)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.add(ImuBlock.of(2, 0, 0, 1, false, new long[] {0}, new float[9])));
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            encoder.add(ImuBlock.of(0, 0, 0, 1, false, new long[] {0, 3_000_000_000L}, new float[18])));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ImuHeader("d", "", Double.NaN, HEADER.sensors()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImuHeader("d", "", 100, List.of()));
    }

    @Test
    void absurd_headers_are_refused() throws IOException {
        assertThat(refused(file(header(h -> h.setSchema(2))))).isEqualTo(Code.SCHEMA_UNKNOWN);
        for (double rate : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0, -100, 2001})
            assertThat(refused(file(header(h -> h.setRateHz(rate))))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        for (double quantum : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 0, -1, 1e-9, 2}) {
            assertThat(refused(file(header(h -> h.setAccelerationQuantum(quantum)))))
                    .isEqualTo(Code.HEADER_IMPOSSIBLE);
            assertThat(refused(file(header(h -> h.setRateQuantum(quantum))))).isEqualTo(Code.HEADER_IMPOSSIBLE);
            assertThat(refused(file(header(h -> h.setFieldQuantum(quantum))))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        }
        assertThat(refused(file(header(Header.Builder::clearSensors)))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(file(header(h -> h.addSensors(Sensor.newBuilder())))))
                .isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(file(header(h -> h.setSensors(0, sensor(99, 1)))))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(file(header(h -> h.addAllSensors(Collections.nCopies(40, sensor(1, 3)))))))
                .isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(file(header(h -> h.setDevice(" "))))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(file(header(h -> h.setFirmware("x".repeat(70_000))))))
                .isEqualTo(Code.CHUNK_TOO_LARGE);
    }

    @Test
    void chunks_that_contradict_themselves_or_the_header_are_refused() throws IOException {
        assertThat(refused(file(chunk(c -> c.setSensor(2))))).isEqualTo(Code.UNKNOWN_SENSOR);
        assertThat(refused(file(chunk(c -> c.setSensor(-1))))).isEqualTo(Code.UNKNOWN_SENSOR);
        assertThat(refused(file(chunk(Chunk.Builder::clearValues)))).isEqualTo(Code.COLUMN_LENGTH);
        assertThat(refused(file(chunk(c -> c.addValues(0))))).isEqualTo(Code.COLUMN_LENGTH);
        assertThat(refused(file(chunk(c -> c.setMagnetometer(true))))).isEqualTo(Code.COLUMN_LENGTH);
        assertThat(refused(file(chunk(c -> c.addStepUs(1))))).isEqualTo(Code.COLUMN_LENGTH);
        assertThat(refused(file(chunk(c -> c.addAllStepUs(Collections.nCopies(20_000, 1))))))
                .isEqualTo(Code.TOO_MANY);
        assertThat(refused(file(chunk(c -> c.setBattery(102))))).isEqualTo(Code.CHUNK_IMPOSSIBLE);
        assertThat(refused(file(chunk(c -> c.setFirstSequence(-1))))).isEqualTo(Code.CHUNK_IMPOSSIBLE);
        assertThat(refused(file(chunk(c -> c.setFirstSequence(Long.MAX_VALUE - 1)))))
                .isEqualTo(Code.CHUNK_IMPOSSIBLE);
        assertThat(refused(file(chunk(c -> c.setReceivedUs(-1))))).isEqualTo(Code.CHUNK_IMPOSSIBLE);
        assertThat(refused(file(chunk(c -> c.setValues(3, Integer.MAX_VALUE))))).isEqualTo(Code.OUT_OF_REACH);
        assertThat(refused(file(chunk(c -> c.setValues(3, Integer.MIN_VALUE))))).isEqualTo(Code.OUT_OF_REACH);
    }

    @Test
    void times_that_stand_still_fall_or_wrap_inside_a_block_are_refused() throws IOException {
        assertThat(refused(file(chunk(c -> c.setStepUs(0, 0))))).isEqualTo(Code.TIME_NOT_RISING);
        assertThat(refused(file(chunk(c -> c.setStepUs(0, -5))))).isEqualTo(Code.TIME_NOT_RISING);
        assertThat(refused(file(chunk(c -> c.setFirstUs(Long.MAX_VALUE))))).isEqualTo(Code.TIME_NOT_RISING);
        // between blocks they may fall: a radio delivers late
        List<ImuBlock> sent = swinging(1, 2, 10, false);
        assertThat(whole(imu(HEADER, List.of(sent.get(1), sent.get(0)))).blocks())
                .hasSize(2);
    }

    @Test
    void a_wrong_digest_and_wrong_counts_are_refused() throws IOException {
        byte[] plain = unzip(imu(HEADER, swinging(1, 1, 10, false)));
        byte[] digest = plain.clone();
        digest[digest.length - 1] ^= 1;
        assertThat(refused(zip(digest))).isEqualTo(Code.DIGEST);
        byte[] chunks = plain.clone();
        chunks[chunks.length - 35] = 3; // the trailer is: tag, length, 08, samples, 10, chunks, 1a, 20, 32 bytes
        assertThat(refused(zip(chunks))).isEqualTo(Code.COUNT);
        byte[] samples = plain.clone();
        samples[samples.length - 37] = 3;
        assertThat(refused(zip(samples))).isEqualTo(Code.COUNT);
    }

    @Test
    void the_limits_of_the_reader_hold() throws IOException {
        byte[] file = imu(HEADER, swinging(2, 10, 100, true));
        var few = new StreamLimits(1 << 20, 8 << 20, 60, 1 << 20, 150);
        assertThat(decode(file, few)).isEqualTo(new Decoded.Refused(new StreamProblem(Code.TOO_MANY, 1)));
        var small = new StreamLimits(1000, 8 << 20, 60, 1 << 20, 100_000);
        assertThat(decode(file, small)).isEqualTo(new Decoded.Refused(new StreamProblem(Code.TOO_LARGE, -1)));
        var unpacked = new StreamLimits(1 << 20, 5000, 60, 1 << 20, 100_000);
        assertThat(decode(file, unpacked)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void a_chunk_of_zeros_in_a_file_that_packs_too_well_is_refused() throws IOException {
        Chunk still = chunk(c -> c.clearStepUs()
                .clearValues()
                .addAllStepUs(Collections.nCopies(19_999, 10_000))
                .addAllValues(Collections.nCopies(120_000, 0)));
        assertThat(refused(file(Collections.nCopies(20, still)))).isEqualTo(Code.RATIO);
    }

    private static byte[] file(Header header) throws IOException {
        return framed(header, List.of(chunk(_ -> {})), Trailer.getDefaultInstance());
    }

    private static byte[] file(Chunk chunk) throws IOException {
        return file(List.of(chunk));
    }

    private static byte[] file(List<? extends MessageLite> chunks) throws IOException {
        return framed(header(_ -> {}), new ArrayList<>(chunks), Trailer.getDefaultInstance());
    }

    private static Sensor sensor(int segment, int side) {
        return Sensor.newBuilder().setSegmentValue(segment).setSideValue(side).build();
    }

    private static Header header(Consumer<Header.Builder> change) {
        Header.Builder header = Header.newBuilder()
                .setSchema(1)
                .setDevice("d")
                .setRateHz(100)
                .addSensors(sensor(7, 1))
                .addSensors(sensor(8, 1))
                .setAccelerationQuantum(0.005)
                .setRateQuantum(0.001)
                .setFieldQuantum(0.1);
        change.accept(header);
        return header.build();
    }

    /** Two samples of six channels at rest, then one change. */
    private static Chunk chunk(Consumer<Chunk.Builder> change) {
        Chunk.Builder chunk = Chunk.newBuilder()
                .setSensor(0)
                .setFirstUs(1_000)
                .addStepUs(10_000)
                .setReceivedUs(50_000)
                .setBattery(81)
                .addAllValues(Collections.nCopies(12, 0));
        change.accept(chunk);
        return chunk.build();
    }
}
