package health.carryover.clinical.risk;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Why a patient's risk is above the usual: how far the logit falls when one group of features is replaced by the
 * cohort's median, everything else as it is. Says what the model looked at, not what causes what.
 */
public final class Reasons {
    private static final int MOST = 3;
    /** Smaller changes are noise: 0.1 of a logit is at most 2.5 percentage points. */
    private static final double LEAST_LOGIT = 0.1;

    private Reasons() {}

    /**
     * @param text for staff, such as "No session for 6 days; usually every 2 days"
     * @param logitChange how much the group adds to the logit, always above 0
     */
    public record Reason(FeatureGroup group, String text, double logitChange) {}

    /** The top three groups that raise the risk, the strongest first; fewer when fewer do. */
    public static List<Reason> top(RiskFeatures features, Map<FeatureGroup, Double> logitChanges) {
        return logitChanges.entrySet().stream()
                .filter(change -> change.getValue() >= LEAST_LOGIT)
                .sorted(Map.Entry.<FeatureGroup, Double>comparingByValue()
                        .reversed()
                        .thenComparing(comparing(Map.Entry::getKey)))
                .limit(MOST)
                .map(change -> new Reason(change.getKey(), words(change.getKey(), features), change.getValue()))
                .toList();
    }

    /** The facts of a group in a sentence. */
    static String words(FeatureGroup group, RiskFeatures features) {
        return switch (group) {
            case RECENCY -> recency(features);
            case DOSE -> dose(features);
            case STREAK -> streak(features);
            case TIME_OF_DAY -> timeOfDay(features);
            case COMPLETION -> completion(features);
            case SKIPPED -> skipped(features);
            case PAIN -> pain(features);
            case FORM -> form(features);
            case RECORDING -> recording(features);
            case PLAN -> plan(features);
            case VISITS -> visits(features);
            case OUTREACH -> outreach(features);
        };
    }

    private static double known(RiskFeatures features, Feature feature) {
        return features.value(feature).orElse(0);
    }

    private static String recency(RiskFeatures features) {
        long days = (long) known(features, Feature.DAYS_SINCE_SESSION);
        if (known(features, Feature.NO_SESSION_YET) == 1)
            return "No session yet, " + count(days, "day") + " into the plan";
        String since = days < 1 ? "Last session less than a day ago" : "No session for " + count(days, "day");
        OptionalDouble usual = features.value(Feature.USUAL_GAP_DAYS);
        if (usual.isEmpty()) return since + "; fewer than three sessions in six weeks";
        long gap = Math.max(1, Math.round(usual.getAsDouble()));
        return since + "; usually every " + (gap == 1 ? "day" : gap + " days");
    }

    private static String dose(RiskFeatures features) {
        OptionalDouble now = features.value(Feature.DOSE_RATIO_14D);
        if (now.isEmpty()) return "Hardly any session was prescribed in the last 14 days";
        String text = "Did " + percent(now.getAsDouble()) + " of the prescribed sessions in the last 14 days";
        OptionalDouble week = features.value(Feature.DOSE_RATIO_7D);
        if (week.isPresent()) text += ", " + percent(week.getAsDouble()) + " in the last 7";
        if (features.value(Feature.DOSE_RATIO_SLOPE).orElse(0) <= -0.1) text += "; falling from week to week";
        return text;
    }

    private static String streak(RiskFeatures features) {
        long weeks = (long) known(features, Feature.KEPT_WEEKS_BEFORE);
        if (known(features, Feature.STREAK_BROKEN) == 1) return "First weak week after " + count(weeks, "good week");
        return weeks == 0
                ? "The week before last was not kept"
                : count(weeks, "week") + " kept in a row before this one";
    }

