package health.carryover.platform.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operation answers; the body is written as JSON. */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    public static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer noContent() {
        return new Answer(204, null, Map.of());
    }

    /** With the version of what was read or written, for a later {@code If-Match}. */
    public Answer withVersion(long version) {
        return new Answer(status, body, Map.of("ETag", "\"" + version + "\""));
    }
}
