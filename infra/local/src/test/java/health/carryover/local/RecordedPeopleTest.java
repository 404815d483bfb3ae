package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Rep;
import health.carryover.local.LandmarkCsv.Unreadable;
import health.carryover.platform.library.ExerciseLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recordings of real people, where they lie beside the project: when they reached the peak was looked at by eye. */
class RecordedPeopleTest {
    private static final Path POSE = Path.of("../../../shared/data/pose");
    private static final ImageSize UNUSED = new ImageSize(1280, 720); // the index says every size
    private static final double NEAR_S = 0.3;

    private final ExerciseLibrary library = ExerciseLibrary.builtIn();

    @BeforeEach
    void recordingsLieBesideTheProject() {
        assumeTrue(
                Files.exists(POSE.resolve(RecordingIndex.FILE)),
                "skipped: no recordings of real people at ../shared/data/pose");
    }

    @Test
    void peaks_are_found_where_a_person_saw_them() throws IOException, Unreadable {
        int seen = 0;
        int found = 0;
        int right = 0;
        for (JsonNode entry : index()) {
            List<Double> peaks = new ArrayList<>();
            for (JsonNode frame : entry.path("repPeaksFrames"))
                peaks.add(frame.asInt() / entry.path("fps").asDouble());
            List<Rep> reps =
                    new ArrayList<>(measure(entry, entry.path("file").asText()).full());
            seen += peaks.size();
            found += reps.size();
            for (double peak : peaks)
                for (Rep rep : reps)
                    if (Math.abs(rep.peakAt().toMillis() / 1000.0 - peak) <= NEAR_S) {
                        right++;
                        reps.remove(rep);
                        break;
                    }
        }
        System.out.printf(
                "peaks within %.1f s: %d; recall %d of %d, precision %d of %d%n",
                NEAR_S, right, right, seen, right, found);
        assertThat((double) right / seen).isGreaterThan(0.93);
        assertThat((double) right / found).isGreaterThan(0.93);
    }

    @Test
    void the_full_and_the_lite_model_agree() throws IOException, Unreadable {
        int compared = 0;
        for (JsonNode entry : index()) {
            if (!entry.hasNonNull("liteFile")) continue;
            MotionReport full = measure(entry, entry.path("file").asText());
            MotionReport lite = measure(entry, entry.path("liteFile").asText());
            String name = entry.path("name").asText();
            assertThat(lite.full()).as(name).hasSameSizeAs(full.full());
            assertThat(lite.view()).as(name).isEqualTo(full.view());
            // the two models differ by up to 11 degrees on average (README of the recordings), at single peaks more
            assertThat(median(lite)).as(name).isCloseTo(median(full), within(20.0));
            compared++;
        }
        assertThat(compared).isPositive();
    }

    private static Iterable<JsonNode> index() throws IOException {
        return new JsonMapper()
                .readTree(Files.readAllBytes(POSE.resolve(RecordingIndex.FILE)))
                .path("recordings");
    }

    private MotionReport measure(JsonNode entry, String file) throws Unreadable {
        Exercise exercise = library.find(entry.path("exercise").asText()).orElseThrow();
        MotionSource source = MotionSource.of(POSE.resolve(file)).getFirst();
        return source.measure(exercise, UNUSED, (_, _) -> {});
    }

    private static double median(MotionReport report) {
        double[] peaks = report.full().stream()
                .mapToDouble(rep -> rep.peak().degrees())
                .sorted()
                .toArray();
        return peaks.length == 0 ? 0 : peaks[peaks.length / 2];
    }
}
