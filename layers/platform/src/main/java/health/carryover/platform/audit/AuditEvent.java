package health.carryover.platform.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One access to a record: who did what, to whose record, and how it ended. No clinical value.
 *
 * @param patient absent when no single patient's record was touched
 * @param operation the API operation or the function's step
 * @param outcome {@code ALLOWED}, {@code REFUSED}, {@code DUPLICATE} ...
 */
public record AuditEvent(
        String clinic,
        @Nullable String patient,
        String actor,
        String roles,
        String operation,
        String outcome,
        Instant at,
        String requestId) {}
