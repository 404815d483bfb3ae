package health.carryover.platform.streams;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What must hold of every input, checked in the fuzzed process itself. */
final class FuzzBounds {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Bytes that reading may allocate besides: buffers, one message of a megabyte and what a column of it becomes. A file
     * may unpack to a megabyte before its ratio is looked at.
     */
    private static final long BESIDES = 48L << 20;

    /** Allocated per byte of the file: frames and blocks that the test keeps, and the fuzzer's own watching. */
    private static final long A_BYTE = 2_000;

    private FuzzBounds() {}

    interface Reading<T> {
        T run() throws IOException;
    }

    /** The reading may be run a second time: the first one also loads classes, which Jazzer rewrites on the way. */
    static <T> T bounded(int fileBytes, Reading<T> reading) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = reading.run();
        long most = BESIDES + A_BYTE * fileBytes;
        if (THREADS.getCurrentThreadAllocatedBytes() - before <= most) return result;
        before = THREADS.getCurrentThreadAllocatedBytes();
        result = reading.run();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        require(allocated <= most, "memory: " + allocated + " for " + fileBytes);
        return result;
    }

    static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("does not hold: " + what);
    }
}
