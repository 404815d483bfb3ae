package health.carryover.platform.streams;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import java.io.InputStream;
import java.util.Map;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** The bucket of recordings, as the functions behind its events see it. */
public final class RecordingsBucket {
    /** One version of one object, as an event of the bucket names it; the version is empty where the event has none. */
    public record Stored(String key, String version) {
        /** What an event of S3, as EventBridge hands it on, is about; empty words where it does not say. */
        public static Stored of(Map<String, Object> event) {
            JsonNode named = Json.MAPPER.valueToTree(event).path("detail").path("object");
            return new Stored(
                    named.path("key").asText(), named.path("version-id").asText(""));
        }
    }

    private final S3Client s3;
    private final String bucket;

    public RecordingsBucket(Environment environment) {
        s3 = environment.client(S3Client.builder());
        bucket = environment.variable("RECORDINGS_BUCKET");
    }

    /** The content; a connection that breaks off is an {@link java.io.IOException}, not the end of the file. */
    public InputStream open(Stored object) {
        ResponseInputStream<GetObjectResponse> content = s3.getObject(get -> {
            get.bucket(bucket).key(object.key());
            if (!object.version().isEmpty()) get.versionId(object.version());
        });
        return new ExactLength(content, content.response().contentLength());
    }

    /** Says so to everybody who may read the bucket, and by S3's event to those who wait for it. */
    public void accept(Stored object) {
        s3.putObjectTagging(put -> put.bucket(bucket)
                .key(object.key())
                .tagging(tagging -> tagging.tagSet(
                        Tag.builder().key("accepted").value("true").build())));
    }

    /** Version and all; nothing happens if it is gone already. */
    public void erase(Stored object) {
        s3.deleteObject(delete -> {
            delete.bucket(bucket).key(object.key());
            if (!object.version().isEmpty()) delete.versionId(object.version());
        });
    }
}
