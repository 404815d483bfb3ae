package health.carryover.local.stepfunctions;

import health.carryover.local.cloud.AwsError;
import java.util.Locale;
import java.util.Map;

/** Names of service errors as state machines see them: SDK integrations by the Java SDK 2, optimised ones by SDK 1. */
final class SdkErrors {
    private record Names(String modern, String classic, String classicException, String classicService) {}

    private static final Map<String, Names> NAMES = Map.ofEntries(
            Map.entry("dynamodb", new Names("DynamoDb", "DynamoDB", "AmazonDynamoDBException", "AmazonDynamoDBv2")),
            Map.entry("sfn", new Names("Sfn", "StepFunctions", "AWSStepFunctionsException", "AWSStepFunctions")),
            Map.entry("states", new Names("Sfn", "StepFunctions", "AWSStepFunctionsException", "AWSStepFunctions")),
            Map.entry("sqs", new Names("Sqs", "SQS", "AmazonSQSException", "AmazonSQS")),
            Map.entry("sns", new Names("Sns", "SNS", "AmazonSNSException", "AmazonSNS")),
            Map.entry(
                    "events",
                    new Names("EventBridge", "EventBridge", "AmazonEventBridgeException", "AmazonEventBridge")),
            Map.entry(
                    "eventbridge",
                    new Names("EventBridge", "EventBridge", "AmazonEventBridgeException", "AmazonEventBridge")),
            Map.entry(
                    "secretsmanager",
                    new Names("SecretsManager", "SecretsManager", "AWSSecretsManagerException", "AWSSecretsManager")),
            Map.entry("s3", new Names("S3", "S3", "AmazonS3Exception", "Amazon S3")),
            Map.entry("lambda", new Names("Lambda", "Lambda", "AWSLambdaException", "AWSLambda")));

    private SdkErrors() {}

    private static Names names(String service) {
        String name = capital(service);
        return NAMES.getOrDefault(service, new Names(name, name, "Amazon" + name + "Exception", "Amazon" + name));
    }

    /** {@code DynamoDb.ResourceNotFoundException}; a validation error has no class of its own in the SDK. */
    static String modern(String service, AwsError error) {
        String name = names(service).modern();
        return name + "." + (unmodelled(error) ? name + "Exception" : exception(error));
    }

    static String modernCause(String service, AwsError error) {
        return error.getMessage() + " (Service: " + names(service).modern() + ", Status Code: " + error.status()
                + ", Request ID: local)";
    }

    /** {@code DynamoDB.ConditionalCheckFailedException} */
    static String classic(String service, AwsError error) {
        Names names = names(service);
        return names.classic() + "." + (unmodelled(error) ? names.classicException() : exception(error));
    }

    static String classicCause(String service, AwsError error) {
        return error.getMessage() + " (Service: " + names(service).classicService() + "; Status Code: " + error.status()
                + "; Error Code: " + error.code() + "; Request ID: local; Proxy: null)";
    }

    private static boolean unmodelled(AwsError error) {
        return error.code().equals("ValidationException")
                || error.code().equals("ValidationError")
                || error.code().equals("InvalidParameterValue");
    }

    private static String exception(AwsError error) {
        return error.code().endsWith("Exception") ? error.code() : error.code() + "Exception";
    }

    static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    static String small(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
