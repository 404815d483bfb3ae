package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.platform.records.Key;
import health.carryover.platform.records.Video;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** An item that cannot be opened: whoever meets it tries, and leaves what could not be done in the queue of failures. */
class VideoFailuresTest extends VideoCloud {
    private static final SqsClient SQS = CLOUD.client(SqsClient.builder());
    private static final Tables TABLES = new Tables(CLOUD);

    private Small small;
    private String objectKey;
    private Map<String, AttributeValue> place;

    private static String ref(String id) {
        return Objects.requireNonNull(CLOUD.template().resource(id)).ref();
    }

    /** How many messages tell of this function; all are taken out. */
    private static long failures(String function) {
        CLOUD.waitUntilQuiet();
        long found = 0;
        while (true) {
            var messages = SQS.receiveMessage(
                            receive -> receive.queueUrl(ref("Failures")).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) return found;
            for (Message message : messages) {
                if (message.body().contains(ref(function))) found++;
                SQS.deleteMessage(delete -> delete.queueUrl(ref("Failures")).receiptHandle(message.receiptHandle()));
            }
        }
    }

    @BeforeEach
    void an_item_that_does_not_open() {
        small = filming();
        String video = UUID.randomUUID().toString();
        Key key = Key.video(small.ref(), video);
        objectKey = Video.Address.at(now(), small.ref(), video).objectKey();
        place = Map.of("PK", AttributeValue.fromS(key.pk()), "SK", AttributeValue.fromS(key.sk()));
        TABLES.client()
                .putItem(put -> put.tableName(TABLES.name("Records"))
                        .item(Map.of(
                                "PK", AttributeValue.fromS(key.pk()),
                                "SK", AttributeValue.fromS(key.sk()),
                                "type", AttributeValue.fromS("video"),
                                "version", AttributeValue.fromN("1"),
                                "sealed", AttributeValue.fromB(SdkBytes.fromUtf8String("damaged")))));
    }

    @AfterEach
    void away_with_it() {
        TABLES.client()
                .deleteItem(delete -> delete.tableName(TABLES.name("Records")).key(place));
    }

    @Test
    void an_arrival() {
        failures("VideoArrivalFunction");
        String version = S3.putObject(put -> put.bucket(BUCKET).key(objectKey), RequestBody.fromString("film"))
                .versionId();
        advance(Duration.ofMinutes(10));
        assertThat(failures("VideoArrivalFunction")).isEqualTo(1);
        S3.deleteObject(delete -> delete.bucket(BUCKET).key(objectKey).versionId(version));
    }

    @Test
    void a_revocation() {
        failures("VideoRevocationFunction");
        revoke(small);
        advance(Duration.ofMinutes(30));
        assertThat(failures("VideoRevocationFunction")).isNotZero();
    }

    @Test
    void the_hourly_run_which_does_the_others_all_the_same() {
        failures("VideoRetentionFunction");
        String upload = S3.createMultipartUpload(create -> create.bucket(BUCKET).key(objectKey))
                .uploadId();
        Small other = filming();
        asked(other).ok();
        advance(Duration.ofHours(25));
        try (Resumed _ = resume("VideoRetention")) {
            advance(Duration.ofMinutes(90));
        }
        assertThat(failures("VideoRetentionFunction")).isEqualTo(1);
        assertThat(left(other)).isEmpty();
        S3.abortMultipartUpload(abort -> abort.bucket(BUCKET).key(objectKey).uploadId(upload));
    }
}
