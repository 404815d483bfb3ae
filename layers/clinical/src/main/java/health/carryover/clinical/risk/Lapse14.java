package health.carryover.clinical.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What the model predicts: in the next 14 days less than 25 % of the prescribed sessions are done, by any means. The
 * definition is ARCHITECTURE.md section 8. Exactly 25 % is not a lapse.
 */
public enum Lapse14 {
    LAPSED,
    KEPT,
    /** The plan ended before or in the fortnight; never counted as a lapse. */
    COMPETING_EVENT,
    /** The fortnight and the week in which late uploads arrive were not observed to their end. */
    CENSORED,
    /** Fewer than four sessions prescribed: too little to speak of a lapse. */
    LITTLE_PRESCRIBED,
    /**
     * The phone was out of contact, so nobody knows: at the cut-off for three days or more (the model is not asked then),
     * or for a week or more of the fortnight until the label settled, with too few sessions known.
     */
    DEVICE_SILENT;

    public static final Duration HORIZON = Duration.ofDays(14);
    /** Late uploads are waited for this long. */
    public static final Duration SETTLING = Duration.ofDays(7);

    static final double LAPSE_SHARE = 0.25;
    static final double LEAST_PRESCRIBED = 4;
    private static final Duration SILENT_AT_CUT_OFF = Duration.ofDays(3);
    private static final Duration LONG_SILENCE = Duration.ofDays(7);

    /** Why a plan ended. A hold that is lifted begins a new plan. */
    public enum Ending {
        DISCHARGE,
        GOALS_MET,
        SURGERY,
        HOLD,
        TRANSFER,
        CONSENT_WITHDRAWN
    }

    public record PlanEnd(Ending ending, Instant at) {}

    /** A stretch of time in which the patient's phone was not heard of at all. */
    public record Silence(Instant from, Instant to) {}

    /**
     * What is known of the time after the cut-off.
     *
     * @param until observation ends here: today, or the end of the record
     */
    public record Observation(List<PlanEnd> ends, List<Silence> silences, Instant until) {
        public Observation {
            ends = List.copyOf(ends);
            silences = List.copyOf(silences);
        }

        public static Observation until(Instant until) {
            return new Observation(List.of(), List.of(), until);
        }
    }

    /** The outcome of the fortnight that begins after the cut-off and includes its last moment. */
    public static Lapse14 of(CarePlan plan, Collection<SessionFact> sessions, Observation observation, Instant cutOff) {
        Instant end = cutOff.plus(HORIZON);
        Instant settled = end.plus(SETTLING);
        if (observation.ends().stream().anyMatch(planEnd -> !planEnd.at().isAfter(end))) return COMPETING_EVENT;
        if (observation.until().isBefore(settled)) return CENSORED;
        double prescribed = plan.prescribed(cutOff, end);
        if (prescribed < LEAST_PRESCRIBED) return LITTLE_PRESCRIBED;
        if (silentAt(observation.silences(), cutOff)) return DEVICE_SILENT;
        long done = SessionFact.distinct(sessions).stream()
                .filter(session -> session.endedAt().isAfter(cutOff)
                        && !session.endedAt().isAfter(end)
                        && !session.receivedAt().isAfter(settled))
                .count();
        if (done >= LAPSE_SHARE * prescribed) return KEPT;
        boolean silent = observation.silences().stream()
                .anyMatch(silence -> overlap(silence, cutOff, end).compareTo(LONG_SILENCE) >= 0
                        && !silence.to().isBefore(settled));
        return silent ? DEVICE_SILENT : LAPSED;
    }

    /**
     * True when the phone has not been heard of for three days or more. Such a patient is not scored but asked about the
     * device: the missing sessions may be waiting on it.
     */
    public static boolean silentAt(List<Silence> silences, Instant now) {
        return silences.stream()
                .anyMatch(silence -> !silence.from().isAfter(now.minus(SILENT_AT_CUT_OFF))
                        && silence.to().isAfter(now));
    }

    /**
     * True in the fortnight after an outreach: such a night teaches nothing, since whoever was called because of a score
     * and came back would count as proof against the score.
     *
     * <p>Nights before an outreach are kept, though it falls into their fortnight. To leave them out as well would be to
     * choose by the outcome, for it is those about to lapse who are reached out to: in the simulated cohort that leaves
     * 0.6 % lapses, and leaving out the nights after an outreach alone 4.8 %. Their label is what became of them with the outreach; by how much that flatters is
     * what the hold-out measures. Weighting by the inverse of the propensity is no way out, since nobody who is flagged
     * goes without: the hold-out puts a call off by two days, not by the fortnight that the label needs.
     */
    public static boolean afterOutreach(CarePlan plan, Instant cutOff) {
        return plan.outreach().stream()
                .map(outreach -> Duration.between(outreach.sentAt(), cutOff))
                .anyMatch(since -> !since.isNegative() && since.compareTo(HORIZON) <= 0);
    }

    private static Duration overlap(Silence silence, Instant from, Instant to) {
        Instant start = silence.from().isAfter(from) ? silence.from() : from;
        Instant end = silence.to().isBefore(to) ? silence.to() : to;
        return end.isAfter(start) ? Duration.between(start, end) : Duration.ZERO;
    }

    /** True for the two outcomes that a model can be trained and judged on. */
    public boolean settled() {
        return this == LAPSED || this == KEPT;
    }
}
