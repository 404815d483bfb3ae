package health.carryover.local;

import health.carryover.platform.records.Key;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** {@code ./carryover audit accesses}: what the application wrote down about accesses to records of patients. */
@Command(
        name = "accesses",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what the application wrote into table Audit, oldest first: time, actor, roles, operation, outcome,",
            "request. Every access to a patient's record is there, also the refused ones; no contents are."
        })
final class AuditAccessesCommand implements Callable<Integer> {
    /** Whose entries. */
    private static final class Whose {
        @Option(names = "--patient", paramLabel = "CLINIC/PATIENT", description = "accesses to this patient's record")
        private @Nullable String patient;

        @Option(names = "--actor", paramLabel = "CLINIC/PERSON", description = "accesses by this person or function")
        private @Nullable String actor;
    }

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(names = "--outcome", paramLabel = "WORD", description = "ALLOWED, REFUSED, DUPLICATE ...")
    private String outcome = "";

    @Option(names = "--since", paramLabel = "INSTANT", description = "for example 2026-03-02T15:00:00Z")
    private String since = "";

    @Option(
            names = "--table",
            paramLabel = "NAME",
            defaultValue = "carryover-Audit",
            description = "default ${DEFAULT-VALUE}")
    private String table = "";

    @Option(names = "--endpoint", paramLabel = "URL", description = "of the local cloud; default CARRYOVER_ENDPOINT")
    private @Nullable URI endpoint;

    @Override
    public Integer call() {
        return Terminal.print(spec, () -> {
            try (DynamoDbClient tables = DynamoDbClient.builder()
                    .region(Region.US_EAST_1)
                    .endpointOverride(RunningCloud.at(endpoint).endpoint())
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("auditor", "carryover")))
                    .build()) {
                StringBuilder text = new StringBuilder();
                int found = 0;
                for (Map<String, AttributeValue> item :
                        tables.queryPaginator(query()).items()) {
                    if (!outcome.isEmpty() && !outcome.equals(word(item, "outcome"))) continue;
                    found++;
                    List<String> words = List.of(
                            word(item, "SK").replaceFirst("#.*", ""),
                            word(item, "actor"),
                            word(item, "roles"),
                            word(item, "operation"),
                            word(item, "outcome"),
                            word(item, "requestId"));
                    text.append(String.join("  ", words)).append(System.lineSeparator());
                }
                return text.append(found).append(" accesses").toString();
            } catch (DynamoDbException | SdkClientException e) {
                throw new RunningCloud.Refusal("the audit table could not be read: " + e.getMessage());
            }
        });
    }

    private QueryRequest query() throws RunningCloud.Refusal {
        boolean byPatient = whose.patient != null;
        String given = byPatient ? String.valueOf(whose.patient) : String.valueOf(whose.actor);
        int slash = given.indexOf('/');
        if (slash < 1) throw new RunningCloud.Refusal("give CLINIC/PATIENT or CLINIC/PERSON, with the slash");
        String key = "C#" + given.substring(0, slash) + (byPatient ? "#P#" : "#U#") + given.substring(slash + 1);
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(
                        (byPatient ? "PK" : "GSI1PK") + " = :key AND " + (byPatient ? "SK" : "GSI1SK") + " >= :since")
                .expressionAttributeValues(Map.of(
                        ":key", AttributeValue.fromS(key),
                        ":since", AttributeValue.fromS(sortKey())));
        return byPatient ? query.build() : query.indexName("GSI1").build();
    }

    /** Sort keys begin with the time in fixed width. */
    private String sortKey() throws RunningCloud.Refusal {
        try {
            return since.isEmpty() ? "0" : Key.instant(Instant.parse(since));
        } catch (DateTimeParseException e) {
            throw new RunningCloud.Refusal("--since is an instant: 2026-03-02T15:00:00Z");
        }
    }

    private static String word(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "-" : value.s();
    }
}
