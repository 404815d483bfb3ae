package health.carryover.platform.streams;

import static health.carryover.platform.streams.StreamFiles.HEADER;
import static health.carryover.platform.streams.StreamFiles.imu;
import static health.carryover.platform.streams.StreamFiles.landmarks;
import static health.carryover.platform.streams.StreamFiles.swinging;
import static health.carryover.platform.streams.StreamFiles.unzip;
import static health.carryover.platform.streams.StreamFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.management.ThreadMXBean;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.platform.streams.StreamProblem.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both formats against everything that their common frame has to withstand. */
class HostileFileTest {
    /** What a reader made of a file: the problem, or everything that was in it. */
    record Read(Optional<Code> refused, List<List<Number>> content) {}

    enum Format {
        LANDMARKS {
            @Override
            byte[] small() throws IOException {
                List<Frame> frames = BodyModel.doing(Move.SQUAT, 1).record().frames();
                return landmarks(
                        new LandmarksHeader("m", "1", 30, new ImageSize(640, 480)),
                        List.of(frames.get(0), Frame.nobody(40), frames.get(2)));
            }

            @Override
            Read read(InputStream in) throws IOException {
                List<List<Number>> content = new ArrayList<>();
                LandmarksDecoder.Streamed read = LandmarksDecoder.stream(
                        in,
                        StreamLimits.LANDMARKS,
                        header ->
                                content.add(List.of(header.fps(), header.size().width())),
                        frame -> content.add(numbers(frame)));
                return new Read(
                        read instanceof LandmarksDecoder.Streamed.Refused refused
                                ? Optional.of(refused.problem().code())
                                : Optional.empty(),
                        content);
            }
        },
        IMU {
            @Override
            byte[] small() throws IOException {
                return imu(HEADER, swinging(2, 1, 6, true));
            }

            @Override
            Read read(InputStream in) throws IOException {
                List<List<Number>> content = new ArrayList<>();
                ImuDecoder.Streamed read = ImuDecoder.stream(
                        in,
                        StreamLimits.IMU,
                        header -> content.add(
                                List.of(header.rateHz(), header.sensors().size())),
                        block -> content.add(numbers(block)));
                return new Read(
                        read instanceof ImuDecoder.Streamed.Refused refused
                                ? Optional.of(refused.problem().code())
                                : Optional.empty(),
                        content);
            }
        };

        abstract byte[] small() throws IOException;

        abstract Read read(InputStream in) throws IOException;

        Read read(byte[] file) throws IOException {
            return read(new ByteArrayInputStream(file));
        }
    }

    private static List<Number> numbers(Frame frame) {
        List<Number> numbers = new ArrayList<>(List.of(frame.timeMs()));
        if (frame.hasPerson())
            for (var landmark : health.carryover.clinical.motion.Landmark.values())
                numbers.addAll(
                        List.of(frame.x(landmark), frame.y(landmark), frame.z(landmark), frame.visibility(landmark)));
        return numbers;
    }

    private static List<Number> numbers(ImuBlock block) {
        List<Number> numbers = new ArrayList<>(List.of(
                block.sensor(), block.firstSequence(), block.receivedUs(), block.batteryPercent(), block.samples()));
        for (int i = 0; i < block.samples(); i++) {
            numbers.add(block.timeUs(i));
            for (int channel = 0; channel < ImuBlock.CHANNELS; channel++) numbers.add(block.value(i, channel));
        }
        return numbers;
    }

