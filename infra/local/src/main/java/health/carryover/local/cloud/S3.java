package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.access.Call;
import health.carryover.local.access.S3Calls;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** S3 as clients see it: S3Proxy, and what it lacks: tags, conditional writes, events. */
final class S3 implements Request.Handler, AutoCloseable {
    private static final Pattern OBJECT = Pattern.compile("/(?<bucket>[^/]+)/(?<key>.+)");
    private static final Pattern NAMED = Pattern.compile("/(?<bucket>[^/]+)?(?:/(?<key>.*))?");
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    /** CloudTrail's errorCode of S3's answers. */
    private static final Map<Integer, String> ERRORS = Map.of(
            400, "InvalidRequest",
            403, "AccessDenied",
            404, "NoSuchKey",
            409, "OperationAborted",
            412, "PreconditionFailed");

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

    /** An object as a request names it. */
    private record Target(String bucket, String key, Map<String, String> query) {
        boolean has(String parameter) {
            return query.containsKey(parameter);
        }

        ObjectTags.Version version(@Nullable String version) {
            return new ObjectTags.Version(bucket, key, version == null || version.equals("null") ? "" : version);
        }
    }

    private final S3Store store;
    private final EventBus events;
    private final Checkpoint checkpoint;
    private final Ids ids;
    private final ObjectTags tags = new ObjectTags();
    private final S3Lifecycle lifecycle;
    private final Map<String, Map<String, String>> tagsOfUploads = new ConcurrentHashMap<>();
    private final Set<String> notifying = new HashSet<>();
    private final Object[] locks = new Object[64];

    S3(Template template, VirtualClock clock, EventBus events, Checkpoint checkpoint, Ids ids) {
        this.events = events;
        this.checkpoint = checkpoint;
        this.ids = ids;
        store = new S3Store();
        Arrays.setAll(locks, _ -> new Object());
        for (Resource bucket : template.ofType("AWS::S3::Bucket")) create(bucket);
        lifecycle = new S3Lifecycle(template, clock, store.client());
    }

    private void create(Resource bucket) {
        store.client().createBucket(request -> request.bucket(bucket.ref()));
        if (bucket.at("VersioningConfiguration", "Status").asText().equals("Enabled"))
            store.client()
                    .putBucketVersioning(request -> request.bucket(bucket.ref())
                            .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        if (bucket.at("NotificationConfiguration", "EventBridgeConfiguration", "EventBridgeEnabled")
                .asBoolean()) notifying.add(bucket.ref());
    }

    @Override
    public boolean handle(Request incoming, Response response, Callback callback) throws Exception {
        Caller caller = Caller.current();
        Map<String, String> query = query(incoming);
        boolean deletesMany = incoming.getMethod().equals("POST") && query.containsKey("delete");
        Request request = deletesMany ? Buffered.of(incoming) : incoming;
        Call call = checkpoint.s3().read(asked(request, query));
        AwsError refusal = checkpoint.refusal(caller, call);
        if (refusal != null) {
            checkpoint.record(caller, call, Checkpoint.requestId(), refusal.code(), refusal.getMessage());
            // A client that is still sending would not get to read the answer.
            Content.Source.consumeAll(request);
            reply(refusal.status(), ObjectTags.error(refusal), response, callback);
            return true;
        }
        Runnable answered = () -> {
            String id = response.getHeaders().get("x-amz-request-id");
            checkpoint.record(
                    caller, call, id == null ? Checkpoint.requestId() : id, ERRORS.get(response.getStatus()), null);
        };
        answer(request, response, Callback.from(answered, callback));
        return true;
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new HashMap<>();
        Request.extractQueryParameters(request).forEach(field -> query.put(field.getName(), field.getValue()));
        return query;
    }

    private static S3Calls.Asked asked(Request request, Map<String, String> query) {
        Matcher path = NAMED.matcher(request.getHttpURI().getPath());
        boolean named = path.matches();
        String key = named && path.group("key") != null ? path.group("key") : "";
        List<String> deleted = new ArrayList<>();
        if (request instanceof Buffered whole)
            KEY.matcher(new String(whole.body(), StandardCharsets.UTF_8))
                    .results()
                    .forEach(found -> deleted.add(found.group(1)));
        return new S3Calls.Asked(
                request.getMethod(),
                named && path.group("bucket") != null ? path.group("bucket") : "",
                URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8),
                query,
                name -> request.getHeaders().get(name),
                deleted);
    }

    private void answer(Request request, Response response, Callback callback) throws Exception {
        Target object = target(request);
        try {
            if (object == null) pass(request, response, callback);
            else if (ended(object)) throw noSuchUpload(request);
            else if (object.has("tagging")) tagging(object, request, response, callback);
            else if (request.getHeaders().contains("If-None-Match")
                    && !request.getMethod().equals("GET")
                    && !request.getMethod().equals("HEAD")) ifAbsent(object, request, response, callback);
            else write(object, request, response, callback);
        } catch (AwsError e) {
            reply(e.status(), ObjectTags.error(e), response, callback);
        }
    }

