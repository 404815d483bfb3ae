package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that would have reached a person or a device, in order. */
public final class Inbox {
    /**
     * One message.
     *
     * @param kind {@code push} (to a device or topic) or {@code text} (SMS)
     * @param to endpoint or topic ARN, or phone number
     * @param subject empty when there is none
     */
    public record Message(Instant at, String kind, String to, String subject, String body) {}

    private final List<Message> messages = new CopyOnWriteArrayList<>();

    public List<Message> messages() {
        return List.copyOf(messages);
    }

    void add(Message message) {
        messages.add(message);
    }

    ArrayNode json() {
        ArrayNode all = Json.array();
        for (Message message : messages)
            all.addObject()
                    .put("at", message.at().toString())
                    .put("kind", message.kind())
                    .put("to", message.to())
                    .put("subject", message.subject())
                    .put("body", message.body());
        return all;
    }
}
