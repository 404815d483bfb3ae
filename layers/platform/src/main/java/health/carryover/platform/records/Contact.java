package health.carryover.platform.records;

import health.carryover.clinical.escalation.Engagement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The patient got in touch: an answer to a message, a visit, a break begun. */
public record Contact(
        Engagement.Kind kind, Instant at, @Nullable String words) {}
