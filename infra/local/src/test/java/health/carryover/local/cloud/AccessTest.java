package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** Permissions as a client meets them on the wire. */
class AccessTest extends TestCloud {
    private static final DynamoDbClient NORTH = clinic("north");

    /** The role of the template that opens one clinic's share of a table. */
    private static DynamoDbClient clinic(String tag) {
        try (StsClient sts = CLOUD.client(StsClient.builder())) {
            Credentials session = sts.assumeRole(assume -> assume.roleArn("arn:aws:iam::000000000000:role/Clinic")
                            .roleSessionName("night")
                            .tags(Tag.builder().key("clinic").value(tag).build()))
                    .credentials();
            return DynamoDbClient.builder()
                    .region(Region.US_EAST_1)
                    .endpointOverride(CLOUD.endpoint())
                    .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            session.accessKeyId(), session.secretAccessKey(), session.sessionToken())))
                    .build();
        }
    }

    private static Map<String, AttributeValue> key(String pk) {
        return Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS("1"));
    }

    private static void denied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DynamoDbException.class, denial -> {
            assertThat(denial.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(denial.statusCode()).isEqualTo(400);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "C#north,      true",
        "C#north#P#1,  true",
        "C#northwest,  false",
        "C#south#P#1,  false",
        "C#,           false",
        "C#*,          false",
    })
    void a_session_with_the_tag_of_a_clinic_reaches_the_keys_of_this_clinic(String pk, boolean reached) {
        String table = ref("Seen");
        if (reached) {
            NORTH.getItem(get -> get.tableName(table).key(key(pk)));
            NORTH.putItem(put -> put.tableName(table).item(key(pk)));
            NORTH.query(query -> query.tableName(table)
                    .keyConditionExpression("begins_with(SK, :one) AND #key = :pk")
                    .expressionAttributeNames(Map.of("#key", "PK"))
                    .expressionAttributeValues(
                            Map.of(":pk", AttributeValue.fromS(pk), ":one", AttributeValue.fromS("1"))));
        } else {
            denied(() -> NORTH.getItem(get -> get.tableName(table).key(key(pk))));
            denied(() -> NORTH.putItem(put -> put.tableName(table).item(key(pk))));
            denied(() -> NORTH.query(query -> query.tableName(table)
                    .keyConditionExpression("PK = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))));
        }
    }

    @Test
    void one_foreign_key_in_a_batch_or_transaction_denies_all_of_it_and_a_scan_has_no_key_at_all() {
        String table = ref("Seen");
        List<Map<String, AttributeValue>> own = List.of(key("C#north"), key("C#north#P#1"));
        List<Map<String, AttributeValue>> mixed = List.of(key("C#north"), key("C#south"));
        NORTH.batchGetItem(batch -> batch.requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(own).build())));
        denied(() -> NORTH.batchGetItem(batch -> batch.requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(mixed).build()))));
        NORTH.transactWriteItems(write ->
                write.transactItems(item -> item.put(put -> put.tableName(table).item(key("C#north")))));
        denied(() -> NORTH.transactWriteItems(write -> write.transactItems(
                item -> item.put(put -> put.tableName(table).item(key("C#north"))),
                item -> item.put(put -> put.tableName(table).item(key("C#south"))))));
        denied(() -> NORTH.transactWriteItems(write -> write.transactItems(
                item -> item.delete(delete -> delete.tableName(table).key(key("C#north"))))));
        denied(() -> NORTH.scan(scan -> scan.tableName(table)));
    }

    @Test
    void a_denial_reads_as_that_of_aws() {
        assertThatThrownBy(() -> NORTH.getItem(
                        get -> get.tableName(ref("Visits")).key(Map.of("PK", AttributeValue.fromS("C#north")))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining(
                        "User: arn:aws:sts::000000000000:assumed-role/Clinic/night is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/"
                                + ref("Visits")
                                + " because no identity-based policy allows the dynamodb:GetItem action");
    }

    @Test
    void partiql_is_refused_to_everybody_since_nobody_looks_into_its_statements() {
        denied(() -> DYNAMO.executeStatement(run -> run.statement("SELECT * FROM \"" + ref("Seen") + "\"")));
    }

    @Test
    void a_role_is_assumed_only_by_those_whom_it_trusts() {
        try (StsClient sts = CLOUD.client(StsClient.builder())) {
            assertThatThrownBy(() -> sts.assumeRole(assume -> assume.roleArn("arn:aws:iam::000000000000:role/Scheduled")
                            .roleSessionName("me")))
                    .isInstanceOf(StsException.class)
                    .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
        }
    }

    @Test
    void a_function_may_do_with_keys_and_objects_what_its_role_says() {
        var echo = CLOUD.environment("Echo");
        try (KmsClient kms = echo.client(KmsClient.builder());
                S3Client s3 = echo.client(S3Client.builder())) {
            assertThatThrownBy(() -> kms.generateDataKey(
                            request -> request.keyId("alias/test").keySpec("AES_256")))
                    .isInstanceOf(KmsException.class)
                    .hasMessageContaining("no identity-based policy allows the kms:GenerateDataKey action");
            assertThatThrownBy(() -> s3.listObjectsV2(list -> list.bucket("plain-bucket")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            denial -> assertThat(denial.statusCode()).isEqualTo(403));
            assertThatThrownBy(() -> s3.deleteObject(
                            delete -> delete.bucket("plain-bucket").key("any")))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("s3:DeleteObject");
        }
    }

    @Test
    void whoever_copies_must_be_allowed_to_read_the_source_whole_or_in_parts() {
        try (S3Client operator = CLOUD.client(S3Client.builder());
                S3Client echo = CLOUD.environment("Echo").client(S3Client.builder())) {
            operator.putObject(
                    put -> put.bucket(ref("Recordings")).key("copied"),
                    software.amazon.awssdk.core.sync.RequestBody.fromString("x"));
            assertThatThrownBy(() -> echo.copyObject(copy -> copy.sourceBucket(ref("Recordings"))
                            .sourceKey("copied")
                            .destinationBucket("plain-bucket")
                            .destinationKey("mine")))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("s3:GetObject");
            String upload = echo.createMultipartUpload(
                            create -> create.bucket("plain-bucket").key("mine"))
                    .uploadId();
            assertThatThrownBy(() -> echo.uploadPartCopy(copy -> copy.sourceBucket(ref("Recordings"))
                            .sourceKey("copied")
                            .destinationBucket("plain-bucket")
                            .destinationKey("mine")
                            .uploadId(upload)
                            .partNumber(1)))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("s3:GetObject");
        }
    }

    /** S3's guide: without ListBucket a missing object is answered 403, so that nobody learns what there is. */
    @Test
    void a_missing_object_is_missing_only_to_those_who_may_list() {
        try (S3Client operator = CLOUD.client(S3Client.builder());
                S3Client echo = CLOUD.environment("Echo").client(S3Client.builder())) {
            assertThatThrownBy(() ->
                            operator.getObject(get -> get.bucket("plain-bucket").key("never-there")))
                    .isInstanceOf(NoSuchKeyException.class);
            assertThatThrownBy(() ->
                            echo.getObject(get -> get.bucket("plain-bucket").key("never-there")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            denial -> assertThat(denial.statusCode()).isEqualTo(403));
        }
    }

    private static JsonNode lookup(String body) throws Exception {
        CLOUD.waitUntilQuiet();
        HttpRequest lookup = HttpRequest.newBuilder(CLOUD.endpoint().resolve("/"))
                .header("X-Amz-Target", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=auditor/20260306/us-east-1/cloudtrail/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Json.read(
                    http.send(lookup, HttpResponse.BodyHandlers.ofByteArray()).body());
        }
    }

    @Test
    void lookup_events_gives_page_after_page_newest_first_and_none_twice() throws Exception {
        for (int i = 0; i < 5; i++)
            NORTH.getItem(get -> get.tableName(ref("Seen")).key(key("C#north#paged")));
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = lookup(
                    "{\"LookupAttributes\":[{\"AttributeKey\":\"EventName\",\"AttributeValue\":\"GetItem\"}],\"MaxResults\":2"
                            + token + "}");
            page.path("Events").forEach(event -> ids.add(event.path("EventId").asText()));
            token = page.has("NextToken")
                    ? ",\"NextToken\":\"" + page.path("NextToken").asText() + "\""
                    : "";
        } while (!token.isEmpty());
        assertThat(ids).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        assertThat(lookup("{\"MaxResults\":51}").path("__type").asText()).isEqualTo("InvalidMaxResultsException");
    }

    @Test
    void lookup_events_finds_a_call_by_its_name_and_says_who_made_it() throws Exception {
        denied(() -> NORTH.deleteItem(delete -> delete.tableName(ref("Seen")).key(key("C#north"))));
        String body =
                "{\"LookupAttributes\":[{\"AttributeKey\":\"EventName\",\"AttributeValue\":\"DeleteItem\"}],\"MaxResults\":1}";
        JsonNode event = lookup(body).path("Events").path(0);
        assertThat(event.path("Username").asText()).isEqualTo("night");
        JsonNode record = Json.parse(event.path("CloudTrailEvent").asText());
        assertThat(record.path("errorCode").asText()).isEqualTo("AccessDeniedException");
        assertThat(record.at("/userIdentity/sessionContext/sessionIssuer/arn").asText())
                .isEqualTo("arn:aws:iam::000000000000:role/Clinic");
        assertThat(record.at("/requestParameters/key/PK").asText()).isEqualTo("C#north");
        assertThat(record.path("eventCategory").asText()).isEqualTo("Data");
        assertThat(record.path("requestID").asText()).isNotEmpty();
    }
}
