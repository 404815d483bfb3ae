package health.carryover.clinical.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * The rule of frequency and recency that a clinic new to the model is served, and the rule of the first 21 days. Its
 * thresholds are data: their file names the source of each.
 *
 * @param version of the thresholds
 * @param highDaysSince high from this many days without a session on, breaks not counted
 * @param mediumDaysSince medium from this many days on
 * @param highDoseRatio high when the share of the dose done in the last 14 days is below this
 * @param mediumDoseRatio medium when it is below this
 * @param firstSessionWithin no session this long after the first prescription asks for a set-up call
 * @param early how long the rule of the first weeks holds
 */
public record PlainRule(
        String version,
        double highDaysSince,
        double mediumDaysSince,
        double highDoseRatio,
        double mediumDoseRatio,
        Duration firstSessionWithin,
        Duration early) {

    public PlainRule {
        if (!(mediumDaysSince > 0 && highDaysSince >= mediumDaysSince))
            throw new IllegalArgumentException("days since a session: medium must be above 0 and not above high");
        if (!(highDoseRatio >= 0 && mediumDoseRatio >= highDoseRatio))
            throw new IllegalArgumentException("dose ratio: high must not be negative nor above medium");
        if (firstSessionWithin.isNegative() || early.compareTo(firstSessionWithin) < 0)
            throw new IllegalArgumentException("the early weeks end before the first session is due");
    }

    public enum Band {
        LOW,
        MEDIUM,
        HIGH
    }

    /** What a patient is served without the model. */
    public sealed interface Advice {
        /** Nothing done since the prescription: call and help to set up, rather than remind. */
        record SetUpHelp(Duration sincePrescription) implements Advice {}

        /** In the first 21 days: the plain rule's band, the model is not asked. */
        record EarlyBand(Band band) implements Advice {}

        /** After them: the plain rule's band, where the model is not served yet. */
        record LaterBand(Band band) implements Advice {}
    }

    /**
     * @param now in the early weeks when less than {@code early} has passed; a set-up call is due from exactly
     *     {@code firstSessionWithin} on, planned breaks not counted
     * @throws IllegalArgumentException when the plan has not begun
     */
    public Advice judge(CarePlan plan, Collection<SessionFact> sessions, Instant now) {
        RiskFeatures features = RiskFeatures.of(plan, sessions, now);
        boolean inEarlyWeeks = now.isBefore(plan.start().plus(early));
        if (inEarlyWeeks && features.value(Feature.NO_SESSION_YET).orElse(0) == 1) {
            double daysWaited = features.value(Feature.DAYS_SINCE_SESSION).orElse(0);
            if (daysWaited * 24 >= firstSessionWithin.toHours())
                return new Advice.SetUpHelp(Duration.between(plan.start(), now));
        }
        Band band = band(features);
        return inEarlyWeeks ? new Advice.EarlyBand(band) : new Advice.LaterBand(band);
    }

    /** The band of a patient; the worse of the two signs decides, a missing ratio decides nothing. */
    public Band band(RiskFeatures features) {
        double days = features.value(Feature.DAYS_SINCE_SESSION).orElse(0);
        double ratio = features.value(Feature.DOSE_RATIO_14D).orElse(Double.POSITIVE_INFINITY);
        if (days >= highDaysSince || ratio < highDoseRatio) return Band.HIGH;
        if (days >= mediumDaysSince || ratio < mediumDoseRatio) return Band.MEDIUM;
        return Band.LOW;
    }
}