    @ParameterizedTest
    @EnumSource
    void a_file_cut_off_at_any_byte_is_refused(Format format) throws IOException {
        byte[] file = format.small();
        for (int length = 0; length < file.length; length++)
            assertThat(format.read(Arrays.copyOf(file, length)).refused())
                    .as("%d of %d bytes", length, file.length)
                    .contains(Code.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void content_cut_off_at_any_byte_is_refused_though_its_gzip_is_whole(Format format) throws IOException {
        byte[] plain = unzip(format.small());
        for (int length = 0; length < plain.length; length++)
            assertThat(format.read(zip(Arrays.copyOf(plain, length))).refused())
                    .as("%d of %d bytes", length, plain.length)
                    .contains(Code.TRUNCATED);
    }

    /** Unnoticed stay the time, effort and system in the gzip header and the bits that fill up the last byte of data. */
    @ParameterizedTest
    @EnumSource
    void any_single_bit_flipped_in_the_file_is_refused_or_changes_nothing(Format format) throws IOException {
        byte[] file = format.small();
        Read right = format.read(file);
        assertThat(right.refused()).isEmpty();
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Read read = format.read(damaged);
            boolean readByNobody = bit / 8 >= 4 && bit / 8 < 10 || bit / 8 == file.length - 9;
            if (readByNobody && read.refused().isEmpty()) assertThat(read).isEqualTo(right);
            else
                assertThat(read.refused())
                        .as("bit %d of byte %d", bit % 8, bit / 8)
                        .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_single_bit_flipped_in_the_content_is_refused(Format format) throws IOException {
        byte[] plain = unzip(format.small());
        for (int bit = 0; bit < plain.length * 8; bit++) {
            byte[] damaged = plain.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(format.read(zip(damaged)).refused())
                    .as("bit %d of byte %d", bit % 8, bit / 8)
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bomb_is_refused_before_it_unpacks(Format format) throws IOException {
        byte[] plain = unzip(format.small());
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            zipped.write(plain, 0, 2 + plain[1]); // the header: tag, length, content
            byte[] zeros = new byte[983_040];
            for (int i = 0; i < 500; i++) { // half a gigabyte in chunks within their limit, each of unknown fields only
                zipped.write(new byte[] {0x12, (byte) 0x80, (byte) 0x80, 0x3c});
                zipped.write(zeros);
            }
        }
        assertThat(bytes.size()).isLessThan(1_000_000);
        assertThat(allocated(() ->
                        assertThat(format.read(bytes.toByteArray()).refused()).isPresent()))
                .isLessThan(20L << 20);
    }

    @ParameterizedTest
    @EnumSource
    void lengths_that_only_claim_to_be_huge_take_no_memory(Format format) throws IOException {
        byte[] claim = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        byte[] file = zip(claim);
        assertThat(allocated(() -> assertThat(format.read(file).refused()).contains(Code.CHUNK_TOO_LARGE)))
                .isLessThan(1L << 20);
    }

    /** Fields that the schema does not know cost nothing: kept, a megabyte of them would take fifty. */
    @ParameterizedTest
    @EnumSource
    void a_chunk_full_of_unknown_fields_takes_no_memory(Format format) throws IOException {
        byte[] plain = unzip(format.small());
        var content = new ByteArrayOutputStream();
        content.write(plain, 0, 2 + plain[1]);
        var chunk = new ByteArrayOutputStream();
        for (int field = 1000; chunk.size() < 900_000; field++) {
            chunk.write(field << 3 & 0x7f | 0x80);
            chunk.write(field >> 4 & 0x7f | 0x80);
            chunk.write(field >> 11 & 0x7f);
            chunk.write(field * 31 & 0x7f);
        }
        content.write(0x12);
        int size = chunk.size();
        content.write(new byte[] {(byte) (size & 0x7f | 0x80), (byte) (size >> 7 & 0x7f | 0x80), (byte) (size >> 14)});
        content.write(chunk.toByteArray());
        byte[] file = zip(content.toByteArray());
        assertThat(allocated(() -> assertThat(format.read(file).refused()).isPresent()))
                .isLessThan(8L << 20);
    }

    /** The JDK's own reader calls itself once per empty member, until the stack is gone. */
    @ParameterizedTest
    @EnumSource
    void a_chain_of_empty_gzip_members_is_refused(Format format) throws IOException {
        byte[] empty = zip(new byte[0]);
        var chain = new ByteArrayOutputStream();
        for (int i = 0; i < 200_000; i++) chain.write(empty);
        assertThat(format.read(chain.toByteArray()).refused()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void bytes_behind_the_trailer_and_behind_the_gzip_member_are_refused(Format format) throws IOException {
        byte[] file = format.small();
        byte[] plain = unzip(file);
        assertThat(format.read(zip(Arrays.copyOf(plain, plain.length + 1))).refused())
                .contains(Code.TRAILING_BYTES);
        assertThat(format.read(Arrays.copyOf(file, file.length + 1)).refused()).contains(Code.TRAILING_BYTES);
        byte[] twice = Arrays.copyOf(file, 2 * file.length);
        System.arraycopy(file, 0, twice, file.length, file.length);
        assertThat(format.read(twice).refused()).contains(Code.TRAILING_BYTES);
    }

    /** {@code gzip(1)} writes the file's name, which on a phone may be a person's. */
    @ParameterizedTest
    @EnumSource
    void a_gzip_header_with_a_file_name_is_refused(Format format) throws IOException {
        byte[] file = format.small();
        var named = new ByteArrayOutputStream();
        named.write(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
        named.write(new byte[] {'p', 'a', 't', 0});
        named.write(file, 10, file.length - 10);
        assertThat(format.read(named.toByteArray()).refused()).contains(Code.NOT_GZIP);
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_is_no_property_of_the_file(Format format) throws IOException {
        byte[] file = format.small();
        var broken = new ByteArrayInputStream(Arrays.copyOf(file, file.length / 2));
        assertThatIOException().isThrownBy(() -> format.read(new ExactLength(broken, file.length)));
        assertThat(format.read(new ExactLength(new ByteArrayInputStream(file), file.length))
                        .refused())
                .isEmpty();
    }

    private interface Reading {
        void run() throws IOException;
    }

    /** Bytes that a second run allocates: the first one loads classes. */
    private static long allocated(Reading reading) throws IOException {
        reading.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        reading.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