    private static String timeOfDay(RiskFeatures features) {
        if (features.value(Feature.TIME_OF_DAY_LOSS).orElse(0) >= 0.1)
            return "Exercises at changing times of day; used to have a fixed time";
        OptionalDouble consistency = features.value(Feature.TIME_OF_DAY_CONSISTENCY);
        if (consistency.isEmpty()) return "Too few sessions in four weeks for a usual time of day";
        return consistency.getAsDouble() < 0.7 ? "No fixed time of day for exercising" : "Has a fixed time of day";
    }

    private static String completion(RiskFeatures features) {
        OptionalDouble now = features.value(Feature.COMPLETION_14D);
        if (now.isEmpty()) return "No session to complete in the last 14 days";
        String text = "Does " + percent(now.getAsDouble()) + " of a session";
        OptionalDouble change = features.value(Feature.COMPLETION_CHANGE);
        return change.isPresent() && change.getAsDouble() <= -0.05
                ? text + "; before that " + percent(now.getAsDouble() - change.getAsDouble())
                : text;
    }

    private static String skipped(RiskFeatures features) {
        OptionalDouble skipped = features.value(Feature.SKIPPED_REPEATEDLY);
        if (skipped.isEmpty()) return "Too few sessions in four weeks to see what is left out";
        long exercises = (long) skipped.getAsDouble();
        return exercises == 0
                ? "No exercise left out repeatedly"
                : "Leaves out " + count(exercises, "exercise") + " again and again";
    }

    private static String pain(RiskFeatures features) {
        OptionalDouble level = features.value(Feature.PAIN_14D);
        double flares = known(features, Feature.FLARE_SHARE);
        String flare = flares >= 0.2 ? "pain rises by 2 or more after " + percent(flares) + " of sessions" : "";
        if (level.isEmpty()) return flare.isEmpty() ? "No pain rating in the last 14 days" : "P" + flare.substring(1);
        String text = "Pain " + Math.round(level.getAsDouble()) + " of 10 before sessions";
        double slope = known(features, Feature.PAIN_SLOPE);
        if (slope >= 0.25) text += String.format(Locale.ROOT, ", rising by %.1f a week", slope);
        return flare.isEmpty() ? text : text + "; " + flare;
    }

    private static String form(RiskFeatures features) {
        OptionalDouble now = features.value(Feature.FORM_14D);
        if (now.isEmpty()) return "Form not measured in the last 14 days";
        String text = "Form " + percent(now.getAsDouble());
        OptionalDouble change = features.value(Feature.FORM_CHANGE);
        return change.isPresent() && change.getAsDouble() <= -0.03
                ? text + ", down from " + percent(now.getAsDouble() - change.getAsDouble())
                : text;
    }

    private static String recording(RiskFeatures features) {
        OptionalDouble manual = features.value(Feature.MANUAL_SHARE);
        if (manual.isEmpty()) return "No session recorded in four weeks";
        return percent(manual.getAsDouble()) + " of sessions checked off by hand"
                + (manual.getAsDouble() >= 0.5 ? "; ask about the camera or sensor" : "");
    }

    private static String plan(RiskFeatures features) {
        return "Week " + ((long) known(features, Feature.WEEK_OF_PLAN) + 1) + " of the plan, "
                + count((long) known(features, Feature.PRESCRIBED_PER_WEEK), "session") + " a week prescribed";
    }

    private static String visits(RiskFeatures features) {
        long missed = (long) known(features, Feature.VISITS_MISSED);
        OptionalDouble next = features.value(Feature.DAYS_TO_VISIT);
        String ahead =
                next.isEmpty() ? "no visit booked" : "next visit in " + count(Math.round(next.getAsDouble()), "day");
        if (missed > 0) return "Missed or cancelled " + count(missed, "visit") + " in six weeks; " + ahead;
        return Character.toUpperCase(ahead.charAt(0)) + ahead.substring(1);
    }

    private static String outreach(RiskFeatures features) {
        long unanswered = (long) known(features, Feature.UNANSWERED_OUTREACH);
        return unanswered == 0
                ? "No message unanswered"
                : "Did not answer " + count(unanswered, "message") + " in 60 days";
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