    /** S3Proxy takes parts of an upload that was aborted or completed. */
    private boolean ended(Target object) {
        String upload = object.query().get("uploadId");
        return upload != null && !lifecycle.isOpen(upload);
    }

    private static AwsError noSuchUpload(Request request) throws IOException {
        // A client that is still sending would not get to read the answer.
        Content.Source.consumeAll(request);
        return new AwsError(404, "NoSuchUpload", "The specified upload does not exist.");
    }

    private static @Nullable Target target(Request request) {
        Matcher path = OBJECT.matcher(request.getHttpURI().getPath());
        if (!path.matches()) return null;
        return new Target(
                path.group("bucket"),
                URLDecoder.decode(path.group("key").replace("+", "%2B"), StandardCharsets.UTF_8),
                query(request));
    }

    private void pass(Request request, Response response, Callback callback) throws IOException {
        finish(store.forward(request), response, callback);
    }

    private static void finish(S3Store.Answer answer, Response response, Callback callback) throws IOException {
        S3Store.back(answer, response);
        try (InputStream body = answer.body();
                OutputStream out = Content.Sink.asOutputStream(response)) {
            body.transferTo(out);
        }
        callback.succeeded();
    }

    /** S3Proxy looks and then writes; one at a time here, so that of two writers one loses. */
    private void ifAbsent(Target object, Request request, Response response, Callback callback) throws IOException {
        synchronized (locks[Math.floorMod(object.bucket().concat(object.key()).hashCode(), locks.length)]) {
            write(object, request, response, callback);
        }
    }

    private void write(Target object, Request request, Response response, Callback callback) throws IOException {
        String tagging = request.getHeaders().get("x-amz-tagging");
        S3Store.Answer answer = store.forward(request);
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (answer.status() == 404 && reads && !mayList(object.bucket())) {
            answer.body().close();
            reply(403, ObjectTags.error(new AwsError(403, "AccessDenied", "Access Denied")), response, callback);
            return;
        }
        if (answer.status() / 100 != 2) {
            finish(answer, response, callback);
            return;
        }
        switch (request.getMethod()) {
            case "PUT" -> {
                if (object.has("partNumber")
                        || object.has("acl")
                        || object.has("retention")
                        || object.has("legal-hold")) break;
                String source = request.getHeaders().get("x-amz-copy-source");
                Map<String, String> own =
                        tagging != null ? ObjectTags.ofHeader(tagging) : source != null ? ofSource(source) : Map.of();
                byte[] body = answer.body().readAllBytes();
                written(object, answer, own, source != null ? "CopyObject" : "PutObject");
                finishWith(body, answer, response, callback);
                return;
            }
            case "POST" -> {
                byte[] body = answer.body().readAllBytes();
                String text = new String(body, StandardCharsets.UTF_8);
                if (object.has("uploads")) {
                    Matcher upload = UPLOAD_ID.matcher(text);
                    if (upload.find()) began(object, upload.group(1), tagging);
                } else if (object.has("uploadId") && !text.contains("<Error>")) {
                    Map<String, String> own =
                            tagsOfUploads.remove(object.query().get("uploadId"));
                    written(object, answer, own == null ? Map.of() : own, "CompleteMultipartUpload");
                }
                finishWith(body, answer, response, callback);
                return;
            }
            case "DELETE" -> {
                String upload = object.query().get("uploadId");
                if (upload != null) aborted(upload);
                else deleted(object, answer);
            }
            default -> {}
        }
        finish(answer, response, callback);
    }

    private void began(Target object, String upload, @Nullable String tagging) {
        if (tagging != null) tagsOfUploads.put(upload, ObjectTags.ofHeader(tagging));
        lifecycle.began(upload, object.bucket(), object.key());
    }

    private void aborted(String upload) {
        tagsOfUploads.remove(upload);
        lifecycle.aborted(upload);
    }

    /** Whoever may not list a bucket is not told that an object is missing. */
    private boolean mayList(String bucket) {
        return checkpoint.allows(Caller.current(), checkpoint.s3().mayList(bucket));
    }

