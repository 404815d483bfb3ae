package health.carryover.local.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.iam.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** S3's requests as IAM sees them: several operations share an action, a version has one of its own. */
public final class S3Calls {
    /**
     * A request.
     *
     * @param bucket empty when none is named
     * @param key decoded; empty when none is named
     * @param query decoded
     * @param header by name, null when absent
     * @param deleted of a DeleteObjects its keys
     */
    public record Asked(
            String method,
            String bucket,
            String key,
            Map<String, String> query,
            UnaryOperator<@Nullable String> header,
            List<String> deleted) {
        boolean has(String parameter) {
            return query.containsKey(parameter);
        }

        boolean hasHeader(String name) {
            return header.apply(name) != null;
        }
    }

    /** Operation and action of one sub-resource: {@code ?tagging}. */
    private record Sub(String parameter, String operation, String action) {}

    private static final List<Sub> OF_OBJECT = List.of(
            new Sub("tagging", "ObjectTagging", "ObjectTagging"),
            new Sub("acl", "ObjectAcl", "ObjectAcl"),
            new Sub("retention", "ObjectRetention", "ObjectRetention"),
            new Sub("legal-hold", "ObjectLegalHold", "ObjectLegalHold"),
            new Sub("attributes", "ObjectAttributes", "ObjectAttributes"));
    private static final List<Sub> OF_BUCKET = List.of(
            new Sub("versioning", "BucketVersioning", "BucketVersioning"),
            new Sub("location", "BucketLocation", "BucketLocation"),
            new Sub("policy", "BucketPolicy", "BucketPolicy"),
            new Sub("lifecycle", "BucketLifecycleConfiguration", "LifecycleConfiguration"),
            new Sub("object-lock", "ObjectLockConfiguration", "BucketObjectLockConfiguration"),
            new Sub("encryption", "BucketEncryption", "EncryptionConfiguration"),
            new Sub("acl", "BucketAcl", "BucketAcl"),
            new Sub("tagging", "BucketTagging", "BucketTagging"));

    private final Keyed keyed;

    public S3Calls(ResourcePolicies resources) {
        keyed = new Keyed(resources);
    }

    public Call read(Asked asked) {
        return new Reading(asked).read();
    }

    /** Whether a missing object may be called missing: without this S3 says that access is denied. */
    public Call mayList(String bucket) {
        Reading reading = new Reading(new Asked("GET", bucket, "", Map.of(), _ -> null, List.of()));
        return reading.read();
    }

    /** What CloudTrail does to deliver a file for a trail. */
    public List<Call> delivery(String bucket, String trailArn) {
        Request.Context source = key -> switch (key) {
            case "aws:sourcearn" -> List.of(trailArn);
            case "aws:sourceaccount" -> List.of(Arns.ACCOUNT);
            default -> null;
        };
        Reading acl = new Reading(new Asked("GET", bucket, "", Map.of("acl", ""), _ -> null, List.of()));
        UnaryOperator<@Nullable String> header = name -> "x-amz-acl".equals(name) ? "bucket-owner-full-control" : null;
        Asked put =
                new Asked("PUT", bucket, "AWSLogs/" + Arns.ACCOUNT + "/CloudTrail/file", Map.of(), header, List.of());
        return List.of(with(acl.read(), source), with(new Reading(put).read(), source));
    }

    /** The key of the bucket is CloudTrail's own matter: it encrypts before it stores. */
    private static Call with(Call call, Request.Context more) {
        List<Access> accesses = call.accesses().stream()
                .filter(access -> !access.action().startsWith("kms:"))
                .map(access -> new Access(
                        access.action(),
                        access.resource(),
                        access.context().or(more),
                        access.policy(),
                        access.weight()))
                .toList();
        return new Call(
                call.service(),
                call.source(),
                call.operation(),
                accesses,
                call.shown(),
                call.resources(),
                call.readOnly(),
                call.data());
    }

    private final class Reading {
        private final Asked asked;
        private final String bucket;
        private final String object;
        private final List<Access> accesses = new ArrayList<>();

        Reading(Asked asked) {
            this.asked = asked;
            bucket = Arns.bucket(asked.bucket());
            object = bucket + "/" + asked.key();
        }

        Call read() {
            String operation = asked.bucket().isEmpty()
                    ? on("*", "ListBuckets", "s3:ListAllMyBuckets")
                    : asked.key().isEmpty() ? bucket() : object();
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            if (!asked.bucket().isEmpty()) shown.put("bucketName", asked.bucket());
            if (!asked.key().isEmpty()) shown.put("key", asked.key());
            String version = asked.query().get("versionId");
            if (version != null) shown.put("versionId", version);
            boolean readOnly =
                    operation.startsWith("Get") || operation.startsWith("Head") || operation.startsWith("List");
            return new Call(
                    "s3",
                    "s3.amazonaws.com",
                    operation,
                    accesses,
                    shown,
                    asked.bucket().isEmpty() ? List.of() : List.of(asked.key().isEmpty() ? bucket : object, bucket),
                    readOnly,
                    !asked.key().isEmpty() || operation.startsWith("ListObject") || operation.equals("DeleteObjects"));
        }

        private String on(String resource, String operation, String action) {
            accesses.add(keyed.access(action, resource, bucket, this::context));
            return operation;
        }

