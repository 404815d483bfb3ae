package health.carryover.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.iam.Ledger;
import health.carryover.local.iam.Policy;
import health.carryover.local.iam.PolicyReader;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.util.HashMap;
import java.util.Map;

/** The policies of the template's buckets, keys, queues, topics, tables and functions, and which key encrypts what. */
public final class ResourcePolicies {
    private final PolicyReader reader;
    private final Ledger ledger;
    private final Map<String, Policy> policies = new HashMap<>();
    /** From a table, bucket, queue or topic to the ARN of its customer managed key. */
    private final Map<String, String> keys = new HashMap<>();

    private final Map<String, String> keyNames = new HashMap<>();
    private final Policy ownersOnly;

    ResourcePolicies(Template template, PolicyReader reader, Ledger ledger) {
        this.reader = reader;
        this.ledger = ledger;
        ownersOnly = reader.resource("the default policy of keys", ownersOnly());
        for (Resource key : template.ofType("AWS::KMS::Key")) {
            keyNames.put(key.ref(), key.arn());
            keyNames.put(key.arn(), key.arn());
            add(key.id(), key.arn(), key.properties().has("KeyPolicy") ? key.at("KeyPolicy") : ownersOnly());
        }
        for (Resource alias : template.ofType("AWS::KMS::Alias")) {
            String key = keyNames.get(alias.text("TargetKeyId", ""));
            if (key == null) continue;
            keyNames.put(alias.ref(), key);
            keyNames.put(Arns.of("kms", alias.ref()), key);
        }
        for (Resource policy : template.ofType("AWS::S3::BucketPolicy"))
            add(policy.id(), Arns.bucket(policy.text("Bucket", "")), policy.at("PolicyDocument"));
        for (Resource policy : template.ofType("AWS::SQS::QueuePolicy"))
            for (JsonNode url : policy.at("Queues"))
                add(
                        policy.id(),
                        Arns.of("sqs", url.asText().substring(url.asText().lastIndexOf('/') + 1)),
                        policy.at("PolicyDocument"));
        for (Resource policy : template.ofType("AWS::SNS::TopicPolicy"))
            for (JsonNode topic : policy.at("Topics")) add(policy.id(), topic.asText(), policy.at("PolicyDocument"));
        for (Resource permission : template.ofType("AWS::Lambda::Permission"))
            permission(
                    permission.id(),
                    permission.text("FunctionName", ""),
                    permission.text("Action", ""),
                    permission.text("Principal", ""),
                    permission.text("SourceArn", ""),
                    permission.text("SourceAccount", ""));
        for (Resource function : template.ofType("AWS::Serverless::Function")) events(function);
        encrypted(template);
    }

    /** The default policy of a key made by CloudFormation: the account, and so its IAM policies. */
    private static ObjectNode ownersOnly() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Action", "kms:*").put("Resource", "*");
        statement.putObject("Principal").put("AWS", "arn:aws:iam::" + Arns.ACCOUNT + ":root");
        return document;
    }

    private void add(String owner, String arn, JsonNode document) {
        Policy policy = reader.resource(owner, document);
        ledger.open(owner, policy);
        policies.merge(arn, policy, Policy::and);
    }

    // --- functions ----------------------------------------------------------------------------------

    /** SAM permits the rule of an event to invoke the function, by its alias where there is one. */
    private void events(Resource function) {
        String alias = function.text("AutoPublishAlias");
        String arn = alias == null ? function.arn() : function.arn() + ":" + alias;
        for (Map.Entry<String, JsonNode> event : function.entries("Events")) {
            String type = event.getValue().path("Type").asText();
            if (!type.equals("EventBridgeRule") && !type.equals("Schedule")) continue;
            JsonNode properties = event.getValue().path("Properties");
            String rule = properties
                    .path("RuleName")
                    .asText(properties.path("Name").asText("carryover-" + function.id() + event.getKey()));
            permission(
                    function.id() + event.getKey() + "Permission",
                    arn,
                    "lambda:InvokeFunction",
                    "events.amazonaws.com",
                    Arns.of("events", "rule/" + rule),
                    "");
        }
    }

    /** As Lambda writes it into the function's policy. */
    private void permission(
            String owner, String function, String action, String principal, String sourceArn, String sourceAccount) {
        String arn = function.startsWith("arn:") ? function : Arns.of("lambda", "function:" + function);
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Action", action).put("Resource", arn);
        boolean service = principal.endsWith(".amazonaws.com");
        statement.putObject("Principal").put(service ? "Service" : "AWS", principal);
        if (!sourceArn.isEmpty()) statement.withObject("/Condition/ArnLike").put("AWS:SourceArn", sourceArn);
        if (!sourceAccount.isEmpty())
            statement.withObject("/Condition/StringEquals").put("AWS:SourceAccount", sourceAccount);
        add(owner, arn, document);
    }

    // --- keys ---------------------------------------------------------------------------------------

    private void encrypted(Template template) {
        for (Resource table : template.ofType("AWS::DynamoDB::Table")) {
            if (table.at("SSESpecification", "SSEEnabled").asBoolean())
                key(table.arn(), table.at("SSESpecification", "KMSMasterKeyId"));
            if (table.properties().has("ResourcePolicy"))
                add(table.id(), table.arn(), table.at("ResourcePolicy", "PolicyDocument"));
        }
        for (Resource bucket : template.ofType("AWS::S3::Bucket"))
            for (JsonNode rule : bucket.at("BucketEncryption", "ServerSideEncryptionConfiguration"))
                key(bucket.arn(), rule.path("ServerSideEncryptionByDefault").path("KMSMasterKeyID"));
        for (Resource queue : template.ofType("AWS::SQS::Queue")) key(queue.arn(), queue.at("KmsMasterKeyId"));
        for (Resource topic : template.ofType("AWS::SNS::Topic")) key(topic.arn(), topic.at("KmsMasterKeyId"));
    }

    /** Keys of AWS's own ({@code alias/aws/sqs}) open for everybody in the account. */
    private void key(String arn, JsonNode name) {
        String key = keyNames.get(name.asText());
        if (key != null) keys.put(arn, key);
    }

    public Policy policy(String arn) {
        return policies.getOrDefault(arn, Policy.NONE);
    }

    /** Of a key that does not exist the account decides, so that KMS can say to whoever may ask that it does not. */
    Policy keyPolicy(String arn) {
        return policies.getOrDefault(arn, ownersOnly);
    }

    /** The customer managed key of a table, bucket, queue or topic; empty when it has none. */
    String keyOf(String arn) {
        return keys.getOrDefault(arn, "");
    }

    /** The ARN of a key by its id, ARN, alias or alias ARN; the text itself when there is no such key. */
    String key(String name) {
        return keyNames.getOrDefault(name, name);
    }
}
