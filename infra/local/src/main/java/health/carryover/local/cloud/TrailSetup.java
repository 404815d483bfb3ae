package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.access.Call;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The template's trail: the bucket it writes to, and whether it may, which CloudTrail tries when a trail is made. */
final class TrailSetup {
    private static final Caller CLOUD_TRAIL = Caller.service("cloudtrail.amazonaws.com");

    private TrailSetup() {}

    static Optional<Resource> trail(Template template) {
        return template.ofType("AWS::CloudTrail::Trail").stream()
                .filter(trail -> trail.at("IsLogging").asBoolean())
                .findFirst();
    }

    static String bucket(Template template) {
        return trail(template).map(trail -> trail.at("S3BucketName").asText()).orElse("");
    }

    /** @throws IllegalStateException when bucket or key do not let CloudTrail write */
    static void check(Resource trail, Checkpoint checkpoint) {
        List<Call> calls = new ArrayList<>(
                checkpoint.s3().delivery(trail.at("S3BucketName").asText(), trail.arn()));
        String key = trail.text("KMSKeyId", "");
        if (!key.isEmpty()) {
            ObjectNode input = Json.object().put("KeyId", key);
            input.putObject("EncryptionContext").put("aws:cloudtrail:arn", trail.arn());
            calls.add(checkpoint.call("kms", "GenerateDataKey", input, trail.arn()));
            calls.add(checkpoint.call("kms", "DescribeKey", Json.object().put("KeyId", key), trail.arn()));
        }
        for (Call call : calls) {
            AwsError refusal = checkpoint.refusal(CLOUD_TRAIL, call);
            if (refusal != null)
                throw new IllegalStateException("the trail " + trail.id() + " cannot write: " + refusal.getMessage());
        }
    }
}
