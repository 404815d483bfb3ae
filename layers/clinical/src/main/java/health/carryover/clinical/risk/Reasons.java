package health.carryover.clinical.risk;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a patient's risk is above the usual: how far the logit falls when one group of features is replaced by the
 * cohort's median, everything else as it is. Says what the model looked at, not what causes what.
 */
public final class Reasons {
    private static final int MOST = 3;
    /** Smaller changes are noise: 0.1 of a logit is at most 2.5 percentage points. */
    private static final double LEAST_LOGIT = 0.1;

    /** A spread as large as the mean is what sessions at random would give; our own choice. */
    private static final double UNEVEN = 0.8;

    private static final double LITTLE_PAIN = 1.5;
    private static final double FAR_VISIT_DAYS = 14;

    private Reasons() {}

    /**
     * @param text for staff, such as "No session for 6 days; usually every 2 days"
     * @param logitChange how much the group adds to the logit, always above 0
     */
    public record Reason(FeatureGroup group, String text, double logitChange) {}

    /**
     * The top three groups that raise the risk, the strongest first. Fewer when fewer do, or when a group holds nothing
     * that staff could act on: "pain was not rated" is not a reason to call somebody who has not exercised.
     *
     * @param logitChanges per group, the patient's logit less the one with the group at the cohort's median
     * @param typical the cohort's median of each feature, for comparison
     */
    public static List<Reason> top(
            RiskFeatures features, Map<FeatureGroup, Double> logitChanges, Map<Feature, Double> typical) {
        List<Reason> reasons = new ArrayList<>();
        logitChanges.entrySet().stream()
                .filter(change -> change.getValue() >= LEAST_LOGIT)
                .sorted(Map.Entry.<FeatureGroup, Double>comparingByValue()
                        .reversed()
                        .thenComparing(comparing(Map.Entry::getKey)))
                .forEach(change -> new Facts(features, typical)
                        .words(change.getKey())
                        .ifPresent(text -> reasons.add(new Reason(change.getKey(), text, change.getValue()))));
        return List.copyOf(reasons.subList(0, Math.min(MOST, reasons.size())));
    }

    /**
     * What the front desk is told: whatever speaks of pain becomes a question, since it is for a therapist to judge. Each
     * sentence once.
     */
    public static List<String> forFrontDesk(List<String> reasons) {
        return reasons.stream()
                .map(text -> text.toLowerCase(Locale.ROOT).contains("pain") ? "Ask how it feels" : text)
                .distinct()
                .toList();
    }

    /** The facts of one patient in sentences. */
    private record Facts(RiskFeatures features, Map<Feature, Double> typical) {

        /** Empty when the group gives nothing to act on. */
        Optional<String> words(FeatureGroup group) {
            return switch (group) {
                case RECENCY -> Optional.of(recency());
                case PAUSES -> pauses();
                case DOSE -> dose();
                case STREAK -> streak();
                case TIME_OF_DAY -> timeOfDay();
                case COMPLETION -> level("Does %s of a session", Feature.COMPLETION_RECENT, Feature.COMPLETION_CHANGE);
                case SKIPPED -> skipped();
                case PAIN -> pain();
                case FORM -> level("Movement quality %s", Feature.FORM_RECENT, Feature.FORM_CHANGE);
                case RECORDING -> recording();
                case PLAN -> Optional.of(plan());
                case VISITS -> visits();
                case OUTREACH -> outreach();
            };
        }

        private OptionalDouble value(Feature feature) {
            return features.value(feature);
        }

        private double known(Feature feature) {
            return value(feature).orElse(0);
        }

        private String recency() {
            long days = (long) known(Feature.DAYS_SINCE_SESSION);
            if (known(Feature.NO_SESSION_YET) == 1) return "No session yet, " + count(days, "day") + " into the plan";
            String since = days < 1 ? "Last session less than a day ago" : "No session for " + count(days, "day");
            OptionalDouble usual = value(Feature.USUAL_GAP_DAYS);
            if (usual.isEmpty()) return since + "; fewer than three sessions in six weeks";
            long gap = Math.max(1, Math.round(usual.getAsDouble()));
            return since + "; usually every " + (gap == 1 ? "day" : gap + " days");
        }

        private Optional<String> pauses() {
            if (known(Feature.LONG_PAUSES) > 0) return Optional.of("Has stayed away for more than two weeks before");
            OptionalDouble spread = value(Feature.GAP_SPREAD_DAYS);
            OptionalDouble mean = value(Feature.MEAN_GAP_DAYS);
            if (spread.isEmpty() || mean.isEmpty() || spread.getAsDouble() < UNEVEN * mean.getAsDouble())
                return Optional.empty();
            return Optional.of("Uneven rhythm: on average every " + days(mean.getAsDouble()) + ", give or take "
                    + days(spread.getAsDouble()));
        }

        private static String days(double days) {
            return String.format(Locale.ROOT, "%.1f days", days);
        }

