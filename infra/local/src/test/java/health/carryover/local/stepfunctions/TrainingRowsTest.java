package health.carryover.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.SimulatedCaseload;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import health.carryover.risk.TrainingRowsHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The Distributed Map over a table's export: the machine's own file in the interpreter, sealed items as the export has
 * them, keys unwrapped and objects read and written through the local cloud.
 */
@Tag("slow")
class TrainingRowsTest {
    private static final String BUCKET = "carryover-export-of-a-test";
    private static final Instant NOW = Instant.parse("2026-03-03T09:00:00Z");
    private static final int PATIENTS = 40;

    @Test
    void an_export_of_two_clinics_becomes_rows_that_name_nobody() throws Exception {
        Path home = Path.of("").toAbsolutePath();
        while (!Files.exists(home.resolve("template.yaml"))) home = home.getParent();
        try (LocalCloud local = LocalCloud.start(home, Options.at(NOW).withPort(0));
                TestCloud cloud = new TestCloud()) {
            List<String> ids = new ArrayList<>();
            Environment writer = local.environment("ClinicApiFunction");
            for (int i = 0; i < 2; i++) {
                Clinic clinic = Clinic.open(local, Clinic.operator(local), "t" + i, "C", "America/New_York", 5);
                ids.add(clinic.id());
                ids.addAll(new SimulatedCaseload(new Records(writer, new Vault(writer)))
                        .fill(clinic.id(), List.of("nobody"), i, PATIENTS, 60, NOW));
            }
            S3Client s3 = local.client(S3Client.builder());
            s3.createBucket(create -> create.bucket(BUCKET));
            int objects = export(local, s3, cloud);
            cloud.functions.put("rows", payload -> handler(local, payload));

            String definition = Files.readString(home.resolve("infra/training/sagemaker/training-rows.asl.json"))
                    .replace("${ExportBucket}", BUCKET)
                    .replace("${TrainingRowsArn}", "arn:aws:lambda:us-east-1:000000000000:function:rows");
            String execution = cloud.start(
                    cloud.create(definition, "STANDARD"),
                    Json.object()
                            .put("export", "export/data/")
                            .put("rows", "rows/1/")
                            .put("exportedAt", NOW.toString())
                            .toString());
            JsonNode end = cloud.describe(execution);
            assertThat(end.path("status").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
            JsonNode output = TestCloud.json(end.path("output").asText());
            assertThat(output.path("objects").asInt()).isEqualTo(objects);
            assertThat(output.path("persons").asInt()).isBetween(PATIENTS, 2 * PATIENTS);
            List<JsonNode> rows = rows(s3);
            assertThat(rows).hasSize(output.path("rows").asInt()).hasSizeGreaterThan(PATIENTS);
            Set<String> persons = new HashSet<>();
            rows.forEach(row -> persons.add(row.path("person").asText()));
            assertThat(persons).hasSize(output.path("persons").asInt());
            assertThat(rows).anyMatch(row -> row.path("lapsed").asBoolean());
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.path("features"))
                        .hasSize(health.carryover.clinical.risk.RiskFeatures.names()
                                .size());
                assertThat(ids).noneMatch(id -> row.toString().contains(id));
            });
            // What passed through the machine names nobody either.
            assertThat(ids).noneMatch(id -> cloud.events(execution).toString().contains(id));
        }
    }

    /** The whole table in three objects, as DynamoDB writes an export; returns how many. */
    private static int export(LocalCloud local, S3Client s3, TestCloud cloud) throws IOException {
        String table = local.environment("ClinicApiFunction").variable("RECORDS_TABLE");
        List<StringBuilder> parts = List.of(new StringBuilder(), new StringBuilder(), new StringBuilder());
        int[] count = {0};
        local.client(DynamoDbClient.builder())
                .scanPaginator(scan -> scan.tableName(table))
                .items()
                .forEach(item -> parts.get(count[0]++ % 3).append(line(item)).append('\n'));
        for (int i = 0; i < parts.size(); i++) {
            String key = "export/data/part-" + i + ".json.gz";
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(parts.get(i).toString().getBytes(StandardCharsets.UTF_8));
            }
            s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes.toByteArray()));
            cloud.bucket.put(key, "");
        }
        return parts.size();
    }

    private static ObjectNode line(Map<String, AttributeValue> item) {
        ObjectNode line = Json.object();
        ObjectNode attributes = line.putObject("Item");
        item.forEach((name, value) -> {
            ObjectNode typed = attributes.putObject(name);
            if (value.b() != null)
                typed.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
            else if (value.n() != null) typed.put("N", value.n());
            else typed.put("S", value.s());
        });
        return line;
    }

    private static Invocation handler(LocalCloud local, JsonNode payload) {
        try {
            Environment base = local.environment("RiskScoringFunction");
            Map<String, String> variables = new HashMap<>(base.variables());
            var constructor = TrainingRowsHandler.class.getDeclaredConstructor(Environment.class);
            constructor.setAccessible(true);
            TrainingRowsHandler handler = constructor.newInstance(new Environment(
                    variables,
                    base.time(),
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(LocalCloud.ADMINISTRATOR, "carryover")),
                    List.of()));
            Context none = null;
            TrainingRowsHandler.Written written = handler.handleRequest(
                    health.carryover.platform.json.Json.MAPPER.treeToValue(payload, TrainingRowsHandler.Input.class),
                    none);
            return new Invocation.Answered(health.carryover.platform.json.Json.MAPPER.valueToTree(written));
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> rows(S3Client s3) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (var object :
                s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("rows/1/")).contents())
            try (var gzip =
                    new GZIPInputStream(s3.getObject(get -> get.bucket(BUCKET).key(object.key())))) {
                for (String line : new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) rows.add(Json.parse(line));
            }
        return rows;
    }
}
