package health.carryover.platform.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import health.carryover.platform.streams.LandmarksProblem.Code;
import health.carryover.platform.streams.wire.Chunk;
import health.carryover.platform.streams.wire.Header;
import health.carryover.platform.streams.wire.LandmarksFile;
import health.carryover.platform.streams.wire.Trailer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code landmarks.v1} chunk by chunk and trusts nothing in it: every count is checked before memory is taken for
 * it. What it hands out before the end is not yet verified; only {@link Streamed.Whole} says that the digest matched.
 */
public final class LandmarksDecoder {
    /** The outcome of reading frame by frame. */
    public sealed interface Streamed {
        record Whole(LandmarksHeader header, int frames) implements Streamed {}

        record Refused(LandmarksProblem problem) implements Streamed {}
    }

    /** The outcome of reading a whole recording. */
    public sealed interface Decoded {
        record Whole(LandmarksHeader header, Recording recording) implements Decoded {}

        record Refused(LandmarksProblem problem) implements Decoded {}
    }

    private static final int LENGTH_DELIMITED = 2;
    private static final int FAR = 100;

    private final LandmarksLimits limits;
    private final Counting compressed;
    private final InputStream unpacked;
    private final MessageDigest digest = LandmarksEncoder.sha256();
    private final Consumer<LandmarksHeader> onHeader;
    private final Consumer<Frame> onFrame;
    private long unpackedBytes;
    private int chunk = -1;
    private int frames;
    private long lastMs = -1;

    private LandmarksDecoder(
            Counting compressed, LandmarksLimits limits, Consumer<LandmarksHeader> onHeader, Consumer<Frame> onFrame)
            throws IOException {
        this.compressed = compressed;
        this.limits = limits;
        this.onHeader = onHeader;
        this.onFrame = onFrame;
        unpacked = new GZIPInputStream(compressed, 8192);
    }

    /**
     * Reads frame by frame.
     * @param onHeader called once, before the first frame
     * @param onFrame called for each frame, oldest first, before the digest is known
     * @throws IOException if the stream itself cannot be read; a bad file is a value
     */
    public static Streamed stream(
            InputStream in, LandmarksLimits limits, Consumer<LandmarksHeader> onHeader, Consumer<Frame> onFrame)
            throws IOException {
        int chunk = -1;
        try {
            Counting counting = new Counting(in, limits.compressedBytes());
            LandmarksDecoder decoder = new LandmarksDecoder(counting, limits, onHeader, onFrame);
            try {
                return decoder.read();
            } finally {
                chunk = decoder.chunk;
            }
        } catch (Refusal e) {
            return new Streamed.Refused(new LandmarksProblem(e.code, chunk));
        } catch (InvalidProtocolBufferException e) {
            return new Streamed.Refused(new LandmarksProblem(Code.NOT_LANDMARKS, chunk));
        } catch (EOFException e) {
            return new Streamed.Refused(new LandmarksProblem(Code.TRUNCATED, chunk));
        } catch (ZipException e) {
            return new Streamed.Refused(new LandmarksProblem(Code.NOT_GZIP, chunk));
        }
    }

    /** Reads a whole recording. */
    public static Decoded decode(InputStream in, LandmarksLimits limits) throws IOException {
        List<Frame> frames = new ArrayList<>();
        Streamed outcome = stream(in, limits, _ -> {}, frames::add);
        return switch (outcome) {
            case Streamed.Refused(LandmarksProblem problem) -> new Decoded.Refused(problem);
            case Streamed.Whole(LandmarksHeader header, int _) ->
                new Decoded.Whole(header, new Recording(header.size(), header.fps(), frames));
        };
    }

    private Streamed read() throws IOException {
        @Nullable Quanta quanta = null;
        @Nullable LandmarksHeader header = null;
        while (true) {
            byte[] sum = snapshot();
            int tag = unpacked.read();
            if (tag < 0) throw new EOFException("no trailer");
            took(1);
            int field = tag >> 3;
            if ((tag & 7) != LENGTH_DELIMITED) throw new Refusal(Code.NOT_LANDMARKS);
            if (header == null || quanta == null) {
                if (field != LandmarksFile.HEADER_FIELD_NUMBER) throw new Refusal(Code.NOT_LANDMARKS);
                Header wire = Header.parseFrom(message(tag));
                header = header(wire);
                quanta = new Quanta(wire.getQuantum(), wire.getDepthQuantum(), wire.getVisibilityQuantum());
                onHeader.accept(header);
            } else if (field == LandmarksFile.CHUNKS_FIELD_NUMBER) {
                chunk++;
                chunk(Chunk.parseFrom(message(tag)), quanta);
            } else if (field == LandmarksFile.TRAILER_FIELD_NUMBER) {
                Trailer trailer = Trailer.parseFrom(message(tag));
                if (!MessageDigest.isEqual(sum, trailer.getSha256().toByteArray())) throw new Refusal(Code.DIGEST);
                if (trailer.getFrames() != frames) throw new Refusal(Code.FRAME_COUNT);
                if (unpacked.read() >= 0) throw new Refusal(Code.TRAILING_BYTES);
                return new Streamed.Whole(header, frames);
            } else {
                throw new Refusal(Code.NOT_LANDMARKS);
            }
        }
    }