        /** Counts, since a receptionist can say them; the share of the dose where one is prescribed. */
        private Optional<String> dose() {
            long week = (long) known(Feature.SESSIONS_7D);
            long before = (long) known(Feature.SESSIONS_14D) - week;
            long fortnightBefore = (long) known(Feature.SESSIONS_28D) - week - before;
            String text = "Did " + (week == 0 ? "no session" : count(week, "session")) + " in the last 7 days, "
                    + before + " in the 7 before, " + fortnightBefore + " in the 14 before those";
            OptionalDouble fortnight = value(Feature.DOSE_RATIO_14D);
            return Optional.of(
                    fortnight.isEmpty()
                            ? text
                            : text + "; " + percent(fortnight.getAsDouble()) + " of what was prescribed for 14 days");
        }

        private Optional<String> streak() {
            long weeks = (long) known(Feature.KEPT_WEEKS_BEFORE);
            if (known(Feature.STREAK_BROKEN) == 1)
                return Optional.of("First weak week after " + count(weeks, "good week"));
            return weeks == 0 ? Optional.of("The week before last was weak too") : Optional.empty();
        }

        private Optional<String> timeOfDay() {
            if (known(Feature.TIME_OF_DAY_LOSS) >= 0.1)
                return Optional.of("Exercises at changing times of day; used to have a fixed time");
            return value(Feature.TIME_OF_DAY_CONSISTENCY).orElse(1) < 0.7
                    ? Optional.of("No fixed time of day for exercising")
                    : Optional.empty();
        }

        /** A level that has fallen, or stands below the usual. */
        private Optional<String> level(String wording, Feature level, Feature change) {
            OptionalDouble now = value(level);
            if (now.isEmpty()) return Optional.empty();
            String text = wording.formatted(percent(now.getAsDouble()));
            double fall = -known(change);
            if (fall >= 0.03) return Optional.of(text + ", down from " + percent(now.getAsDouble() + fall));
            double usual = typical.getOrDefault(level, 0.0);
            return now.getAsDouble() <= usual - 0.03
                    ? Optional.of(text + "; others mostly " + percent(usual))
                    : Optional.empty();
        }

        private Optional<String> skipped() {
            long exercises = (long) known(Feature.SKIPPED_REPEATEDLY);
            return exercises == 0
                    ? Optional.empty()
                    : Optional.of("Leaves out " + count(exercises, "exercise") + " again and again");
        }

        private Optional<String> pain() {
            List<String> parts = new ArrayList<>();
            OptionalDouble level = value(Feature.PAIN_RECENT);
            double slope = known(Feature.PAIN_SLOPE);
            if (level.isPresent()) {
                String text = level.getAsDouble() < LITTLE_PAIN
                        ? "little pain left, may see no need to go on"
                        : "pain " + Math.round(level.getAsDouble()) + " of 10 before sessions";
                parts.add(slope >= 0.25 ? text + String.format(Locale.ROOT, ", rising by %.1f a week", slope) : text);
            }
            double flares = known(Feature.FLARE_SHARE);
            if (flares >= 0.2) parts.add("pain rises by 2 or more after " + percent(flares) + " of sessions");
            return parts.isEmpty() ? Optional.empty() : Optional.of(capital(String.join("; ", parts)));
        }

        private Optional<String> recording() {
            double manual = known(Feature.MANUAL_SHARE);
            return manual < 0.3
                    ? Optional.empty()
                    : Optional.of(percent(manual)
                            + " of sessions checked off by hand; ask whether camera or sensor give trouble");
        }

        private String plan() {
            return "Week " + ((long) known(Feature.WEEK_OF_PLAN) + 1) + " of the plan, "
                    + count((long) known(Feature.PRESCRIBED_PER_WEEK), "session") + " a week prescribed";
        }

        private Optional<String> visits() {
            List<String> parts = new ArrayList<>();
            long missed = (long) known(Feature.VISITS_MISSED);
            if (missed > 0) parts.add("missed or cancelled " + count(missed, "visit") + " in six weeks");
            OptionalDouble next = value(Feature.DAYS_TO_VISIT);
            if (next.isEmpty()) parts.add("no visit booked");
            else if (next.getAsDouble() >= FAR_VISIT_DAYS)
                parts.add("next visit only in " + count(Math.round(next.getAsDouble()), "day"));
            return parts.isEmpty() ? Optional.empty() : Optional.of(capital(String.join("; ", parts)));
        }

        private Optional<String> outreach() {
            long unanswered = (long) known(Feature.UNANSWERED_OUTREACH);
            return unanswered == 0
                    ? Optional.empty()
                    : Optional.of("Did not answer " + count(unanswered, "message") + " in 60 days");
        }

        private static String capital(String text) {
            return Character.toUpperCase(text.charAt(0)) + text.substring(1);
        }

        private static String percent(double share) {
            return Math.round(100 * share) + " %";
        }

        private static String count(long number, String thing) {
            return number + " " + thing + (number == 1 ? "" : "s");
        }
    }
}
