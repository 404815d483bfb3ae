package health.carryover.local.template;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code Ref} and {@code Fn::GetAtt} give for each type, in the shapes of AWS. */
final class Names {
    static final String ACCOUNT = "000000000000";
    static final String REGION = "us-east-1";
    static final String STACK = "carryover";

    /**
     * What a resource is called.
     *
     * @param name its own name, the last part of its ARN
     */
    record Physical(String name, String ref, Map<String, String> attributes) {}

    private Names() {}

    /** The property that names a resource of this type, if it can be named. */
    static @Nullable String nameProperty(String type) {
        return switch (type) {
            case "AWS::Serverless::Function" -> "FunctionName";
            case "AWS::Serverless::LayerVersion" -> "LayerName";
            case "AWS::DynamoDB::Table" -> "TableName";
            case "AWS::S3::Bucket" -> "BucketName";
            case "AWS::KMS::Alias" -> "AliasName";
            case "AWS::SNS::Topic" -> "TopicName";
            case "AWS::SQS::Queue" -> "QueueName";
            case "AWS::IAM::Role" -> "RoleName";
            case "AWS::IAM::ManagedPolicy" -> "ManagedPolicyName";
            case "AWS::Logs::LogGroup" -> "LogGroupName";
            case "AWS::CloudWatch::Alarm" -> "AlarmName";
            case "AWS::Cognito::UserPool" -> "UserPoolName";
            case "AWS::Cognito::UserPoolClient" -> "ClientName";
            case "AWS::Cognito::UserPoolDomain" -> "Domain";
            case "AWS::CloudTrail::Trail" -> "TrailName";
            case "AWS::Serverless::Api",
                    "AWS::Serverless::StateMachine",
                    "AWS::Events::Rule",
                    "AWS::Lambda::Alias",
                    "AWS::Scheduler::Schedule" -> "Name";
            default -> null;
        };
    }

    /** @param given the value of its name property, or null for a name of CloudFormation's making */
    static Physical of(String id, String type, @Nullable String given) {
        String name = given != null ? given : STACK + "-" + id;
        return switch (type) {
            case "AWS::Serverless::Function" -> named(name, name, arn("lambda", "function:" + name));
            case "AWS::Serverless::LayerVersion" -> byArn(name, arn("lambda", "layer:" + name + ":1"));
            case "AWS::Serverless::Api" -> {
                String api = letters(id, 10);
                yield new Physical(name, api, map("RestApiId", api, "RootResourceId", letters(id + "/", 10)));
            }
            case "AWS::Serverless::StateMachine" -> {
                String arn = arn("states", "stateMachine:" + name);
                yield new Physical(name, arn, map("Arn", arn, "Name", name));
            }
            case "AWS::DynamoDB::Table" -> {
                String arn = arn("dynamodb", "table/" + name);
                yield new Physical(name, name, map("Arn", arn, "StreamArn", arn + "/stream/local"));
            }
            case "AWS::S3::Bucket" -> {
                String bucket = given != null ? given : (STACK + "-" + id + "-" + ACCOUNT).toLowerCase(Locale.ROOT);
                yield new Physical(
                        bucket,
                        bucket,
                        map(
                                "Arn", "arn:aws:s3:::" + bucket,
                                "DomainName", bucket + ".s3.amazonaws.com",
                                "RegionalDomainName", bucket + ".s3." + REGION + ".amazonaws.com"));
            }
            case "AWS::KMS::Key" -> {
                String key = UUID.nameUUIDFromBytes(("key " + id).getBytes(StandardCharsets.UTF_8))
                        .toString();
                yield new Physical(key, key, map("Arn", arn("kms", "key/" + key), "KeyId", key));
            }
            case "AWS::CloudTrail::Trail" -> named(name, name, arn("cloudtrail", "trail/" + name));
            case "AWS::Events::Rule" -> named(name, name, arn("events", "rule/" + name));
            case "AWS::Scheduler::Schedule" -> named(name, name, arn("scheduler", "schedule/default/" + name));
            case "AWS::SNS::Topic" -> {
                String arn = arn("sns", name);
                yield new Physical(name, arn, map("Arn", arn, "TopicArn", arn, "TopicName", name));
            }
            case "AWS::SQS::Queue" -> {
                String url = "https://sqs." + REGION + ".amazonaws.com/" + ACCOUNT + "/" + name;
                yield new Physical(name, url, map("Arn", arn("sqs", name), "QueueName", name, "QueueUrl", url));
            }
            case "AWS::Cognito::UserPool" -> {
                String pool = REGION + "_" + letters(id, 9);
                String provider = "cognito-idp." + REGION + ".amazonaws.com/" + pool;
                yield new Physical(
                        name,
                        pool,
                        map(
                                "Arn",
                                arn("cognito-idp", "userpool/" + pool),
                                "ProviderName",
                                provider,
                                "ProviderURL",
                                "https://" + provider,
                                "UserPoolId",
                                pool));
            }
            case "AWS::Cognito::UserPoolClient" -> {
                String client = letters(id, 13) + letters(id + "2", 13);
                yield new Physical(name, client, map("ClientId", client, "Name", name));
            }
            case "AWS::IAM::Role" -> named(name, name, "arn:aws:iam::" + ACCOUNT + ":role/" + name);
            case "AWS::IAM::ManagedPolicy" -> byArn(name, "arn:aws:iam::" + ACCOUNT + ":policy/" + name);
            case "AWS::Logs::LogGroup" -> named(name, name, arn("logs", "log-group:" + name + ":*"));
            case "AWS::CloudWatch::Alarm" -> named(name, name, arn("cloudwatch", "alarm:" + name));
            case "AWS::WAFv2::WebACL" ->
                named(name, name, arn("wafv2", "regional/webacl/" + name + "/" + letters(id, 10)));
            default -> new Physical(name, name, map());
        };
    }

    static String arn(String service, String rest) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + rest;
    }

    private static Physical named(String ref, String name, String arn) {
        return new Physical(name, ref, map("Arn", arn));
    }

    private static Physical byArn(String name, String arn) {
        return new Physical(name, arn, map("Arn", arn));
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
        return Map.copyOf(map);
    }

    /** Letters and digits that stay the same for the same text. */
    private static String letters(String text, int length) {
        UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        String all = "a" + Long.toUnsignedString(hash.getMostSignificantBits(), 36)
                + Long.toUnsignedString(hash.getLeastSignificantBits(), 36) + "0000000000";
        return all.substring(0, length);
    }
}
