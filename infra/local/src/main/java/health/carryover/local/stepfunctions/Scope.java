package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one thread of states. It reads those around it, and what it sets is gone with it. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, JsonNode> own = new HashMap<>();

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    void assign(Map<String, JsonNode> values) {
        own.putAll(values);
    }

    void copyTo(Map<String, @Nullable Object> variables) {
        if (outer != null) outer.copyTo(variables);
        own.forEach((name, value) -> variables.put(name, Json.toPlain(value)));
    }
}
