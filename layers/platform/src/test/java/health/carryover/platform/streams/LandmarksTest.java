package health.carryover.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.streams.LandmarksDecoder.Decoded;
import health.carryover.platform.streams.StreamProblem.Code;
import health.carryover.platform.streams.wire.Chunk;
import health.carryover.platform.streams.wire.Header;
import health.carryover.platform.streams.wire.Trailer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LandmarksTest {
    private static final LandmarksHeader HEADER = new LandmarksHeader("body-model", "1", 30, new ImageSize(1280, 720));

    private static byte[] encode(LandmarksHeader header, Iterable<Frame> frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var encoder = new LandmarksEncoder(bytes, header)) {
            for (Frame frame : frames) encoder.add(frame);
        }
        return bytes.toByteArray();
    }

    private static Decoded decode(byte[] file) throws IOException {
        return LandmarksDecoder.decode(new ByteArrayInputStream(file), StreamLimits.LANDMARKS);
    }

    private static Recording decoded(byte[] file) throws IOException {
        if (decode(file) instanceof Decoded.Whole whole) return whole.recording();
        throw new AssertionError("refused: " + decode(file));
    }

    private static Code refused(byte[] file) throws IOException {
        if (decode(file) instanceof Decoded.Refused refused)
            return refused.problem().code();
        throw new AssertionError("accepted");
    }

    @Test
    void a_recording_comes_back_within_half_a_step_of_every_column() throws IOException {
        Recording recording = BodyModel.doing(Move.SQUAT, 6).losing(0.1, 4).record();
        Recording back = decoded(encode(HEADER, recording.frames()));
        assertThat(back.size()).isEqualTo(recording.size());
        assertThat(back.fps()).isEqualTo(30);
        assertThat(back.frames()).hasSameSizeAs(recording.frames());
        for (int i = 0; i < back.frames().size(); i++) {
            Frame before = recording.frames().get(i);
            Frame after = back.frames().get(i);
            assertThat(after.timeMs()).isEqualTo(before.timeMs());
            assertThat(after.hasPerson()).isEqualTo(before.hasPerson());
            if (!before.hasPerson()) continue;
            for (Landmark landmark : Landmark.values()) {
                assertThat(after.x(landmark)).isCloseTo(before.x(landmark), within(1.01f / 8000));
                assertThat(after.y(landmark)).isCloseTo(before.y(landmark), within(1.01f / 8000));
                assertThat(after.z(landmark)).isCloseTo(before.z(landmark), within(1.01f / 800));
                assertThat(after.visibility(landmark)).isCloseTo(before.visibility(landmark), within(1.01f / 64));
            }
        }
    }

    @Test
    void what_is_counted_and_measured_stays_the_same() throws IOException {
        Recording recording = BodyModel.doing(Move.KNEE_EXTENSION, 4).record();
        Exercise exercise = ExerciseLibrary.builtIn().find("knee_extension").orElseThrow();
        var before = exercise.analyse(recording).orElseThrow().full();
        var after = exercise.analyse(decoded(encode(HEADER, recording.frames())))
                .orElseThrow()
                .full();
        assertThat(after).hasSize(4);
        for (int i = 0; i < 4; i++)
            assertThat(after.get(i).peak().degrees())
                    .isCloseTo(before.get(i).peak().degrees(), within(0.5));
    }

    @Test
    void an_empty_recording_and_one_of_nobody_come_back() throws IOException {
        assertThat(decoded(encode(HEADER, List.of())).frames()).isEmpty();
        assertThat(decoded(encode(HEADER, List.of(Frame.nobody(0), Frame.nobody(33))))
                        .frames())
                .hasSize(2);
    }

    @Test
    @Tag("slow")
    void ten_minutes_of_a_simulated_person_at_thirty_frames_a_second_take_under_two_megabytes() throws IOException {
        // recordings of real people, replayed at this rate, take 0.6 to 1.8 MB
        BodyModel model = BodyModel.doing(Move.BICEP_CURL, 175);
        List<Frame> frames = model.record().frames().subList(0, 17_900);
        byte[] file = encode(HEADER, frames);
        assertThat(file.length).isBetween(500_000, 2_000_000);
    }

    @Test
    void the_encoder_refuses_times_that_do_not_rise() throws IOException {
        try (var encoder = new LandmarksEncoder(OutputStream.nullOutputStream(), HEADER)) {
            encoder.add(Frame.nobody(10));
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.add(Frame.nobody(10)));
        }
    }

    @Test
    void a_file_cut_off_anywhere_is_refused() throws IOException {
        byte[] file = encode(HEADER, BodyModel.doing(Move.SQUAT, 1).record().frames());
        for (int length = 0; length < file.length; length += 97)
            assertThat(refused(Arrays.copyOf(file, length))).isIn(Code.TRUNCATED, Code.NOT_GZIP);
        assertThat(refused(Arrays.copyOf(file, file.length - 1))).isIn(Code.TRUNCATED, Code.NOT_GZIP);
    }

    @Test
    void a_file_with_a_flipped_bit_is_refused_and_never_a_surprise() throws IOException {
        byte[] plain =
                unzip(encode(HEADER, BodyModel.doing(Move.SQUAT, 1).record().frames()));
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = plain.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(decode(zip(damaged))).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void bytes_that_are_no_recording_are_refused() throws IOException {
        assertThat(refused("a letter".getBytes(StandardCharsets.UTF_8))).isEqualTo(Code.NOT_GZIP);
        assertThat(refused(zip("a letter".getBytes(StandardCharsets.UTF_8)))).isIn(Code.NOT_THE_FORMAT, Code.TRUNCATED);
        assertThat(refused(zip(new byte[0]))).isEqualTo(Code.TRUNCATED);
    }

    @Test
    void a_zip_bomb_is_refused_before_it_unpacks() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            new Hostile(zipped).write(1, header(_ -> {}));
            for (int i = 0; i < 500; i++) { // half a gigabyte of zeros in chunks within their limit
                zipped.write(0x12);
                zipped.write(new byte[] {(byte) 0x80, (byte) 0x80, 0x3c}); // 983,040
                zipped.write(new byte[983_040]);
            }
        }
        assertThat(bytes.size()).isLessThan(1_000_000);
        assertThat(refused(bytes.toByteArray())).isIn(Code.RATIO, Code.NOT_THE_FORMAT);
        assertThat(refused(hostile(
                        header(_ -> {}),
                        List.of(
                                chunk(c -> c.setVisibility(ByteString.copyFrom(new byte[1_000_000]))),
                                chunk(c -> c.setVisibility(ByteString.copyFrom(new byte[1_000_000])))))))
                .isIn(Code.RATIO, Code.COLUMN_LENGTH);
        byte[] long1 = "x".repeat(2 << 20).getBytes(StandardCharsets.UTF_8);
        assertThat(refused(hostile(header(h -> h.setModelBytes(ByteString.copyFrom(long1))), List.of())))
                .isEqualTo(Code.CHUNK_TOO_LARGE);
    }

    @Test
    void a_message_that_claims_to_be_huge_takes_no_memory() throws IOException {
        byte[] claim = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        assertThat(refused(zip(claim))).isEqualTo(Code.CHUNK_TOO_LARGE);
    }

    @Test
    void absurd_headers_are_refused() throws IOException {
        assertThat(refused(hostile(header(h -> h.setSchema(2)), List.of()))).isEqualTo(Code.SCHEMA_UNKNOWN);
        assertThat(refused(hostile(header(h -> h.setLandmarks(1_000_000)), List.of())))
                .isEqualTo(Code.LANDMARK_COUNT);
        assertThat(refused(hostile(header(h -> h.setFps(Double.NaN)), List.of())))
                .isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(hostile(header(h -> h.setWidth(0)), List.of()))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(hostile(header(h -> h.setQuantum(-1)), List.of()))).isEqualTo(Code.HEADER_IMPOSSIBLE);
        assertThat(refused(hostile(header(h -> h.setVisibilityQuantum(1e-5)), List.of())))
                .isEqualTo(Code.HEADER_IMPOSSIBLE);
    }

    @Test
    void chunks_that_contradict_themselves_are_refused() throws IOException {
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(Chunk.Builder::clearX)))))
                .isEqualTo(Code.COLUMN_LENGTH);
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(c -> c.setPresent(ByteString.EMPTY))))))
                .isEqualTo(Code.COLUMN_LENGTH);
        assertThat(refused(hostile(
                        header(_ -> {}), List.of(chunk(c -> c.addAllStepMs(Collections.nCopies(3_000, 1)))))))
                .isEqualTo(Code.TOO_MANY);
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(c -> c.setX(0, Integer.MAX_VALUE))))))
                .isEqualTo(Code.OUT_OF_REACH);
    }

    @Test
    void times_that_stand_still_or_fall_are_refused() throws IOException {
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(c -> c.setStepMs(0, 0))))))
                .isEqualTo(Code.TIME_NOT_RISING);
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(c -> c.setStepMs(0, -5))))))
                .isEqualTo(Code.TIME_NOT_RISING);
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(c -> c.setStartMs(-1))))))
                .isEqualTo(Code.TIME_NOT_RISING);
        assertThat(refused(hostile(header(_ -> {}), List.of(chunk(_ -> {}), chunk(c -> c.setStartMs(33))))))
                .isEqualTo(Code.TIME_NOT_RISING);
    }

    @Test
    void a_wrong_digest_a_wrong_count_and_bytes_after_the_end_are_refused() throws IOException {
        byte[] plain = unzip(encode(HEADER, List.of(Frame.nobody(0), Frame.nobody(33))));
        byte[] digest = plain.clone();
        digest[digest.length - 1] ^= 1;
        assertThat(refused(zip(digest))).isEqualTo(Code.DIGEST);
        byte[] count = plain.clone();
        count[count.length - 35] = 3; // the trailer is: tag, length, 08, count, 12, 20, 32 bytes
        assertThat(refused(zip(count))).isEqualTo(Code.COUNT);
        assertThat(refused(zip(Arrays.copyOf(plain, plain.length + 1)))).isEqualTo(Code.TRAILING_BYTES);
    }

    @Test
    void the_limits_of_the_reader_hold() throws IOException {
        byte[] file = encode(HEADER, BodyModel.doing(Move.SQUAT, 5).record().frames());
        var few = new StreamLimits(1 << 20, 8 << 20, 60, 1 << 20, 100);
        assertThat(LandmarksDecoder.decode(new ByteArrayInputStream(file), few))
                .isEqualTo(new Decoded.Refused(new StreamProblem(Code.TOO_MANY, 0)));
        var small = new StreamLimits(1000, 8 << 20, 60, 1 << 20, 100_000);
        assertThat(LandmarksDecoder.decode(new ByteArrayInputStream(file), small))
                .isEqualTo(new Decoded.Refused(new StreamProblem(Code.TOO_LARGE, -1)));
        var unpacked = new StreamLimits(1 << 20, 10_000, 60, 1 << 20, 100_000);
        assertThat(LandmarksDecoder.decode(new ByteArrayInputStream(file), unpacked))
                .isInstanceOf(Decoded.Refused.class);
    }

    private static MessageLite header(Consumer<Header.Builder> change) {
        Header.Builder header = Header.newBuilder()
                .setSchema(1)
                .setModel("m")
                .setFps(30)
                .setWidth(640)
                .setHeight(480)
                .setLandmarks(33)
                .setQuantum(1.0 / 4000)
                .setDepthQuantum(1.0 / 400)
                .setVisibilityQuantum(1.0 / 32);
        change.accept(header);
        return header.build();
    }

    /** Two frames with a person, then one change. */
    private static MessageLite chunk(Consumer<Chunk.Builder> change) {
        List<Integer> zeros = new ArrayList<>(Collections.nCopies(66, 0));
        Chunk.Builder chunk = Chunk.newBuilder()
                .addStepMs(33)
                .setPresent(ByteString.copyFrom(new byte[] {3}))
                .addAllX(zeros)
                .addAllY(zeros)
                .addAllZ(zeros)
                .setVisibility(ByteString.copyFrom(new byte[66]));
        change.accept(chunk);
        return chunk.build();
    }

    private static byte[] hostile(MessageLite header, List<MessageLite> chunks) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            var file = new Hostile(zipped);
            file.write(1, header);
            for (MessageLite chunk : chunks) file.write(2, chunk);
            file.write(3, Trailer.newBuilder().setFrames(2 * chunks.size()).build());
        }
        return bytes.toByteArray();
    }

    private record Hostile(OutputStream out) {
        void write(int field, MessageLite message) throws IOException {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeMessage(field, message);
            coded.flush();
        }
    }

    private static byte[] zip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            zipped.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] unzip(byte[] file) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    }
}