        private String bucket() {
            for (Sub sub : OF_BUCKET)
                if (asked.has(sub.parameter())) return on(bucket, verb(sub.operation()), "s3:" + verb(sub.action()));
            return switch (asked.method()) {
                case "PUT" -> on(bucket, "CreateBucket", "s3:CreateBucket");
                case "DELETE" -> on(bucket, "DeleteBucket", "s3:DeleteBucket");
                case "HEAD" -> on(bucket, "HeadBucket", "s3:ListBucket");
                case "POST" -> {
                    for (String key : asked.deleted()) on(bucket + "/" + key, "", "s3:DeleteObject");
                    yield "DeleteObjects";
                }
                default -> {
                    if (asked.has("versions")) yield on(bucket, "ListObjectVersions", "s3:ListBucketVersions");
                    if (asked.has("uploads")) yield on(bucket, "ListMultipartUploads", "s3:ListBucketMultipartUploads");
                    yield on(bucket, asked.has("list-type") ? "ListObjectsV2" : "ListObjects", "s3:ListBucket");
                }
            };
        }

        private String verb(String what) {
            return (asked.method().equals("PUT") ? "Put" : asked.method().equals("DELETE") ? "Delete" : "Get") + what;
        }

        private String versioned(String action) {
            return asked.has("versionId") ? action.replace("Object", "ObjectVersion") : action;
        }

        private String object() {
            for (Sub sub : OF_OBJECT)
                if (asked.has(sub.parameter()))
                    return on(object, verb(sub.operation()), versioned("s3:" + verb(sub.action())));
            return switch (asked.method()) {
                case "GET" -> {
                    if (asked.has("uploadId")) yield on(object, "ListParts", "s3:ListMultipartUploadParts");
                    on(object, "", versioned("s3:GetObject"));
                    key("kms:Decrypt");
                    yield "GetObject";
                }
                case "HEAD" -> on(object, "HeadObject", versioned("s3:GetObject"));
                case "DELETE" ->
                    asked.has("uploadId")
                            ? on(object, "AbortMultipartUpload", "s3:AbortMultipartUpload")
                            : on(object, "DeleteObject", versioned("s3:DeleteObject"));
                case "POST" -> {
                    on(object, "", "s3:PutObject");
                    tagged();
                    key("kms:GenerateDataKey", "kms:Decrypt");
                    yield asked.has("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
                }
                case "PUT" -> put();
                default -> on(object, asked.method(), "s3:" + asked.method());
            };
        }

        private String put() {
            on(object, "", "s3:PutObject");
            String source = asked.header().apply("x-amz-copy-source");
            if (source != null) copied(source);
            if (asked.has("partNumber")) {
                key("kms:GenerateDataKey", "kms:Decrypt");
                return source == null ? "UploadPart" : "UploadPartCopy";
            }
            tagged();
            // The owner's full control is what the owner has anyway; CloudTrail sends it and is granted PutObject
            // alone.
            String acl = asked.header().apply("x-amz-acl");
            if (acl != null && !acl.equals("bucket-owner-full-control")) on(object, "", "s3:PutObjectAcl");
            if (asked.hasHeader("x-amz-object-lock-mode")) on(object, "", "s3:PutObjectRetention");
            if (asked.hasHeader("x-amz-object-lock-legal-hold")) on(object, "", "s3:PutObjectLegalHold");
            key("kms:GenerateDataKey");
            return source == null ? "PutObject" : "CopyObject";
        }

        /** Whoever copies reads the source. */
        private void copied(String source) {
            String path = source.startsWith("/") ? source.substring(1) : source;
            int version = path.indexOf("?versionId=");
            String plain = URLDecoder.decode(version < 0 ? path : path.substring(0, version), StandardCharsets.UTF_8);
            int slash = plain.indexOf('/');
            String from = Arns.bucket(slash < 0 ? plain : plain.substring(0, slash));
            accesses.add(keyed.access(
                    version < 0 ? "s3:GetObject" : "s3:GetObjectVersion", Arns.bucket(plain), from, this::context));
            keyed.throughService(accesses, "s3", from, "aws:s3:arn", "kms:Decrypt");
        }

        private void tagged() {
            if (asked.hasHeader("x-amz-tagging")) on(object, "", "s3:PutObjectTagging");
        }

        private void key(String... actions) {
            keyed.throughService(accesses, "s3", bucket, "aws:s3:arn", actions);
        }

        private @Nullable List<String> context(String key) {
            return switch (key) {
                case "s3:prefix" ->
                    asked.key().isEmpty() ? List.of(asked.query().getOrDefault("prefix", "")) : null;
                case "s3:delimiter" -> parameter("delimiter");
                case "s3:max-keys" -> parameter("max-keys");
                case "s3:versionid" -> parameter("versionId");
                case "s3:x-amz-acl" -> header("x-amz-acl");
                case "s3:x-amz-content-sha256" -> header("x-amz-content-sha256");
                case "s3:x-amz-server-side-encryption" -> header("x-amz-server-side-encryption");
                case "s3:x-amz-server-side-encryption-aws-kms-key-id" ->
                    header("x-amz-server-side-encryption-aws-kms-key-id");
                default -> key.startsWith("s3:requestobjecttag/") ? tag(key.substring(20)) : null;
            };
        }

        private @Nullable List<String> parameter(String name) {
            String value = asked.query().get(name);
            return value == null ? null : List.of(value);
        }

        private @Nullable List<String> header(String name) {
            String value = asked.header().apply(name);
            return value == null ? null : List.of(value);
        }

        private @Nullable List<String> tag(String name) {
            String tagging = asked.header().apply("x-amz-tagging");
            if (tagging == null) return null;
            for (String pair : tagging.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (URLDecoder.decode(parts[0], StandardCharsets.UTF_8).equalsIgnoreCase(name))
                    return List.of(parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return null;
        }
    }
}
