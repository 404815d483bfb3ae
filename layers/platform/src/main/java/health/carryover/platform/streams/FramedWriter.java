package health.carryover.platform.streams;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes what {@link FramedReader} reads. Without its trailer a file is not complete. */
final class FramedWriter implements AutoCloseable {
    private final OutputStream zipped;
    private final MessageDigest digest = sha256();
    private final CodedOutputStream out;

    /** Closes {@code out} when it is closed itself. */
    FramedWriter(OutputStream out) throws IOException {
        zipped = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
        this.out = CodedOutputStream.newInstance(new DigestOutputStream(zipped, digest));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void header(MessageLite header) throws IOException {
        write(FramedReader.HEADER, header);
    }

    void chunk(MessageLite chunk) throws IOException {
        write(FramedReader.CHUNK, chunk);
    }

    /** @param trailer of the SHA-256 of everything written before */
    void trailer(Function<ByteString, MessageLite> trailer) throws IOException {
        write(FramedReader.TRAILER, trailer.apply(ByteString.copyFrom(digest.digest())));
    }

    private void write(int field, MessageLite message) throws IOException {
        out.writeMessage(field, message);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        zipped.close();
    }
}
