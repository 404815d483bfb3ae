package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.eclipse.jetty.util.Fields;

/** SNS: what is published lands in the inbox; endpoints exist by their name alone. */
final class Sns implements QueryProtocol.Operations {
    static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

    private final List<Resource> topics;
    private final Inbox inbox;
    private final InstantSource time;
    private final Ids ids;

    Sns(Template template, Inbox inbox, InstantSource time, Ids ids) {
        topics = template.ofType("AWS::SNS::Topic");
        this.inbox = inbox;
        this.time = time;
        this.ids = ids;
    }

    @Override
    public void call(String operation, Fields input, QueryProtocol.Result result) throws XMLStreamException {
        switch (operation) {
            case "Publish" -> result.text("MessageId", publish(input));
            case "CreatePlatformEndpoint" -> result.text("EndpointArn", endpoint(input));
            case "ListTopics" -> {
                result.open("Topics");
                for (Resource topic : topics) {
                    result.open("member");
                    result.text("TopicArn", topic.ref());
                    result.close();
                }
                result.close();
            }
            default -> throw Unknown.operation("sns", operation);
        }
    }

    /** Puts a message to the topic of an ARN. */
    void publish(String topicArn, JsonNode message) {
        Fields input = new Fields();
        input.put("TopicArn", topicArn);
        input.put("Message", Json.text(message));
        publish(input);
    }

    private String publish(Fields input) {
        String topic = input.getValue("TopicArn");
        String target = topic != null ? topic : input.getValue("TargetArn");
        String phone = input.getValue("PhoneNumber");
        String to = target != null ? target : phone;
        String message = input.getValue("Message");
        if (to == null || message == null)
            throw new AwsError(
                    "InvalidParameter", "Invalid parameter: TopicArn, TargetArn or PhoneNumber, and Message");
        boolean known = topics.stream().anyMatch(one -> one.ref().equals(to));
        if (!known && target != null && !target.contains(":endpoint/"))
            throw new AwsError(404, "NotFound", "Topic does not exist");
        String subject = input.getValue("Subject");
        inbox.add(new Inbox.Message(
                time.instant(), phone == null ? "push" : "text", to, subject == null ? "" : subject, message));
        return ids.uuid();
    }

    /** The same device token gives the same endpoint, as on AWS. */
    private static String endpoint(Fields input) {
        String application = input.getValue("PlatformApplicationArn");
        String token = input.getValue("Token");
        if (application == null || token == null)
            throw new AwsError("InvalidParameter", "Invalid parameter: PlatformApplicationArn and Token");
        String name =
                UUID.nameUUIDFromBytes(token.getBytes(StandardCharsets.UTF_8)).toString();
        return application.replace(":app/", ":endpoint/") + "/" + name;
    }
}
