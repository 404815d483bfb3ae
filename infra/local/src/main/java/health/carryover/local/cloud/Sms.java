package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;

/** End User Messaging SMS, version 2: texts land in the inbox. */
record Sms(Inbox inbox, InstantSource time, Ids ids) implements JsonService {
    @Override
    public JsonNode call(String operation, JsonNode input) {
        if (!operation.equals("SendTextMessage")) throw Unknown.operation("sms-voice", operation);
        String to = input.path("DestinationPhoneNumber").asText("");
        if (to.isEmpty()) throw new AwsError("ValidationException", "DestinationPhoneNumber is missing");
        inbox.add(new Inbox.Message(
                time.instant(), "text", to, "", input.path("MessageBody").asText("")));
        return Json.object().put("MessageId", ids.uuid());
    }
}
