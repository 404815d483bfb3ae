package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3Test extends TestCloud {
    private static final S3Client S3 = CLOUD.client(S3Client.builder());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void a_presigned_address_takes_one_upload_and_gives_it_back() throws Exception {
        try (S3Presigner presigner = presigner("Echo")) {
            URI put = presigner
                    .presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(
                                    request -> request.bucket("plain-bucket").key("a b/ü.bin")))
                    .url()
                    .toURI();
            assertThat(put(put, "landmarks").statusCode()).isEqualTo(200);
            URI get = presigner
                    .presignGetObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(
                                    request -> request.bucket("plain-bucket").key("a b/ü.bin")))
                    .url()
                    .toURI();
            assertThat(get(get).body()).isEqualTo("landmarks");
        }
    }

    @Test
    void a_tampered_or_unsigned_address_is_refused() throws Exception {
        try (S3Presigner presigner = presigner("Echo")) {
            URI put = presigner
                    .presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(
                                    request -> request.bucket("plain-bucket").key("mine.bin")))
                    .url()
                    .toURI();
            assertThat(put(URI.create(put.toString().replace("mine.bin", "yours.bin")), "x")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(put(URI.create(put.toString().replace("X-Amz-Expires=300", "X-Amz-Expires=900")), "x")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(put(URI.create(put.toString().substring(0, put.toString().indexOf('?'))), "x")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    /** S3Proxy answers before it has read what it refuses; the answer must still arrive. */
    @Test
    void the_refusal_of_a_large_body_arrives_every_time() throws Exception {
        String large = "x".repeat(300_000);
        try (S3Presigner presigner = presigner("Echo")) {
            String put = presigner
                    .presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(
                                    request -> request.bucket("plain-bucket").key("refused.bin")))
                    .url()
                    .toString();
            for (int i = 0; i < 50; i++) {
                assertThat(put(URI.create(put + "9"), large).statusCode()).isEqualTo(403);
                assertThat(put(URI.create(put.substring(0, put.indexOf('?'))), large)
                                .statusCode())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void an_address_ends_when_its_life_ends() throws Exception {
        S3.putObject(put -> put.bucket("plain-bucket").key("short"), RequestBody.fromString("x"));
        Instant now = Instant.now();
        assertThat(get(signed(now.minusSeconds(50), Duration.ofMinutes(1))).statusCode())
                .isEqualTo(200);
        assertThat(get(signed(now.minusSeconds(61), Duration.ofMinutes(1))).statusCode())
                .isEqualTo(403);
    }

    /** As the presigner does it, with the hand of the clock where we want it. */
    private static URI signed(Instant at, Duration life) {
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create("Echo", "carryover"))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.GET)
                                .uri(CLOUD.endpoint().resolve("/plain-bucket/short"))
                                .build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, life)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request()
                .getUri();
    }

    /** As AWS tells it: which version, not which tags. */
    @Test
    void news_goes_out_when_a_version_is_tagged_and_when_its_tags_are_taken_away() {
        PutObjectResponse object =
                S3.putObject(put -> put.bucket(ref("Recordings")).key("told/tags"), RequestBody.fromString("1"));
        S3.putObjectTagging(put -> put.bucket(ref("Recordings"))
                .key("told/tags")
                .tagging(tagging -> tagging.tagSet(
                        Tag.builder().key("accepted").value("true").build())));
        S3.deleteObjectTagging(delete -> delete.bucket(ref("Recordings")).key("told/tags"));
        CLOUD.waitUntilQuiet();
        String version = object.versionId();
        assertThat(notes("tags"))
                .containsExactly("Object Tags Added told/tags " + version, "Object Tags Deleted told/tags " + version);
    }

    @Test
    void an_object_can_be_tagged_and_tags_belong_to_a_version() {
        PutObjectResponse first = S3.putObject(
                put -> put.bucket(ref("Recordings")).key("tags").tagging("state=new"), RequestBody.fromString("1"));
        PutObjectResponse second =
                S3.putObject(put -> put.bucket(ref("Recordings")).key("tags"), RequestBody.fromString("2"));
        assertThat(first.versionId()).isNotEqualTo(second.versionId());
        S3.putObjectTagging(put -> put.bucket(ref("Recordings"))
                .key("tags")
                .tagging(tagging -> tagging.tagSet(
                        Tag.builder().key("state").value("accepted & kept").build())));
        assertThat(S3.getObjectTagging(get -> get.bucket(ref("Recordings")).key("tags"))
                        .tagSet())
                .containsExactly(
                        Tag.builder().key("state").value("accepted & kept").build());
        assertThat(S3.getObjectTagging(
                                get -> get.bucket(ref("Recordings")).key("tags").versionId(first.versionId()))
                        .tagSet())
                .containsExactly(Tag.builder().key("state").value("new").build());
        assertThatThrownBy(() ->
                        S3.getObjectTagging(get -> get.bucket(ref("Recordings")).key("nothing")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void of_many_writers_that_want_to_be_first_exactly_one_is() throws Exception {
        Callable<Integer> writer = () -> {
            try {
                S3.putObject(
                        put -> put.bucket("plain-bucket").key("once").ifNoneMatch("*"), RequestBody.fromString("x"));
                return 200;
            } catch (S3Exception e) {
                return e.statusCode();
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> answers = threads.invokeAll(List.of(writer, writer, writer, writer));
            assertThat(answers.stream().map(S3Test::now)).containsExactlyInAnyOrder(200, 412, 412, 412);
        }
    }

    @Test
    void an_upload_in_parts_becomes_one_object() {
        String upload = S3.createMultipartUpload(
                        create -> create.bucket("plain-bucket").key("parts").tagging("a=b"))
                .uploadId();
        byte[] part = new byte[5 * 1024 * 1024];
        String one = S3.uploadPart(
                        put -> put.bucket("plain-bucket")
                                .key("parts")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromBytes(part))
                .eTag();
        String two = S3.uploadPart(
                        put -> put.bucket("plain-bucket")
                                .key("parts")
                                .uploadId(upload)
                                .partNumber(2),
                        RequestBody.fromString("end"))
                .eTag();
        S3.completeMultipartUpload(complete -> complete.bucket("plain-bucket")
                .key("parts")
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(one).build(),
                        CompletedPart.builder().partNumber(2).eTag(two).build())));
        assertThat(S3.headObject(head -> head.bucket("plain-bucket").key("parts"))
                        .contentLength())
                .isEqualTo(part.length + 3);
        assertThat(S3.getObjectTagging(get -> get.bucket("plain-bucket").key("parts"))
                        .tagSet())
                .hasSize(1);
    }

    @Test
    void parts_do_not_become_an_object_where_there_is_one_already() {
        S3.putObject(put -> put.bucket("plain-bucket").key("taken"), RequestBody.fromString("first"));
        String upload = S3.createMultipartUpload(
                        create -> create.bucket("plain-bucket").key("taken"))
                .uploadId();
        String part = S3.uploadPart(
                        put -> put.bucket("plain-bucket")
                                .key("taken")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("second"))
                .eTag();
        assertThatThrownBy(() -> S3.completeMultipartUpload(complete -> complete.bucket("plain-bucket")
                        .key("taken")
                        .uploadId(upload)
                        .ifNoneMatch("*")
                        .multipartUpload(parts -> parts.parts(
                                CompletedPart.builder().partNumber(1).eTag(part).build()))))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(S3.getObjectAsBytes(get -> get.bucket("plain-bucket").key("taken"))
                        .asUtf8String())
                .isEqualTo("first");
    }

    @Test
    void a_rule_hears_of_a_large_enough_object_under_its_prefix_and_of_no_other() {
        S3.putObject(put -> put.bucket(ref("Recordings")).key("imu/small"), RequestBody.fromString("123"));
        S3.putObject(put -> put.bucket(ref("Recordings")).key("video/large"), RequestBody.fromString("12345"));
        S3.putObject(put -> put.bucket("plain-bucket").key("imu/elsewhere"), RequestBody.fromString("12345"));
        S3.putObject(put -> put.bucket(ref("Recordings")).key("imu/\"quoted\""), RequestBody.fromString("12345"));
        assertThat(notes("arrival")).containsExactly("imu/\"quoted\" has 5 bytes");
    }

    private static int now(Future<Integer> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static S3Presigner presigner(String accessKey) {
        return S3Presigner.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(CLOUD.endpoint())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "carryover")))
                .build();
    }

    private static HttpResponse<String> put(URI address, String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address)
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
