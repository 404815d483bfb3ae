package health.carryover.platform.streams;

import static health.carryover.platform.streams.StreamFiles.HEADER;
import static health.carryover.platform.streams.StreamFiles.imu;
import static health.carryover.platform.streams.StreamFiles.landmarks;
import static health.carryover.platform.streams.StreamFiles.swinging;
import static health.carryover.platform.streams.StreamFiles.unzip;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The files from which fuzzing sets out. {@link #main} writes them where Jazzer looks for them. */
class FuzzSeedsTest {
    /** By class, method and name. */
    private static Map<String, byte[]> seeds() throws IOException {
        List<Frame> squat = BodyModel.doing(Move.SQUAT, 1).record().frames();
        LandmarksHeader header = new LandmarksHeader("m", "1", 30, new ImageSize(640, 480));
        List<ImuBlock> blocks = swinging(2, 2, 4, true);
        Map<String, byte[]> seeds = new TreeMap<>();
        both(seeds, "LandmarksFuzzTest", "three-frames", landmarks(header, squat.subList(0, 3)), 38);
        both(seeds, "LandmarksFuzzTest", "nobody", landmarks(header, List.of(Frame.nobody(0), Frame.nobody(33))), 38);
        both(seeds, "LandmarksFuzzTest", "empty", landmarks(header, List.of()), 36);
        both(seeds, "ImuFuzzTest", "two-sensors", imu(HEADER, blocks), 40);
        both(seeds, "ImuFuzzTest", "out-of-order", imu(HEADER, blocks.reversed()), 40);
        both(seeds, "ImuFuzzTest", "no-magnetometer", imu(HEADER, swinging(1, 1, 3, false)), 40);
        both(seeds, "ImuFuzzTest", "empty", imu(HEADER, List.of()), 36);
        return seeds;
    }

    /** @param trailer bytes of the trailer, which {@code content} makes itself */
    private static void both(Map<String, byte[]> seeds, String test, String name, byte[] file, int trailer)
            throws IOException {
        byte[] plain = unzip(file);
        seeds.put(test + "Inputs/file/" + name, file);
        seeds.put(test + "Inputs/content/" + name, Arrays.copyOf(plain, plain.length - trailer));
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (Map.Entry<String, byte[]> seed : seeds().entrySet()) {
            Path file = folder.resolve(seed.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, seed.getValue());
        }
    }

    @Test
    void every_seed_of_this_format_lies_where_the_fuzzer_looks() throws IOException {
        for (Map.Entry<String, byte[]> seed : seeds().entrySet())
            try (var found = getClass().getResourceAsStream(seed.getKey())) {
                assertThat(found).as(seed.getKey()).isNotNull();
                assertThat(found.readAllBytes()).as(seed.getKey()).isEqualTo(seed.getValue());
            }
    }
}
