package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The buckets' lifecycle rules on the virtual clock, once a day at midnight UTC. Each age is rounded up to the next
 * midnight, as S3 does: in a versioned bucket the current version gets a delete marker, what lies under a newer version
 * is removed, a marker with nothing under it too, and unfinished uploads are aborted. S3 itself may be a day late; this
 * is not.
 */
final class S3Lifecycle {
    private static final Set<String> UNDERSTOOD = Set.of(
            "Id",
            "Status",
            "ExpirationInDays",
            "NoncurrentVersionExpiration",
            "AbortIncompleteMultipartUpload",
            "ExpiredObjectDeleteMarker",
            // Another storage class costs less and changes nothing here.
            "Transitions");

    /** One version of a key, or a delete marker; the version is empty in a bucket without versions. */
    private record Version(String id, boolean marker, Instant created) {}

    private record Upload(String bucket, String key, Instant initiated) {}

    private final VirtualClock clock;
    private final S3Client client;
    private final Map<String, List<JsonNode>> rules = new HashMap<>();
    /** Bucket to key to its versions, the newest first. */
    private final Map<String, Map<String, List<Version>>> buckets = new HashMap<>();

    private final Map<String, Upload> uploads = new HashMap<>();

    S3Lifecycle(Template template, VirtualClock clock, S3Client client) {
        this.clock = clock;
        this.client = client;
        for (Resource bucket : template.ofType("AWS::S3::Bucket")) read(bucket);
        if (!rules.isEmpty()) arm();
    }

    private void read(Resource bucket) {
        for (JsonNode rule : bucket.at("LifecycleConfiguration", "Rules")) {
            rule.fieldNames().forEachRemaining(property -> {
                if (!UNDERSTOOD.contains(property))
                    throw new IllegalStateException(
                            "bucket " + bucket.id() + ": the lifecycle of the local cloud knows no " + property);
            });
            if (rule.path("Status").asText().equals("Enabled"))
                rules.computeIfAbsent(bucket.ref(), _ -> new ArrayList<>()).add(rule);
        }
    }

    private void arm() {
        Instant next = midnight(clock.instant().plusNanos(1));
        clock.at(next, () -> {
            arm();
            run(next);
        });
    }

    /** The first midnight UTC that is not before this instant. */
    private static Instant midnight(Instant at) {
        Instant day = at.truncatedTo(ChronoUnit.DAYS);
        return day.equals(at) ? day : day.plus(Duration.ofDays(1));
    }

    // --- what happened ------------------------------------------------------------------------------

    synchronized void written(String bucket, String key, String version) {
        put(bucket, key, new Version(version, false, clock.instant()));
    }

    synchronized void marked(String bucket, String key, String version) {
        put(bucket, key, new Version(version, true, clock.instant()));
    }

    synchronized void began(String upload, String bucket, String key) {
        uploads.put(upload, new Upload(bucket, key, clock.instant()));
    }

    synchronized boolean isOpen(String upload) {
        return uploads.containsKey(upload);
    }

    /** An object in parts is as old as its upload. */
    synchronized void completed(String upload, String bucket, String key, String version) {
        Upload begun = uploads.remove(upload);
        put(bucket, key, new Version(version, false, begun == null ? clock.instant() : begun.initiated()));
    }

    synchronized void aborted(String upload) {
        uploads.remove(upload);
    }

    synchronized void removed(String bucket, String key, String version) {
        Map<String, List<Version>> keys = buckets.getOrDefault(bucket, Map.of());
        List<Version> versions = keys.get(key);
        if (versions == null) return;
        versions.removeIf(found -> found.id().equals(version));
        if (versions.isEmpty()) keys.remove(key);
    }

    private void put(String bucket, String key, Version version) {
        if (!rules.containsKey(bucket)) return;
        List<Version> versions =
                buckets.computeIfAbsent(bucket, _ -> new TreeMap<>()).computeIfAbsent(key, _ -> new ArrayList<>());
        versions.removeIf(found -> found.id().equals(version.id()));
        versions.addFirst(version);
    }

    // --- the daily run ------------------------------------------------------------------------------

    private synchronized void run(Instant now) {
        rules.forEach((bucket, all) -> {
            for (JsonNode rule : all) abort(bucket, rule, now);
            Map<String, List<Version>> keys = buckets.getOrDefault(bucket, Map.of());
            for (String key : List.copyOf(keys.keySet())) {
                // Decided on what is there now: what this run makes is looked at by the next.
                List<Version> versions = List.copyOf(keys.get(key));
                for (JsonNode rule : all) apply(rule, bucket, key, versions, now);
            }
        });
    }

    private void abort(String bucket, JsonNode rule, Instant now) {
        JsonNode days = rule.path("AbortIncompleteMultipartUpload").path("DaysAfterInitiation");
        if (days.isMissingNode()) return;
        Iterator<Map.Entry<String, Upload>> open = uploads.entrySet().iterator();
        while (open.hasNext()) {
            Map.Entry<String, Upload> upload = open.next();
            if (!upload.getValue().bucket().equals(bucket)
                    || !due(upload.getValue().initiated(), days, now)) continue;
            client.abortMultipartUpload(
                    abort -> abort.bucket(bucket).key(upload.getValue().key()).uploadId(upload.getKey()));
            open.remove();
        }
    }

    private void apply(JsonNode rule, String bucket, String key, List<Version> versions, Instant now) {
        Version current = versions.getFirst();
        JsonNode days = rule.path("ExpirationInDays");
        boolean old = !days.isMissingNode() && due(current.created(), days, now);
        boolean bare = current.marker() && versions.size() == 1;
        if (bare && (old || rule.path("ExpiredObjectDeleteMarker").asBoolean())) remove(bucket, key, current);
        if (!current.marker() && old) expire(bucket, key, current, now);
        JsonNode noncurrent = rule.path("NoncurrentVersionExpiration").path("NoncurrentDays");
        if (noncurrent.isMissingNode()) return;
        // A version is noncurrent since the one above it was made.
        for (int i = 1; i < versions.size(); i++)
            if (due(versions.get(i - 1).created(), noncurrent, now)) remove(bucket, key, versions.get(i));
    }

    private static boolean due(Instant from, JsonNode days, Instant now) {
        return !midnight(from.plus(Duration.ofDays(days.asInt()))).isAfter(now);
    }

    private void expire(String bucket, String key, Version current, Instant now) {
        String marker =
                client.deleteObject(delete -> delete.bucket(bucket).key(key)).versionId();
        if (current.id().isEmpty()) removed(bucket, key, current.id());
        else put(bucket, key, new Version(marker == null ? "" : marker, true, now));
    }

    private void remove(String bucket, String key, Version version) {
        client.deleteObject(delete -> delete.bucket(bucket).key(key).versionId(version.id()));
        removed(bucket, key, version.id());
    }
}
