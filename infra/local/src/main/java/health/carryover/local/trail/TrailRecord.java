package health.carryover.local.trail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.access.Call;
import health.carryover.local.iam.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call as CloudTrail records it. No contents: the parameters are the identifiers that the call shows.
 *
 * @param errorMessage only of a refusal by the policies; what services say may repeat what was sent to them
 */
record TrailRecord(
        Instant time,
        Principal principal,
        String accessKey,
        Call call,
        String requestId,
        @Nullable String errorCode,
        @Nullable String errorMessage) {
    static final String VERSION = "1.11";
    static final String ACCOUNT = "000000000000";
    static final String REGION = "us-east-1";
    private static final Map<String, String> TYPES = Map.of(
            "dynamodb", "AWS::DynamoDB::Table",
            "s3", "AWS::S3::Object",
            "lambda", "AWS::Lambda::Function",
            "kms", "AWS::KMS::Key",
            "states", "AWS::StepFunctions::StateMachine",
            "sqs", "AWS::SQS::Queue",
            "sns", "AWS::SNS::Topic",
            "cognito-idp", "AWS::Cognito::UserPool",
            "sts", "AWS::IAM::Role");

    ObjectNode json(UUID eventId) {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("eventVersion", VERSION);
        record.set("userIdentity", identity());
        record.put("eventTime", time.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("eventSource", call.source())
                .put("eventName", call.operation())
                .put("awsRegion", REGION)
                .put("sourceIPAddress", principal.kind() == Principal.Kind.SERVICE ? principal.arn() : "127.0.0.1")
                .put("userAgent", "-");
        if (errorCode != null) record.put("errorCode", errorCode);
        if (errorMessage != null) record.put("errorMessage", errorMessage);
        record.set("requestParameters", call.shown());
        record.putNull("responseElements")
                .put("requestID", requestId)
                .put("eventID", eventId.toString())
                .put("readOnly", call.readOnly());
        ArrayNode resources = record.putArray("resources");
        for (String arn : call.resources())
            resources
                    .addObject()
                    .put("accountId", ACCOUNT)
                    .put("type", type(arn))
                    .put("ARN", arn);
        return record.put("eventType", "AwsApiCall")
                .put("managementEvent", !call.data())
                .put("recipientAccountId", ACCOUNT)
                .put("eventCategory", call.data() ? "Data" : "Management");
    }

    private static String type(String arn) {
        String service = arn.split(":", 4)[2];
        if (service.equals("s3") && !arn.contains("/")) return "AWS::S3::Bucket";
        return TYPES.getOrDefault(service, "AWS::" + service);
    }

    private ObjectNode identity() {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        String arn = principal.arn();
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        switch (principal.kind()) {
            case SERVICE -> identity.put("type", "AWSService").put("invokedBy", arn);
            case USER ->
                identity.put("type", "IAMUser")
                        .put("principalId", name)
                        .put("arn", arn)
                        .put("accountId", ACCOUNT)
                        .put("accessKeyId", accessKey)
                        .put("userName", name);
            case ROLE -> {
                String role = principal.roleArn();
                String roleName = role.substring(role.lastIndexOf('/') + 1);
                identity.put("type", "AssumedRole")
                        .put("principalId", roleName + ":" + name)
                        .put("arn", arn)
                        .put("accountId", ACCOUNT)
                        .put("accessKeyId", accessKey);
                identity.putObject("sessionContext")
                        .putObject("sessionIssuer")
                        .put("type", "Role")
                        .put("principalId", roleName)
                        .put("arn", role)
                        .put("accountId", ACCOUNT)
                        .put("userName", roleName);
            }
        }
        return identity;
    }
}
