package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads request bodies and cuts long answers into pages. */
final class Requests {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final Pattern NAME = Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private Requests() {}

    static String text(JsonNode input, String field) {
        String text = optional(input, field);
        if (text == null)
            throw invalid("Value null at '" + field + "' failed to satisfy constraint: Member must not be null");
        return text;
    }

    static @Nullable String optional(JsonNode input, String field) {
        JsonNode value = input.get(field);
        if (value == null || value.isNull()) return null;
        if (!value.isTextual()) throw invalid("'" + field + "' must be a string");
        return value.textValue();
    }

    static AwsError invalid(String problem) {
        return new AwsError("ValidationException", "1 validation error detected: " + problem);
    }

    /** A name of a machine or an execution. */
    static String name(String name) {
        if (!NAME.matcher(name).matches()) throw new AwsError("InvalidName", "Invalid Name: '" + name + "'");
        return name;
    }

    /** @param code of the error when the text is not JSON or too long */
    static JsonNode json(String text, String code, String what) {
        if (text.getBytes(StandardCharsets.UTF_8).length > Json.LIMIT_BYTES) {
            throw new AwsError(code, what + " exceeds the maximum of " + Json.LIMIT_BYTES + " bytes");
        }
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new AwsError(code, "Invalid State Machine " + what + ": '" + e.getOriginalMessage() + "'");
        }
    }

    /** One page of a list under {@code member}, with a token for the next; a page continues after the entry it ended with. */
    static <T> ObjectNode page(
            JsonNode input,
            List<T> all,
            Function<T, String> key,
            String member,
            Function<T, ? extends JsonNode> write) {
        int size = input.path("maxResults").asInt(0);
        if (size < 0 || size > LONGEST_PAGE) throw invalid("'maxResults' must be between 0 and " + LONGEST_PAGE);
        if (size == 0) size = PAGE;
        String token = optional(input, "nextToken");
        int from = 0;
        if (token != null) {
            String last = decoded(token);
            while (from < all.size() && !key.apply(all.get(from)).equals(last)) from++;
            if (from == all.size()) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
            from++;
        }
        List<T> page = all.subList(from, Math.min(all.size(), from + size));
        ObjectNode answer = Json.object();
        var entries = answer.putArray(member);
        page.forEach(entry -> entries.add(write.apply(entry)));
        if (from + page.size() < all.size()) answer.put("nextToken", encoded(key.apply(page.getLast())));
        return answer;
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
        }
    }
}
