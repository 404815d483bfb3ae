package health.carryover.risk;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Exported;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One child of the Distributed Map over a table's export: from sealed histories to rows that a model can be trained on, by
 * the code that scores at night. Everything in a row is a number; persons are told apart by a keyed digest.
 */
public final class TrainingRowsHandler
        implements RequestHandler<TrainingRowsHandler.Input, TrainingRowsHandler.Written> {
    /**
     * @param exportedAt the moment of the export: outcomes that had not settled by then are left out
     * @param items objects of the export, gzip, a line an item
     */
    public record Input(String bucket, String rows, Instant exportedAt, List<Object> items) {
        /** As S3 lists it. */
        public record Object(String key) {}
    }

    /** Counts only: this passes through a state machine. */
    public record Written(int objects, int persons, int rows) {}

    /**
     * @param day of the cut-off, in days since 1970, UTC
     * @param features in the order of {@code RiskFeatures.names()}
     */
    public record Row(
            String person, long day, List<Float> features, List<Float> history, boolean lapsed, double recent) {}

    private static final int PSEUDONYM_BYTES = 16;

    private final Vault vault;
    private final Records records;
    private final S3Client s3;
    private final InstantSource time;
    private final Duration early = PlainRuleFile.shipped().early();

    public TrainingRowsHandler() {
        this(Environment.ofLambda());
    }

    TrainingRowsHandler(Environment environment) {
        vault = new Vault(environment);
        records = new Records(environment, vault);
        s3 = environment.client(S3Client.builder());
        time = environment.time();
    }

    @Override
    public Written handleRequest(Input input, Context context) {
        if (input.exportedAt().isAfter(time.instant()))
            throw new IllegalArgumentException("exportedAt: lies in the future");
        int persons = 0;
        int rows = 0;
        for (Input.Object object : input.items()) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                            new GZIPInputStream(s3.getObject(
                                    get -> get.bucket(input.bucket()).key(object.key()))),
                            StandardCharsets.UTF_8));
                    GZIPOutputStream out = new GZIPOutputStream(written)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Optional<Entry<History>> history = history(line);
                    if (history.isEmpty()) continue;
                    List<Row> of = rows(history.get(), input.exportedAt());
                    if (!of.isEmpty()) persons++;
                    rows += of.size();
                    for (Row row : of) {
                        out.write(Json.bytes(row));
                        out.write('\n');
                    }
                }
            } catch (IOException e) {
                // The cause would quote the line.
                throw new UncheckedIOException(new IOException("an object of the export cannot be read: "
                        + e.getClass().getSimpleName()));
            }
            String key = input.rows() + object.key().substring(object.key().lastIndexOf('/') + 1);
            s3.putObject(put -> put.bucket(input.bucket()).key(key), RequestBody.fromBytes(written.toByteArray()));
        }
        return new Written(input.items().size(), persons, rows);
    }

    private Optional<Entry<History>> history(String line) throws IOException {
        JsonNode item = Json.MAPPER.readTree(line).path("Item");
        if (!item.path("type").path("S").asText().equals(Kind.FEATURES.type())) return Optional.empty();
        return Optional.of(records.open(new Exported(item), Kind.FEATURES));
    }

    private List<Row> rows(Entry<History> entry, Instant exportedAt) {
        String[] key = entry.key().pk().split("#", 3);
        byte[] digest = vault.mac(
                key[1], String.join("\0", "training", entry.key().sk()).getBytes(StandardCharsets.UTF_8));
        // From its end: a digest begins with the key's name.
        String person =
                HexFormat.of().formatHex(Arrays.copyOfRange(digest, digest.length - PSEUDONYM_BYTES, digest.length));
        History history = entry.content();
        return OwnOutcomes.settled(history, early, exportedAt).stream()
                .map(settled -> new Row(
                        person,
                        Math.floorDiv(settled.cutOff().getEpochSecond(), 86_400),
                        floats(settled.row().features().vector()),
                        floats(settled.row().history()),
                        settled.lapsed(),
                        RiskInputs.facts(history).stream()
                                .filter(fact ->
                                        fact.endedAt().isAfter(settled.cutOff().minus(Lapse14.HORIZON.multipliedBy(2)))
                                                && !fact.endedAt().isAfter(settled.cutOff())
                                                && !fact.receivedAt().isAfter(settled.cutOff()))
                                .count()))
                .toList();
    }

    private static List<Float> floats(float[] values) {
        Float[] all = new Float[values.length];
        for (int i = 0; i < values.length; i++) all[i] = values[i];
        return List.of(all);
    }
}
