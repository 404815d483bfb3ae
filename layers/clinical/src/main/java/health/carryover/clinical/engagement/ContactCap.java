package health.carryover.clinical.engagement;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a patient may be contacted. Counts all that reaches the patient, whoever sent it; only safety and answers to
 * the patient's own questions stand outside. The limits are data with a source, changeable per clinic.
 *
 * @param version of the limits
 * @param perDay messages of all kinds within 24 hours, 1 or more
 * @param perWeek messages of all kinds within 7 x 24 hours, 1 or more
 * @param perWeekByKind within 7 x 24 hours, 0 or more, for each automatic kind
 */
public record ContactCap(String version, int perDay, int perWeek, Map<Kind, Integer> perWeekByKind) {
    public enum Kind {
        ENCOURAGEMENT(true, true),
        REMINDER(true, true),
        STREAK(true, true),
        MILESTONE(true, true),
        COHORT(true, true),
        /** A message that a person of the clinic wrote unasked. Counted, but a person is not refused. */
        STAFF_MESSAGE(true, false),
        /** A call by a person of the clinic, answered or not. */
        CALL(true, false),
        /** What a safety event needs. */
        SAFETY(false, false),
        /** To a question of the patient's own. */
        ANSWER(false, false);

        private final boolean counts;
        private final boolean automatic;

        Kind(boolean counts, boolean automatic) {
            this.counts = counts;
            this.automatic = automatic;
        }

        public boolean counts() {
            return counts;
        }

        /** Whether the system sends it by itself; only this is refused. */
        public boolean automatic() {
            return automatic;
        }
    }

    /**
     * Something that reached the patient.
     * @param id the same for a repeat that the phone shows once, as by a collapse key
     */
    public record Sent(String id, Kind kind, Instant at) {}

    public sealed interface Answer {
        record Allowed() implements Answer {}

        /**
         * @param until the first instant at which it is allowed if nothing else is sent; far off while no time allows it
         */
        record Refused(Why why, Instant until) implements Answer {}
    }

    public enum Why {
        /** All but what safety needs is silent; SAFETY.md. */
        SAFETY_TASK_OPEN,
        DAY_FULL,
        WEEK_FULL,
        KIND_FULL
    }

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    public ContactCap {
        if (version.isBlank()) throw new IllegalArgumentException("version: missing");
        if (perDay < 1) throw new IllegalArgumentException("per_day: under 1");
        if (perWeek < 1) throw new IllegalArgumentException("per_week: under 1");
        perWeekByKind = Map.copyOf(perWeekByKind);
        for (Kind kind : Kind.values()) {
            Integer limit = perWeekByKind.get(kind);
            if (kind.automatic() != (limit != null))
                throw new IllegalArgumentException(kind + ": a limit exactly for what is automatic");
            if (limit != null && limit < 0) throw new IllegalArgumentException(kind + ": under 0");
        }
    }

    /**
     * Whether a message may be sent now.
     * @param sent any order; doubled ids count once; what is dated later than now, by a clock that is off, counts too
     */
    public Answer judge(Kind kind, List<Sent> sent, boolean safetyTaskOpen, Instant now) {
        if (!kind.automatic()) return new Answer.Allowed();
        if (safetyTaskOpen) return new Answer.Refused(Why.SAFETY_TASK_OPEN, Instant.MAX);
        List<Sent> counted = counted(sent);
        Instant day = free(counted, perDay, DAY);
        Instant week = free(counted, perWeek, WEEK);
        List<Sent> alike = counted.stream().filter(each -> each.kind() == kind).toList();
        Instant ofKind = free(alike, perWeekByKind.getOrDefault(kind, 0), WEEK);
        Instant until = latest(latest(day, week), ofKind);
        if (!until.isAfter(now)) return new Answer.Allowed();
        if (ofKind.isAfter(now)) return new Answer.Refused(Why.KIND_FULL, until);
        return new Answer.Refused(week.isAfter(now) ? Why.WEEK_FULL : Why.DAY_FULL, until);
    }

    /**
     * From when one more message of any kind stays within the day and the week, now at the earliest. A person is not
     * refused by {@link #judge}, but work that the system gives to a person waits until then.
     */
    public Instant roomFrom(List<Sent> sent, Instant now) {
        List<Sent> counted = counted(sent);
        return latest(now, latest(free(counted, perDay, DAY), free(counted, perWeek, WEEK)));
    }

    /** How many of each kind that counts reached the patient in the 7 x 24 hours before now; 0 for none. */
    public static Map<Kind, Integer> lastWeek(List<Sent> sent, Instant now) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) if (kind.counts()) counts.put(kind, 0);
        for (Sent each : counted(sent))
            if (each.at().plus(WEEK).isAfter(now)) counts.merge(each.kind(), 1, Integer::sum);
        return counts;
    }

    /** Each once, the oldest first; of a repeat the last time counts. */
    private static List<Sent> counted(List<Sent> sent) {
        Map<String, Sent> byId = new HashMap<>();
        for (Sent each : sent)
            if (each.kind().counts())
                byId.merge(each.id(), each, (one, other) -> one.at().isAfter(other.at()) ? one : other);
        return byId.values().stream()
                .sorted(Comparator.comparing(Sent::at).thenComparing(Sent::id))
                .toList();
    }

    /** When fewer than so many lie within the span before; what is exactly one span old no longer does. */
    private static Instant free(List<Sent> oldestFirst, int limit, Duration span) {
        if (limit == 0) return Instant.MAX;
        if (oldestFirst.size() < limit) return Instant.MIN;
        return oldestFirst.get(oldestFirst.size() - limit).at().plus(span);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
