package health.carryover.local.trail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * What a question to the trail wants; an empty text wants nothing in particular.
 *
 * @param by part of who asked: a role, a service, {@code user/}
 * @param notBy part of who did not ask
 * @param event names of operations, with {@code |} between them; of transactions also the actions of their items
 * @param on part of a resource's ARN, a parameter's value or an encryption context's
 * @param denied only what the policies refused
 */
public record TrailQuery(String by, String notBy, String event, String on, boolean denied)
        implements Predicate<JsonNode> {
    @Override
    public boolean test(JsonNode record) {
        String who = who(record);
        return who.contains(by)
                && (notBy.isEmpty() || !who.contains(notBy))
                && (!denied || record.has("errorMessage"))
                && (whole(record) || part(record));
    }

    private boolean whole(JsonNode record) {
        return wants(record.path("eventName").asText())
                && (on.isEmpty() || what(record).contains(on));
    }

    /** One item of a transaction: its own action on its own table. */
    private boolean part(JsonNode record) {
        for (JsonNode item : record.path("requestParameters").path("items")) {
            String what = "table/" + item.path("tableName").asText() + " " + item;
            if (wants(item.path("action").asText()) && what.contains(on)) return true;
        }
        return false;
    }

    private boolean wants(String operation) {
        return event.isEmpty() || ("|" + event + "|").contains("|" + operation + "|");
    }

    /** The ARN of who asked, or the service. */
    public static String who(JsonNode record) {
        JsonNode identity = record.path("userIdentity");
        return identity.path("arn").asText(identity.path("invokedBy").asText());
    }

    /** Resources and shown parameters. */
    private static String what(JsonNode record) {
        return record.path("resources").toString() + record.path("requestParameters");
    }
}
