package health.carryover.platform.streams;

import health.carryover.platform.streams.StreamProblem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a file that is exactly one gzip member (RFC 1952) without optional fields. The reader of the JDK takes more: it
 * follows a chain of empty members by calling itself until the stack ends, overlooks bytes after the last one, and
 * accepts file names and comments, in which a person's name may stand.
 */
final class GzipReader implements AutoCloseable {
    private static final int[] MAGIC = {0x1f, 0x8b, 8, 0};
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private final InputStream in;
    private final long most;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[8192];
    private int filled;
    private long compressed;
    private long unpacked;
    private boolean ended;

    /** @param most compressed bytes that are read at most */
    GzipReader(InputStream in, long most) throws IOException {
        this.in = in;
        this.most = most;
        byte[] header = in.readNBytes(HEADER);
        took(header.length);
        for (int i = 0; i < Math.min(header.length, MAGIC.length); i++)
            if ((header[i] & 0xff) != MAGIC[i]) throw new Refusal(Code.NOT_GZIP);
        if (header.length < HEADER) throw new Refusal(Code.TRUNCATED);
    }

    /** @return how many bytes were read, at least 1; -1 at the end, whose checksum was right then */
    int read(byte[] into, int offset, int length) throws IOException {
        if (ended) return -1;
        try {
            while (true) {
                int n = inflater.inflate(into, offset, length);
                if (n > 0) {
                    crc.update(into, offset, n);
                    unpacked += n;
                    return n;
                }
                if (inflater.finished()) {
                    end();
                    return -1;
                }
                if (!inflater.needsInput()) throw new Refusal(Code.NOT_GZIP); // asks for a dictionary
                if (!fill()) throw new Refusal(Code.TRUNCATED);
                inflater.setInput(buffer, 0, filled);
            }
        } catch (DataFormatException e) {
            throw new Refusal(Code.NOT_GZIP, e);
        }
    }

    /** Compressed bytes taken so far. */
    long compressed() {
        return compressed;
    }

    private boolean fill() throws IOException {
        filled = in.read(buffer, 0, buffer.length);
        if (filled < 0) return false;
        took(filled);
        return true;
    }

    private void took(int bytes) throws Refusal {
        compressed += bytes;
        if (compressed > most) throw new Refusal(Code.TOO_LARGE);
    }

    private void end() throws IOException {
        ended = true;
        byte[] trailer = new byte[TRAILER + 1];
        int rest = Math.min(inflater.getRemaining(), trailer.length);
        System.arraycopy(buffer, filled - inflater.getRemaining(), trailer, 0, rest);
        int read = in.readNBytes(trailer, rest, trailer.length - rest);
        took(read);
        if (rest + read < TRAILER) throw new Refusal(Code.TRUNCATED);
        if (littleEndian(trailer, 0) != crc.getValue() || littleEndian(trailer, 4) != (unpacked & 0xffff_ffffL))
            throw new Refusal(Code.NOT_GZIP);
        if (rest + read > TRAILER) throw new Refusal(Code.TRAILING_BYTES);
    }

    private static long littleEndian(byte[] bytes, int at) {
        long value = 0;
        for (int i = 3; i >= 0; i--) value = value << 8 | bytes[at + i] & 0xff;
        return value;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
