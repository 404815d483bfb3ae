package health.carryover.platform.records;

import health.carryover.clinical.engagement.Goal;
import health.carryover.clinical.engagement.Milestone;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A goal as stored, with the value measured last.
 *
 * @param latest in the unit of the goal's measure; absent until one was measured
 * @param rangeClearedBy the therapist who cleared work on this range after a repair; absent while nobody did
 * @param closed given up, or done with: kept, and no longer shown to the patient
 */
public record PatientGoal(
        Goal goal,
        @Nullable Double latest,
        @Nullable LocalDate measuredOn,
        @Nullable String rangeClearedBy,
        @Nullable Instant rangeClearedAt,
        boolean closed) {

    /** After this operation nobody is drawn to a larger range before a therapist clears it; SAFETY.md. */
    private static final String REPAIR = "ROTATOR_CUFF_REPAIR";

    public PatientGoal measured(double value, LocalDate on) {
        return new PatientGoal(goal, value, on, rangeClearedBy, rangeClearedAt, closed);
    }

    /** How far the patient has come, if that may be said; empty while nothing was measured. */
    public @Nullable Milestone milestone(String diagnosis, boolean safetyTaskOpen) {
        return latest == null
                ? null
                : Milestone.of(
                        goal,
                        new Milestone.Value(goal.measure(), latest),
                        new Milestone.Course(diagnosis.equals(REPAIR), rangeClearedBy != null, safetyTaskOpen));
    }
}