    private static void finishWith(byte[] body, S3Store.Answer answer, Response response, Callback callback) {
        S3Store.back(answer, response);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private Map<String, String> ofSource(String source) {
        Matcher path = OBJECT.matcher(source.startsWith("/") ? source : "/" + source);
        if (!path.matches()) return Map.of();
        String key = path.group("key");
        int version = key.indexOf("?versionId=");
        Target from = new Target(
                path.group("bucket"),
                URLDecoder.decode(version < 0 ? key : key.substring(0, version), StandardCharsets.UTF_8),
                Map.of());
        return tags.of(current(from, version < 0 ? null : key.substring(version + 11)));
    }

    private void written(Target object, S3Store.Answer answer, Map<String, String> own, String reason) {
        String version = answer.headers().get("x-amz-version-id");
        HeadObjectResponse head = head(object, version);
        if (head == null) throw new IllegalStateException("an object that was just written is not there");
        ObjectTags.Version written = object.version(head.versionId());
        tags.put(written, own);
        String upload = object.query().get("uploadId");
        if (upload == null) lifecycle.written(object.bucket(), object.key(), written.version());
        else lifecycle.completed(upload, object.bucket(), object.key(), written.version());
        if (!notifying.contains(object.bucket())) return;
        ObjectNode detail = detail(object, reason);
        ObjectNode described = (ObjectNode) detail.path("object");
        described.put("size", head.contentLength()).put("etag", head.eTag().replace("\"", ""));
        if (!written.version().isEmpty()) described.put("version-id", written.version());
        publish("Object Created", object, detail);
    }

    private void deleted(Target object, S3Store.Answer answer) {
        String version = object.query().get("versionId");
        tags.remove(object.version(version));
        boolean marker = "true".equals(answer.headers().get("x-amz-delete-marker")) && version == null;
        String affected = answer.headers().get("x-amz-version-id");
        if (marker && affected != null) lifecycle.marked(object.bucket(), object.key(), affected);
        else
            lifecycle.removed(
                    object.bucket(), object.key(), object.version(version).version());
        if (!notifying.contains(object.bucket())) return;
        ObjectNode detail = detail(object, "DeleteObject");
        detail.put("deletion-type", marker ? "Delete Marker Created" : "Permanently Deleted");
        if (affected != null) ((ObjectNode) detail.path("object")).put("version-id", affected);
        publish("Object Deleted", object, detail);
    }

    private ObjectNode detail(Target object, String reason) {
        ObjectNode detail = Json.object().put("version", "0");
        detail.putObject("bucket").put("name", object.bucket());
        detail.putObject("object")
                .put("key", object.key())
                .put("sequencer", ids.hex(18).toUpperCase(Locale.ROOT));
        return detail.put("request-id", ids.hex(16).toUpperCase(Locale.ROOT))
                .put("requester", Arn.ACCOUNT)
                .put("source-ip-address", "127.0.0.1")
                .put("reason", reason);
    }

    private void publish(String type, Target object, ObjectNode detail) {
        events.publish("aws.s3", type, detail, Json.array().add("arn:aws:s3:::" + object.bucket()));
    }

    private void tagging(Target object, Request request, Response response, Callback callback) throws IOException {
        ObjectTags.Version version = current(object, object.query().get("versionId"));
        switch (request.getMethod()) {
            case "GET" -> reply(200, ObjectTags.xml(tags.of(version)), response, callback);
            case "PUT" -> {
                ByteBuffer content = Content.Source.asByteBuffer(request);
                byte[] body = new byte[content.remaining()];
                content.get(body);
                tags.put(version, ObjectTags.ofXml(body));
                tagged("Object Tags Added", object, version);
                reply(200, "", response, callback);
            }
            case "DELETE" -> {
                tags.remove(version);
                tagged("Object Tags Deleted", object, version);
                reply(204, "", response, callback);
            }
            default -> throw Unknown.operation("s3", request.getMethod() + " ?tagging");
        }
    }

    /** S3 tells that tags changed, not which. */
    private void tagged(String type, Target object, ObjectTags.Version version) {
        if (!notifying.contains(object.bucket())) return;
        HeadObjectResponse head = head(object, version.version().isEmpty() ? null : version.version());
        ObjectNode detail = detail(object, "");
        detail.remove("reason");
        ObjectNode described = (ObjectNode) detail.path("object");
        described.remove("sequencer");
        if (head != null) described.put("etag", head.eTag().replace("\"", ""));
        if (!version.version().isEmpty()) described.put("version-id", version.version());
        publish(type, object, detail);
    }

    private ObjectTags.Version current(Target object, @Nullable String version) {
        HeadObjectResponse head = head(object, version);
        if (head == null) throw new AwsError(404, "NoSuchKey", "The specified key does not exist.");
        return object.version(head.versionId());
    }

    private @Nullable HeadObjectResponse head(Target object, @Nullable String version) {
        try {
            return store.client()
                    .headObject(request -> request.bucket(object.bucket())
                            .key(object.key())
                            .versionId(version == null || version.equals("null") ? null : version));
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    private static void reply(int status, String xml, Response response, Callback callback) {
        Gate.reply(xml.isEmpty() ? Reply.empty(status) : Reply.of(status, "application/xml", xml), response, callback);
    }

    /** Past the gate, for the cloud itself. */
    S3Client client() {
        return store.client();
    }

    @Override
    public void close() {
        store.close();
    }
}
