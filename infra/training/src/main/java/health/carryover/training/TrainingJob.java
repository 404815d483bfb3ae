package health.carryover.training;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.platform.json.Json;
import health.carryover.risk.TrainingRowsHandler.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What SageMaker runs: rows from {@code /opt/ml/input/data/rows}, a model bundle into {@code /opt/ml/model}. A sample of a
 * fixed size is learned from, so memory does not grow with the number of clinics.
 */
public final class TrainingJob {
    private static final String DATASET = "clinics";

    private TrainingJob() {}

    public static void main(String[] arguments) throws IOException {
        run(Path.of("/opt/ml"), System.out::println);
    }

    /** @param home where SageMaker puts input and takes output */
    static void run(Path home, Consumer<String> progress) throws IOException {
        JsonNode settings = Json.MAPPER.readTree(
                Files.readString(home.resolve("input/config/hyperparameters.json"), StandardCharsets.UTF_8));
        CohortFiles.Sample sample = new CohortFiles.Sample(
                settings.path("sample").asInt(1_000_000), settings.path("seed").asLong(1));
        read(home.resolve("input/data/rows"), sample);
        progress.accept("%d rows, %d lapses, %d kept"
                .formatted(sample.seen(), sample.lapsed(), sample.rows().size()));
        RiskTraining.onClinics(
                        sample.rows(),
                        settings.path("seed").asLong(1),
                        new RiskTraining.Wanted(settings.path("version").asText(), null),
                        progress)
                .write(home.resolve("model"));
    }

    static void read(Path folder, Consumer<Example> consumer) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(folder)) {
            parts = files.filter(file -> file.toString().endsWith(".gz"))
                    .sorted()
                    .toList();
        }
        for (Path part : parts)
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(part)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine())
                    consumer.accept(example(Json.MAPPER.readValue(line, Row.class)));
            }
    }

    private static Example example(Row row) {
        Map<Feature, Double> values = new EnumMap<>(Feature.class);
        List<Float> columns = row.features();
        int missing = Feature.values().length;
        for (Feature feature : Feature.values()) {
            boolean known = !feature.mayBeMissing() || columns.get(missing++) == 0;
            if (known) values.put(feature, columns.get(feature.ordinal()).doubleValue());
        }
        float[] history = new float[row.history().size()];
        for (int i = 0; i < history.length; i++) history[i] = row.history().get(i);
        return new Example(
                DATASET,
                row.person(),
                row.day(),
                RiskFeatures.of(values),
                history,
                row.lapsed(),
                row.recent(),
                Map.of());
    }
}
