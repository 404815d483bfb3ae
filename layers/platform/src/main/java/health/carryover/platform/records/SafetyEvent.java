package health.carryover.platform.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that a therapist must look at before anything else goes on. Open until {@code clearedBy} is set. */
public record SafetyEvent(
        String kind,
        Instant at,
        String task,
        @Nullable String clearedBy,
        @Nullable Instant clearedAt) {}
