package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import health.carryover.platform.streams.LandmarksEncoder;
import health.carryover.platform.streams.LandmarksHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyseMotionTest {
    /** Recordings of real people; not part of the product, so not in every checkout. */
    private static final Path PEOPLE = Path.of("../../../shared/data/pose");

    @TempDir
    Path folder;

    private static Analysed run(Object... arguments) {
        return Analysed.run("motion", arguments);
    }

    private Path write(String name, Recording recording) throws IOException {
        var text = new StringBuilder("frame,t_ms");
        for (int i = 0; i < Landmark.COUNT; i++) text.append(",x%1$d,y%1$d,z%1$d,v%1$d".formatted(i));
        int number = 0;
        for (Frame frame : recording.frames()) {
            text.append('\n').append(number++).append(',').append(frame.timeMs());
            for (Landmark landmark : Landmark.values())
                text.append(
                        frame.hasPerson()
                                ? String.format(
                                        Locale.ROOT,
                                        ",%.5f,%.5f,%.5f,%.5f",
                                        frame.x(landmark),
                                        frame.y(landmark),
                                        frame.z(landmark),
                                        frame.visibility(landmark))
                                : ",,,,");
        }
        return zipped(name, text.append('\n').toString());
    }

    private Path zipped(String name, String text) throws IOException {
        return Analysed.zipped(folder.resolve(name), text);
    }

    @Test
    void every_recording_of_a_real_person_is_counted_as_a_person_counted_it() throws IOException {
        assumeTrue(Files.exists(PEOPLE.resolve("index.json")), "no recordings of real people beside this checkout");
        Analysed ran = run(PEOPLE, "--json");
        assertThat(ran.err()).isEmpty();
        var expected =
                new JsonMapper().readTree(PEOPLE.resolve("index.json").toFile()).path("recordings");
        assertThat(ran.json()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode known = expected.get(i);
            assertThat(ran.json().get(i).path("reps").asInt())
                    .as(known.path("name").asText())
                    .isBetween(
                            known.path("repsAcceptable").get(0).asInt(),
                            known.path("repsAcceptable").get(1).asInt());
        }
    }

    @Test
    void the_lite_model_gives_the_same_counts() throws IOException {
        assumeTrue(Files.exists(PEOPLE.resolve("index.json")), "no recordings of real people beside this checkout");
        for (JsonNode known :
                new JsonMapper().readTree(PEOPLE.resolve("index.json").toFile()).path("recordings")) {
            if (!known.has("liteFile")) continue;
            Analysed ran = run(PEOPLE.resolve(known.path("liteFile").asText()), "--json");
            assertThat(ran.json().get(0).path("reps").asInt())
                    .as(known.path("liteFile").asText())
                    .isBetween(
                            known.path("repsAcceptable").get(0).asInt(),
                            known.path("repsAcceptable").get(1).asInt());
        }
    }

    @Test
    void a_single_recording_needs_to_be_told_its_exercise() throws IOException {
        Path file = write(
                "knee.csv.gz",
                BodyModel.doing(Move.KNEE_EXTENSION, 3).losing(0.05, 2).record());
        Analysed untold = run(file);
        assertThat(untold.exitCode()).isEqualTo(1);
        assertThat(untold.err()).contains("knee.csv.gz").contains("--exercise");
        Analysed told = run(file, "--exercise", "knee_extension", "--json");
        assertThat(told.exitCode()).isZero();
        JsonNode document = told.json().get(0);
        assertThat(document.fieldNames())
                .toIterable()
                .containsExactly(
                        "file",
                        "exercise",
                        "view",
                        "reps",
                        "partialReps",
                        "peakAnglesDeg",
                        "tempoS",
                        "confidence",
                        "flags");
        assertThat(document.path("file").asText()).isEqualTo("knee.csv.gz");
        assertThat(document.path("view").asText()).isEqualTo("lateral");
        assertThat(document.path("reps").asInt()).isEqualTo(3);
        assertThat(document.path("peakAnglesDeg")).hasSize(3);
        assertThat(document.path("tempoS").get(0).fieldNames()).toIterable().containsExactly("up", "hold", "down");
    }

    @Test
    void an_index_beside_the_file_tells_exercise_size_and_count() throws IOException {
        write(
                "a.csv.gz",
                BodyModel.doing(Move.SQUAT, 4)
                        .camera(new ImageSize(480, 640), 15)
                        .record());
        Files.writeString(folder.resolve("index.json"), """
                {"recordings": [{"name": "a", "exercise": "squat", "width": 480, "height": 640, "fps": 15,
                  "reps": 4, "repsAcceptable": [4, 4], "file": "a.csv.gz"}]}""");
        assertThat(run(folder.resolve("a.csv.gz"), "--json")
                        .json()
                        .get(0)
                        .path("reps")
                        .asInt())
                .isEqualTo(4);
        Analysed table = run(folder);
        assertThat(table.out()).contains("4 (4-4)").contains("1 of 1 counted");
    }

    @Test
    void a_landmarks_file_is_read_too_and_a_damaged_one_named() throws IOException {
        Recording recording = BodyModel.doing(Move.BICEP_CURL, 5).record();
        Path file = folder.resolve("curls.landmarks");
        try (var encoder = new LandmarksEncoder(
                Files.newOutputStream(file), new LandmarksHeader("body-model", "1", 30, recording.size()))) {
            for (Frame frame : recording.frames()) encoder.add(frame);
        }
        assertThat(run(file, "--exercise", "bicep_curl", "--json")
                        .json()
                        .get(0)
                        .path("reps")
                        .asInt())
                .isEqualTo(5);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        Analysed ran = run(file, "--exercise", "bicep_curl");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("curls.landmarks").contains("TRUNCATED");
    }

    @Test
    void what_cannot_be_read_is_named_by_file_and_line_and_the_rest_goes_on() throws IOException {
        Path good = write("good.csv.gz", BodyModel.doing(Move.SQUAT, 2).record());
        Path missing = folder.resolve("missing.csv.gz");
        Path plain = Files.writeString(folder.resolve("plain.csv.gz"), "frame,t_ms");
        Path header = zipped("header.csv.gz", "a,b\n1,2\n");
        String head = "frame,t_ms,x0,y0,z0,v0,x1,...\n";
        Path shortRow = zipped("short.csv.gz", head + "0,0,1\n");
        Path word = zipped(
                "word.csv.gz", head + "0,0" + ",0.5".repeat(132) + "\n1,33,0.5,left" + ",0.5".repeat(130) + "\n");
        Path time = zipped("time.csv.gz", head + ("0,5" + ",".repeat(132) + "\n").repeat(2));
        Path far = zipped("far.csv.gz", head + "0,0,1e9" + ",0.5".repeat(131) + "\n");
        Path cut = folder.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(good), 5000));
        Analysed ran =
                run(good, missing, plain, header, shortRow, word, time, far, cut, "--exercise", "squat", "--json");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.json()).hasSize(1);
        assertThat(ran.err())
                .contains("missing.csv.gz: no such file")
                .contains("plain.csv.gz: is not gzip")
                .contains("header.csv.gz:1: does not begin")
                .contains("short.csv.gz:2: has 3 fields")
                .contains("word.csv.gz:3: column 4 is not a number")
                .contains("time.csv.gz:3: time does not rise")
                .contains("far.csv.gz:2: is no frame")
                .containsPattern("cut.csv.gz:\\d+: is cut off");
    }

    @Test
    void a_broken_index_and_an_unknown_exercise_are_named() throws IOException {
        Files.writeString(folder.resolve("index.json"), "{\n\"recordings\": [,]}");
        assertThat(run(folder).err()).contains("index.json:2: is not JSON");
        Files.writeString(folder.resolve("index.json"), "{\"recordings\": [{\"name\": \"a\"}]}");
        assertThat(run(folder).err()).contains("index.json: recordings[0] lacks exercise");
        Analysed unknown = run(folder, "--exercise", "handstand");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("handstand").contains("squat");
        assertThat(run("--help").out()).contains("--exercise").contains("index.json");
    }
}
