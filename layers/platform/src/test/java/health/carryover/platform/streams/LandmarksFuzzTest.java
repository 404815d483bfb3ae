package health.carryover.platform.streams;

import static health.carryover.platform.streams.FuzzBounds.bounded;
import static health.carryover.platform.streams.FuzzBounds.require;
import static health.carryover.platform.streams.StreamFiles.landmarks;

import com.code_intelligence.jazzer.junit.FuzzTest;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import health.carryover.platform.streams.LandmarksDecoder.Streamed;
import health.carryover.platform.streams.wire.Trailer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code landmarks.v1} under Jazzer: whatever the bytes, the decoder answers, keeps to its memory, and hands out frames
 * that are frames. In the normal run only the seeds are replayed; CONTRIBUTING.md says how to look for more.
 */
class LandmarksFuzzTest {
    private record Read(Streamed outcome, LandmarksHeader header, List<Frame> frames) {}

    private static Read read(byte[] file) throws IOException {
        Read read = bounded(file.length, () -> {
            AtomicReference<LandmarksHeader> header = new AtomicReference<>();
            List<Frame> frames = new ArrayList<>();
            Streamed outcome = LandmarksDecoder.stream(
                    new ByteArrayInputStream(file), StreamLimits.LANDMARKS, header::set, frames::add);
            return new Read(outcome, header.get(), frames);
        });
        long last = -1;
        for (Frame frame : read.frames()) {
            require(frame.timeMs() > last, "frame times rise");
            last = frame.timeMs();
            if (frame.hasPerson())
                for (Landmark landmark : Landmark.values())
                    require(
                            Math.abs(frame.x(landmark)) <= 100
                                    && Math.abs(frame.y(landmark)) <= 100
                                    && Math.abs(frame.z(landmark)) <= 100
                                    && frame.visibility(landmark) >= 0
                                    && frame.visibility(landmark) <= 1,
                            "landmarks are within reach");
        }
        return read;
    }

    /** The file as it comes. */
    @FuzzTest(maxDuration = "5m")
    void file(byte[] file) throws IOException {
        read(file);
    }

    /** Header and chunks behind the gzip; they get the trailer that belongs to them, so that the end is reached too. */
    @FuzzTest(maxDuration = "5m")
    void content(byte[] content) throws IOException {
        int frames = read(StreamFiles.zip(content)).frames().size();
        Read whole = read(StreamFiles.finished(
                content,
                sha256 ->
                        Trailer.newBuilder().setFrames(frames).setSha256(sha256).build()));
        if (!(whole.outcome() instanceof Streamed.Whole)) return;
        Read again = read(landmarks(whole.header(), whole.frames()));
        require(again.outcome() instanceof Streamed.Whole, "what was read can be written and read again");
        require(again.header().equals(whole.header()), "the header comes back");
        for (int i = 0; i < whole.frames().size(); i++) {
            Frame before = whole.frames().get(i);
            Frame after = again.frames().get(i);
            require(
                    before.timeMs() == after.timeMs() && before.hasPerson() == after.hasPerson(),
                    "the frames come back");
        }
    }
}
