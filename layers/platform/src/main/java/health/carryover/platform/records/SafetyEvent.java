package health.carryover.platform.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a therapist must look at before anything else goes on. Open until {@code clearedBy} is set.
 *
 * @param kind code of the symptom
 * @param at when it became known here
 * @param reportedAt the phone's clock when the patient said it, which may be long before; absent when not told
 */
public record SafetyEvent(
        String kind,
        Instant at,
        String task,
        @Nullable Instant reportedAt,
        @Nullable String clearedBy,
        @Nullable Instant clearedAt) {
    public static SafetyEvent open(String kind, Instant at, String task, @Nullable Instant reportedAt) {
        return new SafetyEvent(kind, at, task, reportedAt, null, null);
    }

    public SafetyEvent cleared(String by, Instant when) {
        return new SafetyEvent(kind, at, task, reportedAt, by, when);
    }
}
