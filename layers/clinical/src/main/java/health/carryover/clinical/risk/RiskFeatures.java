package health.carryover.clinical.risk;

import health.carryover.clinical.risk.CarePlan.Outreach;
import health.carryover.clinical.risk.CarePlan.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the risk model sees of one patient at one cut-off. The only implementation: training and serving both call
 * {@link #of}. Immutable.
 */
public final class RiskFeatures {
    /** A week counts as kept from this share of its dose on; our own choice. */
    static final double KEPT_SHARE = 0.7;

    private static final double BROKEN_SHARE = 0.5;
    private static final int MAX_STREAK_WEEKS = 12;
    /** How sessions were done is looked at over this many days. */
    private static final int HOW_DAYS = 42;

    private static final int RECENT_SESSIONS = 6;
    private static final double FLARE_POINTS = 2;
    private static final double DAY_SECONDS = 86_400;
    private static final Duration ANSWER_TIME = Duration.ofHours(48);

    private static final List<String> NAMES = schema();

    private final EnumMap<Feature, Double> values;

    private RiskFeatures(EnumMap<Feature, Double> values) {
        this.values = values;
    }

    private static List<String> schema() {
        List<String> names = new ArrayList<>();
        for (Feature feature : Feature.values()) names.add(feature.column());
        for (Feature feature : Feature.values()) if (feature.mayBeMissing()) names.add(feature.column() + "_missing");
        return List.copyOf(names);
    }

    /** The columns of {@link #vector}, in order: all values, then the indicators of those that may be missing. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Features from values known already, such as those stored for the nightly run.
     *
     * @param values a feature that is not in it is missing
     * @throws IllegalArgumentException when a value is outside its range, or one that is always known is missing
     */
    public static RiskFeatures of(Map<Feature, Double> values) {
        EnumMap<Feature, Double> copy = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            Double value = values.get(feature);
            if (value == null) {
                if (!feature.mayBeMissing()) throw new IllegalArgumentException(feature.column() + " is missing");
            } else {
                if (!(value >= feature.min() && value <= feature.max()))
                    throw new IllegalArgumentException(feature.column() + " is outside its range");
                copy.put(feature, value);
            }
        }
        return new RiskFeatures(copy);
    }

    /**
     * Features of a patient at a moment. Nothing that happened or became known after it has any influence; neither has
     * the order of the uploads, nor a session sent twice.
     *
     * @param sessions all uploads there are, in any order; those before the plan began are ignored
     * @param cutOff the moment of scoring, itself included
     * @throws IllegalArgumentException when the plan had not begun at the cut-off
     */
    public static RiskFeatures of(CarePlan plan, Collection<SessionFact> sessions, Instant cutOff) {
        CarePlan known = plan.asOf(cutOff)
                .orElseThrow(() -> new IllegalArgumentException("the plan had not begun at the cut-off"));
        return new Computation(known, SessionFact.distinct(known(sessions, known.start(), cutOff)), cutOff).run();
    }

    private static List<SessionFact> known(Collection<SessionFact> sessions, Instant start, Instant cutOff) {
        return sessions.stream()
                .filter(session -> !session.endedAt().isAfter(cutOff)
                        && !session.receivedAt().isAfter(cutOff)
                        && !session.endedAt().isBefore(start))
                .toList();
    }

    /** The value, empty when it is missing. */
    public OptionalDouble value(Feature feature) {
        Double value = values.get(feature);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Known values by feature, in schema order. */
    public Map<Feature, Double> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The model's input: a fresh array with one number per name in {@link #names}; a missing value is 0 with indicator 1. */
    public float[] vector() {
        float[] vector = new float[NAMES.size()];
        int at = 0;
        for (Feature feature : Feature.values())
            vector[at++] = (float) value(feature).orElse(0);
        for (Feature feature : Feature.values())
            if (feature.mayBeMissing()) vector[at++] = values.containsKey(feature) ? 0 : 1;
        return vector;
    }

    /** Which group each column of {@link #vector} belongs to. */
    public static List<FeatureGroup> groups() {
        List<FeatureGroup> groups = new ArrayList<>();
        for (Feature feature : Feature.values()) groups.add(feature.group());
        for (Feature feature : Feature.values()) if (feature.mayBeMissing()) groups.add(feature.group());
        return groups;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RiskFeatures that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Says nothing of the patient: features are health data and do not belong in a log. */
    @Override
    public String toString() {
        return "[features]";
    }

    /** One patient, one cut-off. */
    private static final class Computation {
        private final CarePlan plan;
        private final List<SessionFact> sessions;
        private final Instant cutOff;
        private final EnumMap<Feature, Double> values = new EnumMap<>(Feature.class);

        Computation(CarePlan plan, List<SessionFact> sessions, Instant cutOff) {
            this.plan = plan;
            this.sessions = sessions;
            this.cutOff = cutOff;
        }

        RiskFeatures run() {
            recency();
            dose();
            streak();
            timeOfDay();
            sessionQuality();
            pain();
            planAndVisits();
            return new RiskFeatures(values);
        }

        private void put(Feature feature, double value) {
            values.put(feature, Math.clamp(value, feature.min(), feature.max()));
        }

        private void put(Feature feature, OptionalDouble value) {
            if (value.isPresent()) put(feature, value.getAsDouble());
        }

        private Instant back(int days) {
            return cutOff.minus(Duration.ofDays(days));
        }

        /** Sessions after {@code from} (not included) up to {@code to} (included). */
        private List<SessionFact> between(Instant from, Instant to) {
            return sessions.stream()
                    .filter(session -> session.endedAt().isAfter(from)
                            && !session.endedAt().isAfter(to))
                    .toList();
        }

        private List<SessionFact> last(int days) {
            return between(back(days), cutOff);
        }

        /** The last six sessions of the last 42 days. */
        private List<SessionFact> recent() {
            List<SessionFact> window = last(HOW_DAYS);
            return window.subList(Math.max(0, window.size() - RECENT_SESSIONS), window.size());
        }

        /** The sessions of the last 42 days before the last six. */
        private List<SessionFact> earlier() {
            List<SessionFact> window = last(HOW_DAYS);
            return window.subList(0, Math.max(0, window.size() - RECENT_SESSIONS));
        }

        private void recency() {
            Instant since =
                    sessions.isEmpty() ? plan.start() : sessions.getLast().endedAt();
            double days = plan.activeDays(since, cutOff);
            put(Feature.DAYS_SINCE_SESSION, days);
            put(Feature.NO_SESSION_YET, sessions.isEmpty() ? 1 : 0);
            List<SessionFact> recent = last(HOW_DAYS);
            if (recent.size() < 3) return;
            double[] gaps = new double[recent.size() - 1];
            for (int i = 0; i < gaps.length; i++)
                gaps[i] = plan.activeDays(
                        recent.get(i).endedAt(), recent.get(i + 1).endedAt());
            double usual = median(gaps);
            put(Feature.USUAL_GAP_DAYS, usual);
            put(Feature.GAP_RATIO, days / Math.max(usual, 0.5));
        }

        /** Done over prescribed, empty when less than one session was prescribed. */
        private OptionalDouble ratio(Instant from, Instant to) {
            Instant begin = from.isBefore(plan.start()) ? plan.start() : from;
            double prescribed = plan.prescribed(begin, to);
            if (prescribed < 1) return OptionalDouble.empty();
            return OptionalDouble.of(between(from, to).size() / prescribed);
        }

        /** The ratio of a whole week that ended {@code weeks} weeks ago; empty when it began before the plan. */
        private OptionalDouble weekRatio(int weeks) {
            Instant from = back(7 * (weeks + 1));
            return from.isBefore(plan.start()) ? OptionalDouble.empty() : ratio(from, back(7 * weeks));
        }

        private void dose() {
            put(Feature.DOSE_RATIO_7D, ratio(back(7), cutOff));
            put(Feature.DOSE_RATIO_14D, ratio(back(14), cutOff));
            put(Feature.DOSE_RATIO_28D, ratio(back(28), cutOff));
            List<double[]> points = new ArrayList<>();
            for (int week = 0; week < 4; week++) {
                OptionalDouble ratio = weekRatio(week);
                if (ratio.isPresent()) points.add(new double[] {-week, ratio.getAsDouble()});
            }
            if (points.size() >= 3) put(Feature.DOSE_RATIO_SLOPE, slope(points));
        }

        private void streak() {
            int kept = 0;
            for (int week = 1; kept < MAX_STREAK_WEEKS && !back(7 * (week + 1)).isBefore(plan.start()); week++) {
                OptionalDouble ratio = weekRatio(week);
                if (ratio.isEmpty()) continue;
                if (ratio.getAsDouble() < KEPT_SHARE) break;
                kept++;
            }
            put(Feature.KEPT_WEEKS_BEFORE, kept);
            boolean weak = weekRatio(0).orElse(1) < BROKEN_SHARE;
            put(Feature.STREAK_BROKEN, weak && kept >= 2 ? 1 : 0);
        }

        private void timeOfDay() {
            put(Feature.TIME_OF_DAY_CONSISTENCY, consistency(last(HOW_DAYS), 4));
            OptionalDouble before = consistency(earlier(), 3);
            OptionalDouble now = consistency(recent(), 3);
            if (before.isPresent() && now.isPresent())
                put(Feature.TIME_OF_DAY_LOSS, before.getAsDouble() - now.getAsDouble());
        }

        private OptionalDouble consistency(List<SessionFact> some, int needed) {
            if (some.size() < needed) return OptionalDouble.empty();
            ZoneId zone = plan.zone();
            double east = 0;
            double north = 0;
            for (SessionFact session : some) {
                double angle = 2
                        * Math.PI
                        * session.endedAt().atZone(zone).toLocalTime().toSecondOfDay()
                        / DAY_SECONDS;
                east += Math.cos(angle);
                north += Math.sin(angle);
            }
            return OptionalDouble.of(Math.hypot(east, north) / some.size());
        }

        private void sessionQuality() {
            List<SessionFact> recent = recent();
            List<SessionFact> before = earlier();
            recentAndChange(
                    Feature.COMPLETION_RECENT,
                    Feature.COMPLETION_CHANGE,
                    mean(recent, SessionFact::completedFraction),
                    mean(before, SessionFact::completedFraction));
            recentAndChange(
                    Feature.FORM_RECENT,
                    Feature.FORM_CHANGE,
                    mean(recent, SessionFact::formScore),
                    mean(before, SessionFact::formScore));
            List<SessionFact> window = last(HOW_DAYS);
            put(
                    Feature.MANUAL_SHARE,
                    mean(window, session -> session.recording() == SessionFact.Recording.MANUAL ? 1.0 : 0.0));
            if (window.size() >= 3) put(Feature.SKIPPED_REPEATEDLY, skippedRepeatedly(window));
        }

        private void recentAndChange(Feature level, Feature change, OptionalDouble now, OptionalDouble before) {
            put(level, now);
            if (now.isPresent() && before.isPresent()) put(change, now.getAsDouble() - before.getAsDouble());
        }

        private static double skippedRepeatedly(List<SessionFact> window) {
            Map<String, Integer> times = new HashMap<>();
            for (SessionFact session : window.subList(Math.max(0, window.size() - RECENT_SESSIONS), window.size()))
                for (String exercise : session.skipped()) times.merge(exercise, 1, Integer::sum);
            return times.values().stream().filter(count -> count >= 3).count();
        }

        private void pain() {
            put(Feature.PAIN_RECENT, mean(recent(), session -> toDouble(session.painBefore())));
            List<SessionFact> window = last(HOW_DAYS);
            List<double[]> points = new ArrayList<>();
            for (SessionFact session : window) {
                Double pain = toDouble(session.painBefore());
                if (pain != null)
                    points.add(new double[] {-days(Duration.between(session.endedAt(), cutOff)) / 7, pain});
            }
            if (points.size() >= 3 && points.getLast()[0] - points.getFirst()[0] >= 1)
                put(Feature.PAIN_SLOPE, slope(points));
            put(
                    Feature.FLARE_SHARE,
                    mean(
                            window,
                            session -> session.painBefore() == null || session.painAfter() == null
                                    ? null
                                    : session.painAfter() - session.painBefore() >= FLARE_POINTS ? 1.0 : 0.0));
        }

        private void planAndVisits() {
            put(Feature.WEEK_OF_PLAN, days(Duration.between(plan.start(), cutOff)) / 7);
            put(Feature.PRESCRIBED_PER_WEEK, plan.sessionsPerWeek(cutOff));
            Instant since = back(42);
            long missed = plan.visits().stream()
                    .filter(visit -> visit.state() == Visit.State.MISSED || visit.state() == Visit.State.CANCELLED)
                    .filter(visit -> visit.stateSince().isAfter(since))
                    .count();
            put(Feature.VISITS_MISSED, missed);
            plan.visits().stream()
                    .filter(visit ->
                            visit.state() == Visit.State.BOOKED && visit.at().isAfter(cutOff))
                    .findFirst()
                    .ifPresent(visit -> put(Feature.DAYS_TO_VISIT, days(Duration.between(cutOff, visit.at()))));
            put(
                    Feature.UNANSWERED_OUTREACH,
                    plan.outreach().stream()
                            .filter(message -> message.sentAt().isAfter(back(60)) && unanswered(message))
                            .count());
        }

        private boolean unanswered(Outreach message) {
            Instant due = message.sentAt().plus(ANSWER_TIME);
            Instant answer = message.answeredAt();
            return !due.isAfter(cutOff) && (answer == null || answer.isAfter(due));
        }

        private static @Nullable Double toDouble(@Nullable Integer value) {
            return value == null ? null : Double.valueOf(value);
        }

        private static double days(Duration duration) {
            return duration.toSeconds() / DAY_SECONDS;
        }

        private static OptionalDouble mean(List<SessionFact> some, Function<SessionFact, @Nullable Double> of) {
            double sum = 0;
            int count = 0;
            for (SessionFact session : some) {
                Double value = of.apply(session);
                if (value != null) {
                    sum += value;
                    count++;
                }
            }
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }

        private static double median(double[] some) {
            double[] sorted = some.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        /** Least squares; the points are known to differ in x. */
        private static double slope(List<double[]> points) {
            double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
            double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
            double above = 0;
            double below = 0;
            for (double[] point : points) {
                above += (point[0] - meanX) * (point[1] - meanY);
                below += (point[0] - meanX) * (point[0] - meanX);
            }
            return above / below;
        }
    }
}
