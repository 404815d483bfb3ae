package health.carryover.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies of AWS's making that SAM attaches to roles, action by action as AWS publishes them. */
final class ManagedPolicies {
    static final String BASIC = "AWSLambdaBasicExecutionRole";
    static final String DYNAMODB = "AWSLambdaDynamoDBExecutionRole";
    private static final List<String> LOGS =
            List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");
    private static final Map<String, List<List<String>>> ACTIONS = Map.of(
            BASIC,
            List.of(LOGS),
            DYNAMODB,
            List.of(
                    List.of(
                            "dynamodb:DescribeStream",
                            "dynamodb:GetRecords",
                            "dynamodb:GetShardIterator",
                            "dynamodb:ListStreams"),
                    LOGS),
            "AWSXrayWriteOnlyAccess",
            List.of(List.of(
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords",
                    "xray:GetSamplingRules",
                    "xray:GetSamplingTargets",
                    "xray:GetSamplingStatisticSummaries")),
            "AmazonAPIGatewayPushToCloudWatchLogs",
            List.of(List.of(
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogGroups",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                    "logs:GetLogEvents",
                    "logs:FilterLogEvents")),
            "AdministratorAccess",
            List.of(List.of("*")));

    private ManagedPolicies() {}

    /** By name or ARN; null for one that is not known here. */
    static @Nullable JsonNode document(String name) {
        List<List<String>> statements = ACTIONS.get(name.substring(name.lastIndexOf('/') + 1));
        if (statements == null) return null;
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var list = document.putArray("Statement");
        for (List<String> actions : statements) {
            ObjectNode statement = list.addObject().put("Effect", "Allow").put("Resource", "*");
            actions.forEach(statement.putArray("Action")::add);
        }
        return document;
    }

    static JsonNode allow(String action, String resource) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        document.putArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Action", action)
                .put("Resource", resource);
        return document;
    }

    /** The trust policy of a service's role. */
    static JsonNode trust(String service) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Action", "sts:AssumeRole");
        statement.putObject("Principal").put("Service", service);
        return document;
    }
}
