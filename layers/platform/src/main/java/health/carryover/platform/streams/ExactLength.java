package health.carryover.platform.streams;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose length is known from elsewhere: an end before it is a broken connection, to be tried again, and must not
 * be taken for a file that was cut off.
 */
public final class ExactLength extends FilterInputStream {
    private long left;

    public ExactLength(InputStream in, long length) {
        super(in);
        left = length;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        took(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        took(n);
        return n;
    }

    private void took(int n) throws IOException {
        if (n < 0 && left > 0) throw new IOException("the connection ended " + left + " bytes early");
        if (n > 0) left -= n;
    }
}