    /** The digest of everything read so far; the digest goes on. */
    private byte[] snapshot() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java cannot copy a SHA-256", e);
        }
    }

    /** The bytes of a length-delimited field, its tag read already. */
    private byte[] message(int tag) throws IOException {
        digest.update((byte) tag);
        long length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = unpacked.read();
            if (next < 0) throw new EOFException("in a length");
            if (shift > 28) throw new Refusal(Code.NOT_LANDMARKS);
            digest.update((byte) next);
            took(1);
            length |= (long) (next & 0x7f) << shift;
            if (next < 0x80) break;
        }
        if (length > limits.chunkBytes()) throw new Refusal(Code.CHUNK_TOO_LARGE);
        byte[] bytes = new byte[(int) length];
        int at = 0;
        while (at < bytes.length) { // in pieces, so that a bomb is noticed early
            int n = unpacked.read(bytes, at, Math.min(65_536, bytes.length - at));
            if (n < 0) throw new EOFException("in a message");
            at += n;
            took(n);
        }
        digest.update(bytes);
        return bytes;
    }

    private void took(int bytes) throws Refusal {
        unpackedBytes += bytes;
        if (unpackedBytes > limits.unpackedBytes()) throw new Refusal(Code.TOO_LARGE);
        if (unpackedBytes > 1 << 20 && unpackedBytes > limits.ratio() * compressed.bytes) throw new Refusal(Code.RATIO);
    }

    private LandmarksHeader header(Header wire) throws Refusal {
        if (wire.getSchema() != LandmarksEncoder.SCHEMA) throw new Refusal(Code.SCHEMA_UNKNOWN);
        if (wire.getLandmarks() != Landmark.COUNT) throw new Refusal(Code.LANDMARK_COUNT);
        if (!isStep(wire.getQuantum())
                || !isStep(wire.getDepthQuantum())
                || !isStep(wire.getVisibilityQuantum())
                || wire.getVisibilityQuantum() < 1.0 / 256) throw new Refusal(Code.HEADER_IMPOSSIBLE);
        try {
            var size = new ImageSize(wire.getWidth(), wire.getHeight());
            return new LandmarksHeader(wire.getModel(), wire.getModelVersion(), wire.getFps(), size);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Code.HEADER_IMPOSSIBLE, e);
        }
    }

    private static boolean isStep(double quantum) {
        return quantum >= 1e-6 && quantum <= 1;
    }

    private record Quanta(double position, double depth, double visibility) {}

    private void chunk(Chunk wire, Quanta quanta) throws Refusal {
        int count = wire.getStepMsCount() + 1;
        if (count > LandmarksEncoder.CHUNK_FRAMES || count > limits.frames() - frames)
            throw new Refusal(Code.TOO_MANY_FRAMES);
        byte[] present = wire.getPresent().toByteArray();
        if (present.length != (count + 7) / 8) throw new Refusal(Code.COLUMN_LENGTH);
        int seen = 0;
        for (int i = 0; i < count; i++) seen += present[i / 8] >> i % 8 & 1;
        int values = seen * Landmark.COUNT;
        if (wire.getXCount() != values
                || wire.getYCount() != values
                || wire.getZCount() != values
                || wire.getVisibility().size() != values) throw new Refusal(Code.COLUMN_LENGTH);
        float[][] people = new float[seen][Landmark.COUNT * 4];
        column(people, 0, wire::getX, quanta.position());
        column(people, 1, wire::getY, quanta.position());
        column(people, 2, wire::getZ, quanta.depth());
        visibility(people, wire.getVisibility().toByteArray(), quanta.visibility());
        long time = wire.getStartMs();
        int person = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                int step = wire.getStepMs(i - 1);
                if (step <= 0) throw new Refusal(Code.TIME_NOT_RISING);
                time += step;
            }
            if (time <= lastMs) throw new Refusal(Code.TIME_NOT_RISING);
            lastMs = time;
            boolean hasPerson = (present[i / 8] >> i % 8 & 1) == 1;
            onFrame.accept(hasPerson ? Frame.of(time, people[person++]) : Frame.nobody(time));
        }
        frames += count;
    }

    private static void column(float[][] people, int field, IntToDoubleFunction differences, double quantum)
            throws Refusal {
        int at = 0;
        for (int landmark = 0; landmark < Landmark.COUNT; landmark++) {
            double steps = 0;
            for (float[] person : people) {
                steps += differences.applyAsDouble(at++);
                if (!(Math.abs(steps * quantum) <= FAR)) throw new Refusal(Code.COORDINATE);
                person[landmark * 4 + field] = (float) (steps * quantum);
            }
        }
    }

    private static void visibility(float[][] people, byte[] differences, double quantum) {
        int at = 0;
        for (int landmark = 0; landmark < Landmark.COUNT; landmark++) {
            int steps = 0;
            for (float[] person : people) {
                steps = steps + differences[at++] & 0xff;
                person[landmark * 4 + 3] = (float) Math.min(1, steps * quantum);
            }
        }
    }

    /** Ends the reading of a bad file; becomes a value at the edge. */
    private static final class Refusal extends IOException {
        private static final long serialVersionUID = 1;
        private final Code code;

        Refusal(Code code) {
            super(code.name());
            this.code = code;
        }

        Refusal(Code code, Throwable cause) {
            super(code.name(), cause);
            this.code = code;
        }
    }

    private static final class Counting extends FilterInputStream {
        private final long most;
        private long bytes;

        Counting(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) took(1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) took(n);
            return n;
        }

        private void took(int n) throws Refusal {
            bytes += n;
            if (bytes > most) throw new Refusal(Code.TOO_LARGE);
        }
    }
}
