package health.carryover.local.cloud.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Throws as often as the event says, then succeeds; writes down each attempt. */
public final class Stumbler implements RequestHandler<Map<String, String>, @Nullable Void> {
    private final Seen seen;
    private final Map<String, Integer> attempts = new HashMap<>();

    Stumbler(Environment environment) {
        seen = new Seen(environment);
    }

    @Override
    public @Nullable Void handleRequest(Map<String, String> event, Context context) {
        String subject = event.getOrDefault("subject", "?");
        int attempt = attempts.merge(subject, 1, Integer::sum);
        seen.add(subject, "attempt " + attempt);
        if (attempt <= Integer.parseInt(event.getOrDefault("failures", "0")))
            throw new IllegalStateException("stumbled");
        return null;
    }
}
