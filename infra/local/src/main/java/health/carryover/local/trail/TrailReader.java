package health.carryover.local.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads the trail back out of its bucket, newest first. */
public final class TrailReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Trail trail;
    private final String bucket;
    private final CompletableFuture<S3Client> storage;

    public TrailReader(Trail trail, String bucket, CompletableFuture<S3Client> storage) {
        this.trail = trail;
        this.bucket = bucket;
        this.storage = storage;
    }

    /**
     * Records of a span of time.
     *
     * @param from included
     * @param to included
     * @param skip how many of those that match are passed over
     * @param most how many are given at most
     */
    public List<JsonNode> read(Instant from, Instant to, Predicate<JsonNode> matches, int skip, int most) {
        List<JsonNode> found = new ArrayList<>();
        if (!trail.on()) return found;
        trail.flush();
        // Records tell whole seconds.
        Instant first = from.truncatedTo(ChronoUnit.SECONDS);
        int passed = 0;
        for (String key : keys(from, to)) {
            List<JsonNode> records = records(key);
            for (int i = records.size() - 1; i >= 0; i--) {
                JsonNode record = records.get(i);
                Instant time = Instant.parse(record.path("eventTime").asText());
                if (time.isBefore(first) || time.isAfter(to) || !matches.test(record)) continue;
                if (passed++ < skip) continue;
                if (found.size() == most) return found;
                found.add(record);
            }
        }
        return found;
    }

    /** A file begins at the time in its name and ends on the same day. */
    private List<String> keys(Instant from, Instant to) {
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(to, ZoneOffset.UTC);
        List<String> keys = new ArrayList<>();
        storage.join().listObjectsV2Paginator(list -> list.bucket(bucket).prefix(Trail.PREFIX)).contents().stream()
                .map(S3Object::key)
                .filter(key -> {
                    LocalDate day = LocalDate.parse(key.substring(Trail.PREFIX.length(), Trail.PREFIX.length() + 10)
                            .replace('/', '-'));
                    return !day.isBefore(first) && !day.isAfter(last);
                })
                .forEach(keys::add);
        return keys.stream().sorted().toList().reversed();
    }

    private List<JsonNode> records(String key) {
        byte[] file = storage.join()
                .getObjectAsBytes(get -> get.bucket(bucket).key(key))
                .asByteArrayUnsafe();
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(file))) {
            List<JsonNode> records = new ArrayList<>();
            JSON.readTree(content).path("Records").forEach(records::add);
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(key + " is not a file of the trail", e);
        }
    }
}
