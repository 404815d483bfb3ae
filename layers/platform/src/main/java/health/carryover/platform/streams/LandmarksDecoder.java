package health.carryover.platform.streams;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import health.carryover.platform.streams.StreamProblem.Code;
import health.carryover.platform.streams.wire.Chunk;
import health.carryover.platform.streams.wire.Header;
import health.carryover.platform.streams.wire.Trailer;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code landmarks.v1} chunk by chunk and trusts nothing in it: every count is checked before memory is taken for
 * it. What it hands out before the end is not yet verified; only {@link Streamed.Whole} says that the digest matched.
 */
public final class LandmarksDecoder implements FramedReader.Content {
    /** The outcome of reading frame by frame. */
    public sealed interface Streamed {
        record Whole(LandmarksHeader header, int frames) implements Streamed {}

        record Refused(StreamProblem problem) implements Streamed {}
    }

    /** The outcome of reading a whole recording. */
    public sealed interface Decoded {
        record Whole(LandmarksHeader header, Recording recording) implements Decoded {}

        record Refused(StreamProblem problem) implements Decoded {}
    }

    private static final int FAR = 100;
    private static final long LONGEST_MS = 24 * 3_600_000L;

    private final StreamLimits limits;
    private final Consumer<LandmarksHeader> onHeader;
    private final Consumer<Frame> onFrame;
    private @Nullable LandmarksHeader header;
    private Quanta quanta = new Quanta(1, 1, 1);
    private int frames;
    private long lastMs = -1;

    private LandmarksDecoder(StreamLimits limits, Consumer<LandmarksHeader> onHeader, Consumer<Frame> onFrame) {
        this.limits = limits;
        this.onHeader = onHeader;
        this.onFrame = onFrame;
    }

    /**
     * Reads frame by frame.
     * @param onHeader called once, before the first frame
     * @param onFrame called for each frame, oldest first, before the digest is known
     * @throws IOException if the stream itself cannot be read; a bad file is a value
     */
    public static Streamed stream(
            InputStream in, StreamLimits limits, Consumer<LandmarksHeader> onHeader, Consumer<Frame> onFrame)
            throws IOException {
        LandmarksDecoder decoder = new LandmarksDecoder(limits, onHeader, onFrame);
        Optional<StreamProblem> problem = FramedReader.read(in, limits, decoder);
        if (problem.isPresent()) return new Streamed.Refused(problem.get());
        return new Streamed.Whole(Objects.requireNonNull(decoder.header), decoder.frames);
    }

    /** Reads a whole recording. */
    public static Decoded decode(InputStream in, StreamLimits limits) throws IOException {
        List<Frame> frames = new ArrayList<>();
        Streamed outcome = stream(in, limits, _ -> {}, frames::add);
        return switch (outcome) {
            case Streamed.Refused(StreamProblem problem) -> new Decoded.Refused(problem);
            case Streamed.Whole(LandmarksHeader header, int _) ->
                new Decoded.Whole(header, new Recording(header.size(), header.fps(), frames));
        };
    }

    @Override
    public void header(byte[] message) throws IOException {
        Header wire = FramedReader.parse(Header.parser(), message);
        header = header(wire);
        quanta = new Quanta(wire.getQuantum(), wire.getDepthQuantum(), wire.getVisibilityQuantum());
        onHeader.accept(header);
    }

    @Override
    public void trailer(byte[] message, byte[] sha256) throws IOException {
        Trailer trailer = FramedReader.parse(Trailer.parser(), message);
        if (!MessageDigest.isEqual(sha256, trailer.getSha256().toByteArray())) throw new Refusal(Code.DIGEST);
        if (trailer.getFrames() != frames) throw new Refusal(Code.COUNT);
    }

    private LandmarksHeader header(Header wire) throws Refusal {
        if (wire.getSchema() != LandmarksEncoder.SCHEMA) throw new Refusal(Code.SCHEMA_UNKNOWN);
        if (wire.getLandmarks() != Landmark.COUNT) throw new Refusal(Code.LANDMARK_COUNT);
        if (!FramedReader.isStep(wire.getQuantum())
                || !FramedReader.isStep(wire.getDepthQuantum())
                || !FramedReader.isStep(wire.getVisibilityQuantum())
                || wire.getVisibilityQuantum() < 1.0 / 256) throw new Refusal(Code.HEADER_IMPOSSIBLE);
        try {
            var size = new ImageSize(wire.getWidth(), wire.getHeight());
            return new LandmarksHeader(wire.getModel(), wire.getModelVersion(), wire.getFps(), size);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Code.HEADER_IMPOSSIBLE, e);
        }
    }

    private record Quanta(double position, double depth, double visibility) {}

    @Override
    public void chunk(byte[] message) throws IOException {
        Chunk wire = FramedReader.parse(Chunk.parser(), message);
        int count = wire.getStepMsCount() + 1;
        if (count > LandmarksEncoder.CHUNK_FRAMES || count > limits.items() - frames) throw new Refusal(Code.TOO_MANY);
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
            if (time > LONGEST_MS) throw new Refusal(Code.OUT_OF_REACH);
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
                if (!(Math.abs(steps * quantum) <= FAR)) throw new Refusal(Code.OUT_OF_REACH);
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
}
