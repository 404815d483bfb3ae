package health.carryover.clinical.review;

import java.time.Duration;

/**
 * When the course of a plan becomes a review item. Data with a source, {@code review-rule.csv}; changeable per clinic.
 *
 * @param version shown beside what the rule found
 * @param fromDay first day of the plan, counted from 0, on which progress is judged
 * @param toDay last such day
 * @param windowDays length of the first and of the latest days that are compared
 * @param leastSessions that each of the two must have for a measure to be judged, 1 or more
 * @param painPoints fall of the usual pain (0-10) that is a change to the patient
 * @param fallSessions latest sessions that must all show a fallen range, and sessions before that it is held against
 * @param leastConfidence of a measurement whose degrees are used, [0, 1]
 * @param quiet after an item was closed there is no other of its kind for so long
 */
public record ReviewRule(
        String version,
        int fromDay,
        int toDay,
        int windowDays,
        int leastSessions,
        double painPoints,
        int fallSessions,
        double leastConfidence,
        Duration quiet) {
    public ReviewRule {
        if (version.isBlank()) throw new IllegalArgumentException("version: missing");
        if (windowDays < 1) throw new IllegalArgumentException("window_days: under 1");
        if (fromDay < 2 * windowDays)
            throw new IllegalArgumentException("from_day: the first and the latest days would overlap");
        if (toDay < fromDay) throw new IllegalArgumentException("to_day: before from_day");
        if (leastSessions < 1) throw new IllegalArgumentException("least_sessions: under 1");
        if (!(painPoints > 0 && painPoints <= 10)) throw new IllegalArgumentException("pain_points: outside (0, 10]");
        if (fallSessions < 2) throw new IllegalArgumentException("fall_sessions: one session is no course");
        if (!(leastConfidence >= 0 && leastConfidence <= 1))
            throw new IllegalArgumentException("least_confidence: outside [0, 1]");
        if (quiet.isNegative()) throw new IllegalArgumentException("quiet_days: under 0");
    }

    public boolean judgesProgressOn(long dayOfPlan) {
        return dayOfPlan >= fromDay && dayOfPlan <= toDay;
    }
}
