package health.carryover.platform.outreach;

import health.carryover.platform.json.Json;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * A notification as Google and Apple take it through SNS. Its words say nothing about a person.
 *
 * @param id a later message of the same id replaces this one on the phone
 * @param open what the app shows when it is touched: a path of its own
 * @param urgent whether it wakes a sleeping phone
 */
record PhoneMessage(String id, String words, String open, boolean urgent) {
    void publish(SnsClient sns, String target) {
        Map<String, Object> android = new HashMap<>(Map.of("collapse_key", id));
        if (urgent) android.put("priority", "high");
        Map<String, Object> fcm = Map.of(
                "fcmV1Message",
                Map.of(
                        "message",
                        Map.of(
                                "notification", Map.of("title", "Carryover", "body", words),
                                "android", android,
                                "apns", Map.of("headers", Map.of("apns-collapse-id", id)),
                                "data", Map.of("open", open))));
        sns.publish(publish -> publish.targetArn(target)
                .messageStructure("json")
                .message(Json.text(Map.of("default", words, "GCM", Json.text(fcm)))));
    }
}
