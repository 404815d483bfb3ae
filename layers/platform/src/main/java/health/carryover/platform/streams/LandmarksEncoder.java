package health.carryover.platform.streams;

import com.google.protobuf.ByteString;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import health.carryover.platform.streams.wire.Chunk;
import health.carryover.platform.streams.wire.Header;
import health.carryover.platform.streams.wire.Trailer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code landmarks.v1}, holding at most ten seconds of frames. Close it: the trailer makes the file complete.
 * Positions are kept to 1/4000 of the image, depth to 1/400 of its width, visibility to 1/32.
 */
public final class LandmarksEncoder implements AutoCloseable {
    static final int SCHEMA = 1;
    static final long CHUNK_MS = 10_000;
    static final int CHUNK_FRAMES = 2_400;
    static final double QUANTUM = 1.0 / 4000;
    static final double DEPTH_QUANTUM = 1.0 / 400;
    static final double VISIBILITY_QUANTUM = 1.0 / 32;

    private final FramedWriter out;
    private final List<Frame> frames = new ArrayList<>();
    private long lastMs = -1;
    private int count;
    private boolean closed;

    /** Writes the header at once; closes {@code out} when it is closed itself. */
    public LandmarksEncoder(OutputStream out, LandmarksHeader header) throws IOException {
        this.out = new FramedWriter(out);
        this.out.header(Header.newBuilder()
                .setSchema(SCHEMA)
                .setModel(header.model())
                .setModelVersion(header.modelVersion())
                .setFps(header.fps())
                .setWidth(header.size().width())
                .setHeight(header.size().height())
                .setLandmarks(Landmark.COUNT)
                .setQuantum(QUANTUM)
                .setDepthQuantum(DEPTH_QUANTUM)
                .setVisibilityQuantum(VISIBILITY_QUANTUM)
                .build());
    }

    /** @throws IllegalArgumentException if the time of the frame is not after the last one's */
    public void add(Frame frame) throws IOException {
        if (closed) throw new IllegalStateException("closed");
        if (frame.timeMs() <= lastMs) throw new IllegalArgumentException("frame times do not rise strictly");
        if (!frames.isEmpty()
                && (frame.timeMs() - frames.getFirst().timeMs() >= CHUNK_MS || frames.size() == CHUNK_FRAMES)) flush();
        frames.add(frame);
        lastMs = frame.timeMs();
        count++;
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try (out) {
            flush();
            out.trailer(sha256 ->
                    Trailer.newBuilder().setFrames(count).setSha256(sha256).build());
        }
    }

    private void flush() throws IOException {
        if (frames.isEmpty()) return;
        Chunk.Builder chunk = Chunk.newBuilder().setStartMs(frames.getFirst().timeMs());
        byte[] present = new byte[(frames.size() + 7) / 8];
        List<Frame> seen = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (i > 0) chunk.addStepMs((int) (frame.timeMs() - frames.get(i - 1).timeMs()));
            if (frame.hasPerson()) {
                present[i / 8] |= (byte) (1 << i % 8);
                seen.add(frame);
            }
        }
        byte[] visibility = new byte[seen.size() * Landmark.COUNT];
        int at = 0;
        for (Landmark landmark : Landmark.values()) {
            int x = 0;
            int y = 0;
            int z = 0;
            int v = 0;
            for (Frame frame : seen) {
                int nextX = steps(frame.x(landmark), QUANTUM);
                int nextY = steps(frame.y(landmark), QUANTUM);
                int nextZ = steps(frame.z(landmark), DEPTH_QUANTUM);
                int nextV = steps(frame.visibility(landmark), VISIBILITY_QUANTUM);
                chunk.addX(nextX - x).addY(nextY - y).addZ(nextZ - z);
                visibility[at++] = (byte) (nextV - v);
                x = nextX;
                y = nextY;
                z = nextZ;
                v = nextV;
            }
        }
        out.chunk(chunk.setPresent(ByteString.copyFrom(present))
                .setVisibility(ByteString.copyFrom(visibility))
                .build());
        frames.clear();
    }

    private static int steps(float value, double quantum) {
        return (int) Math.round(value / quantum);
    }
}
