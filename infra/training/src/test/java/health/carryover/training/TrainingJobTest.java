package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.platform.json.Json;
import health.carryover.risk.TrainingRowsHandler.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingJobTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<Float> floats(float[] values) {
        List<Float> all = new ArrayList<>();
        for (float value : values) all.add(value);
        return all;
    }

    @Test
    void the_job_reads_the_rows_that_the_map_wrote_and_the_model_sees_the_same_numbers() throws IOException {
        List<Example> examples = Example.of(CohortSimulator.cohort(5, 12));
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("part.json.gz")))) {
            for (Example example : examples) {
                out.write(Json.bytes(new Row(
                        example.person(),
                        example.day(),
                        floats(example.features().vector()),
                        floats(example.history()),
                        example.lapsed(),
                        example.sessionDays28())));
                out.write('\n');
            }
        }
        List<Example> read = new ArrayList<>();
        TrainingJob.read(folder, read::add);
        assertThat(read).hasSameSizeAs(examples).isNotEmpty();
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).features().vector())
                    .isEqualTo(examples.get(i).features().vector());
            assertThat(read.get(i).history()).isEqualTo(examples.get(i).history());
            assertThat(read.get(i).lapsed()).isEqualTo(examples.get(i).lapsed());
            assertThat(read.get(i).group())
                    .isEqualTo("clinics/" + examples.get(i).person());
        }
    }
}
