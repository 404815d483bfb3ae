package health.carryover.local.cloud.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down the note of each event under its subject. */
public final class Witness implements RequestHandler<Map<String, String>, @Nullable Void> {
    private final Seen seen;

    Witness(Environment environment) {
        seen = new Seen(environment);
    }

    @Override
    public @Nullable Void handleRequest(Map<String, String> event, Context context) {
        seen.add(event.getOrDefault("subject", "?"), event.getOrDefault("note", "?"));
        return null;
    }
}
