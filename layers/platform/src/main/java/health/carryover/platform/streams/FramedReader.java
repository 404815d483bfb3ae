package health.carryover.platform.streams;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import health.carryover.platform.streams.StreamProblem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What {@code landmarks.v1} and {@code imu.v1} have in common: gzip outside; inside header, chunks and trailer, in this
 * order, as the fields 1, 2 and 3 of one protobuf message; in the trailer the SHA-256 of every byte before its own tag.
 * Trusts nothing: every length is checked before memory is taken for it.
 */
final class FramedReader {
    static final int HEADER = 1;
    static final int CHUNK = 2;
    static final int TRAILER = 3;

    /** What a format makes of the messages. Each may refuse. */
    interface Content {
        void header(byte[] message) throws IOException;

        void chunk(byte[] message) throws IOException;

        /** @param sha256 of everything before the trailer */
        void trailer(byte[] message, byte[] sha256) throws IOException;
    }

    private static final int LENGTH_DELIMITED = 2;

    /** Header and trailer have a handful of numbers and names. */
    private static final int LARGEST_END = 1 << 16;

    /** Looked at only from here on: a short file of nobody packs very well. */
    private static final int RATIO_FROM = 1 << 20;

    private final GzipReader in;
    private final StreamLimits limits;
    private final Content content;
    private final MessageDigest digest = FramedWriter.sha256();
    private final byte[] one = new byte[1];
    private long unpacked;
    private int chunk = -1;

    private FramedReader(GzipReader in, StreamLimits limits, Content content) {
        this.in = in;
        this.limits = limits;
        this.content = content;
    }

    /**
     * Reads a file to its end.
     * @return why it is refused, empty if it is whole
     * @throws IOException if the stream itself cannot be read; a bad file is a value
     */
    static Optional<StreamProblem> read(InputStream in, StreamLimits limits, Content content) throws IOException {
        int chunk = -1;
        try (GzipReader gzip = new GzipReader(in, limits.compressedBytes())) {
            FramedReader reader = new FramedReader(gzip, limits, content);
            try {
                reader.read();
                return Optional.empty();
            } finally {
                chunk = reader.chunk;
            }
        } catch (Refusal e) {
            return Optional.of(new StreamProblem(e.code(), chunk));
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(new StreamProblem(Code.NOT_THE_FORMAT, chunk));
        }
    }

    /** Unknown fields are not kept: as objects they would take many times the room that they have in the file. */
    static <M extends Message> M parse(Parser<M> parser, byte[] message) throws InvalidProtocolBufferException {
        return DiscardUnknownFieldsParser.wrap(parser).parseFrom(message);
    }

    /** A step of a column that makes sense: finite, positive, neither absurdly fine nor coarse. */
    static boolean isStep(double quantum) {
        return quantum >= 1e-6 && quantum <= 1;
    }

    private void read() throws IOException {
        boolean begun = false;
        while (true) {
            byte[] sum = snapshot();
            if (in.read(one, 0, 1) < 0) throw new Refusal(Code.TRUNCATED); // no trailer
            took(1);
            int tag = one[0];
            int field = tag >> 3;
            if ((tag & 7) != LENGTH_DELIMITED || begun == (field == HEADER)) throw new Refusal(Code.NOT_THE_FORMAT);
            switch (field) {
                case HEADER -> {
                    content.header(message(LARGEST_END));
                    begun = true;
                }
                case CHUNK -> {
                    chunk++;
                    content.chunk(message(limits.chunkBytes()));
                }
                case TRAILER -> {
                    content.trailer(message(LARGEST_END), sum);
                    if (in.read(one, 0, 1) >= 0) throw new Refusal(Code.TRAILING_BYTES);
                    return;
                }
                default -> throw new Refusal(Code.NOT_THE_FORMAT);
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
    private byte[] message(int most) throws IOException {
        digest.update(one);
        long length = 0;
        for (int shift = 0; ; shift += 7) {
            if (in.read(one, 0, 1) < 0) throw new Refusal(Code.TRUNCATED);
            if (shift > 28) throw new Refusal(Code.NOT_THE_FORMAT);
            digest.update(one);
            took(1);
            length |= (long) (one[0] & 0x7f) << shift;
            if (one[0] >= 0) break;
        }
        if (length > Math.min(most, limits.chunkBytes())) throw new Refusal(Code.CHUNK_TOO_LARGE);
        byte[] bytes = new byte[(int) length];
        int at = 0;
        while (at < bytes.length) { // in pieces, so that a bomb is noticed early
            int n = in.read(bytes, at, Math.min(65_536, bytes.length - at));
            if (n < 0) throw new Refusal(Code.TRUNCATED);
            at += n;
            took(n);
        }
        digest.update(bytes);
        return bytes;
    }

    private void took(int bytes) throws Refusal {
        unpacked += bytes;
        if (unpacked > limits.unpackedBytes()) throw new Refusal(Code.TOO_LARGE);
        if (unpacked > RATIO_FROM && unpacked > limits.ratio() * in.compressed()) throw new Refusal(Code.RATIO);
    }
}
