package health.carryover.platform.streams;

import static health.carryover.platform.streams.FuzzBounds.bounded;
import static health.carryover.platform.streams.FuzzBounds.require;
import static health.carryover.platform.streams.StreamFiles.imu;

import com.code_intelligence.jazzer.junit.FuzzTest;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.platform.streams.ImuDecoder.Streamed;
import health.carryover.platform.streams.wire.imu.Trailer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code imu.v1} under Jazzer: whatever the bytes, the decoder answers, keeps to its memory, and hands out blocks that are
 * blocks ({@link ImuBlock} refuses others itself, which would show here). In the normal run only the seeds are replayed;
 * CONTRIBUTING.md says how to look for more.
 */
class ImuFuzzTest {
    private record Read(Streamed outcome, ImuHeader header, List<ImuBlock> blocks) {}

    private static Read read(byte[] file) throws IOException {
        Read read = bounded(file.length, () -> {
            AtomicReference<ImuHeader> header = new AtomicReference<>();
            List<ImuBlock> blocks = new ArrayList<>();
            Streamed outcome =
                    ImuDecoder.stream(new ByteArrayInputStream(file), StreamLimits.IMU, header::set, blocks::add);
            return new Read(outcome, header.get(), blocks);
        });
        for (ImuBlock block : read.blocks())
            require(block.sensor() < read.header().sensors().size(), "a block is of a sensor of the header");
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
        List<ImuBlock> blocks = read(StreamFiles.zip(content)).blocks();
        Read whole = read(StreamFiles.finished(
                content,
                sha256 -> Trailer.newBuilder()
                        .setSamples(blocks.stream().mapToLong(ImuBlock::samples).sum())
                        .setChunks(blocks.size())
                        .setSha256(sha256)
                        .build()));
        if (!(whole.outcome() instanceof Streamed.Whole) || stepsTooLong(whole.blocks())) return;
        Read again = read(imu(whole.header(), whole.blocks()));
        require(again.outcome() instanceof Streamed.Whole, "what was read can be written and read again");
        require(again.header().equals(whole.header()), "the header comes back");
        for (int i = 0; i < whole.blocks().size(); i++) {
            ImuBlock before = whole.blocks().get(i);
            ImuBlock after = again.blocks().get(i);
            require(
                    before.firstSequence() == after.firstSequence()
                            && before.samples() == after.samples()
                            && before.timeUs(before.samples() - 1) == after.timeUs(after.samples() - 1)
                            && before.batteryPercent() == after.batteryPercent(),
                    "the blocks come back");
        }
    }

    private static boolean stepsTooLong(List<ImuBlock> blocks) {
        for (ImuBlock block : blocks)
            for (int i = 1; i < block.samples(); i++)
                if (block.timeUs(i) - block.timeUs(i - 1) > Integer.MAX_VALUE) return true;
        return false;
    }
}
