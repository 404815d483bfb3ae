package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQS with the template's queues, on virtual time. Receiving never waits. */
final class Queues implements JsonService {
    private static final class Message {
        final String id;
        final String body;
        final Instant sent;
        Instant visibleAt;
        int received;

        @Nullable
        String receipt;

        Message(String id, String body, Instant sent, Instant visibleAt) {
            this.id = id;
            this.body = body;
            this.sent = sent;
            this.visibleAt = visibleAt;
        }
    }

    private final VirtualClock clock;
    private final Ids ids;
    private final Map<String, Resource> queues = new LinkedHashMap<>();
    private final Map<String, List<Message>> messages = new LinkedHashMap<>();

    Queues(Template template, VirtualClock clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
        for (Resource queue : template.ofType("AWS::SQS::Queue")) {
            queues.put(queue.name(), queue);
            messages.put(queue.name(), new ArrayList<>());
        }
    }

    @Override
    public synchronized JsonNode call(String operation, JsonNode input) {
        return switch (operation) {
            case "SendMessage" ->
                send(
                        queue(input),
                        input.path("MessageBody").asText(),
                        input.path("DelaySeconds").asInt(-1));
            case "ReceiveMessage" -> receive(queue(input), input);
            case "DeleteMessage" -> {
                messages(queue(input))
                        .removeIf(
                                message -> input.path("ReceiptHandle").asText().equals(message.receipt));
                yield Json.object();
            }
            case "GetQueueAttributes" -> attributes(queue(input));
            case "GetQueueUrl" ->
                Json.object()
                        .put("QueueUrl", named(input.path("QueueName").asText()).ref());
            case "ListQueues" -> {
                ObjectNode answer = Json.object();
                ArrayNode urls = answer.putArray("QueueUrls");
                String prefix = input.path("QueueNamePrefix").asText("");
                queues.values().stream()
                        .filter(queue -> queue.name().startsWith(prefix))
                        .forEach(queue -> urls.add(queue.ref()));
                yield answer;
            }
            default -> throw Unknown.operation("sqs", operation);
        };
    }

    /** Puts a message into the queue of an ARN. */
    synchronized void send(String arn, JsonNode body) {
        send(named(arn.substring(arn.lastIndexOf(':') + 1)), Json.text(body), -1);
    }

    private Resource queue(JsonNode input) {
        String url = input.path("QueueUrl").asText();
        return named(url.substring(url.lastIndexOf('/') + 1));
    }

    private Resource named(String name) {
        Resource queue = queues.get(name);
        if (queue == null)
            throw new AwsError("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
        return queue;
    }

    private List<Message> messages(Resource queue) {
        return messages.computeIfAbsent(queue.name(), _ -> new ArrayList<>());
    }

    private ObjectNode send(Resource queue, String body, int delaySeconds) {
        Instant now = clock.instant();
        int delay = delaySeconds >= 0 ? delaySeconds : queue.at("DelaySeconds").asInt(0);
        Message message = new Message(ids.uuid(), body, now, now.plusSeconds(delay));
        messages(queue).add(message);
        return Json.object().put("MessageId", message.id).put("MD5OfMessageBody", md5(body));
    }

    private ObjectNode receive(Resource queue, JsonNode input) {
        Instant now = clock.instant();
        int most = input.path("MaxNumberOfMessages").asInt(1);
        Duration hidden = Duration.ofSeconds(input.path("VisibilityTimeout")
                .asInt(queue.at("VisibilityTimeout").asInt(30)));
        JsonNode redrive = queue.at("RedrivePolicy");
        ObjectNode answer = Json.object();
        ArrayNode received = Json.array();
        for (Message message : List.copyOf(messages(queue))) {
            if (received.size() == most || message.visibleAt.isAfter(now)) continue;
            if (redrive.has("maxReceiveCount")
                    && message.received >= redrive.get("maxReceiveCount").asInt()) {
                messages(queue).remove(message);
                String arn = redrive.path("deadLetterTargetArn").asText();
                messages(named(arn.substring(arn.lastIndexOf(':') + 1))).add(message);
                continue;
            }
            message.received++;
            message.visibleAt = now.plus(hidden);
            message.receipt = ids.uuid();
            ObjectNode one = received.addObject()
                    .put("MessageId", message.id)
                    .put("ReceiptHandle", message.receipt)
                    .put("Body", message.body)
                    .put("MD5OfBody", md5(message.body));
            one.putObject("Attributes")
                    .put("SentTimestamp", Long.toString(message.sent.toEpochMilli()))
                    .put("ApproximateReceiveCount", Integer.toString(message.received));
        }
        if (!received.isEmpty()) answer.set("Messages", received);
        return answer;
    }

    private ObjectNode attributes(Resource queue) {
        Instant now = clock.instant();
        long hidden = messages(queue).stream()
                .filter(message -> message.visibleAt.isAfter(now))
                .count();
        ObjectNode answer = Json.object();
        answer.putObject("Attributes")
                .put("QueueArn", queue.arn())
                .put(
                        "ApproximateNumberOfMessages",
                        Long.toString(messages(queue).size() - hidden))
                .put("ApproximateNumberOfMessagesNotVisible", Long.toString(hidden))
                .put(
                        "VisibilityTimeout",
                        Integer.toString(queue.at("VisibilityTimeout").asInt(30)));
        return answer;
    }

    /** The protocol wants it; SDKs compare. */
    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no MD5", e);
        }
    }
}
