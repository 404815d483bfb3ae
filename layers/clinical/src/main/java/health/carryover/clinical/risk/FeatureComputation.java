package health.carryover.clinical.risk;

import health.carryover.clinical.risk.CarePlan.Outreach;
import health.carryover.clinical.risk.CarePlan.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The features of one patient at one cut-off, from what was known then. */
final class FeatureComputation {
    private static final double BROKEN_SHARE = 0.5;
    private static final int MAX_STREAK_WEEKS = 12;
    /** How sessions were done is looked at over this many days. */
    private static final int HOW_DAYS = 42;

    /** Rhythm is looked at over twelve weeks. */
    private static final int LONG_DAYS = 84;

    /** A pause of this length is what lapse14 is about. */
    private static final double LAPSE_DAYS = 14;

    private static final double QUARTER_DAYS = 90;
    /** Half a pause, one in twenty of which goes on: what is believed of somebody without any; our own choice. */
    private static final double PRIOR_WEIGHT = 0.5;

    private static final double PRIOR_SHARE = 0.05;
    private static final int RECENT_SESSIONS = 6;
    private static final double FLARE_POINTS = 2;
    private static final double DAY_SECONDS = 86_400;
    private static final Duration ANSWER_TIME = Duration.ofHours(48);

    private final CarePlan plan;
    private final List<SessionFact> sessions;
    private final Instant cutOff;
    private final EnumMap<Feature, Double> values = new EnumMap<>(Feature.class);

    FeatureComputation(CarePlan plan, List<SessionFact> sessions, Instant cutOff) {
        this.plan = plan;
        this.sessions = sessions;
        this.cutOff = cutOff;
    }

    EnumMap<Feature, Double> run() {
        recency();
        pauses();
        dose();
        streak();
        timeOfDay();
        sessionQuality();
        pain();
        planAndVisits();
        return values;
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

    /** Sessions after {@code from} (not included) up to {@code to} (included); they are in the order of their end. */
    private List<SessionFact> between(Instant from, Instant to) {
        return sessions.subList(upTo(from), Math.max(upTo(from), upTo(to)));
    }

    /** How many sessions ended at or before the moment. */
    private int upTo(Instant moment) {
        int low = 0;
        int high = sessions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sessions.get(middle).endedAt().isAfter(moment)) high = middle;
            else low = middle + 1;
        }
        return low;
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
        Instant since = sessions.isEmpty() ? plan.start() : sessions.getLast().endedAt();
        double days = plan.activeDays(since, cutOff);
        put(Feature.DAYS_SINCE_SESSION, days);
        put(Feature.NO_SESSION_YET, sessions.isEmpty() ? 1 : 0);
        List<SessionFact> recent = last(HOW_DAYS);
        if (recent.size() < 3) return;
        double usual = median(gaps(recent));
        put(Feature.USUAL_GAP_DAYS, usual);
        put(Feature.GAP_RATIO, days / Math.max(usual, 0.5));
    }

    /** How even the rhythm is, and what this person's own earlier pauses say of the present one. */
    private void pauses() {
        double[] lately = gaps(last(LONG_DAYS));
        if (lately.length >= 2) {
            double mean = Arrays.stream(lately).average().orElseThrow();
            put(Feature.MEAN_GAP_DAYS, mean);
            put(
                    Feature.GAP_SPREAD_DAYS,
                    Math.sqrt(Arrays.stream(lately)
                            .map(gap -> (gap - mean) * (gap - mean))
                            .average()
                            .orElseThrow()));
        }
        double[] all = gaps(sessions);
        if (all.length < 2) return;
        double now = values.getOrDefault(Feature.DAYS_SINCE_SESSION, 0.0);
        double asLong = Arrays.stream(all).filter(gap -> gap >= now).count();
        double wentOn =
                Arrays.stream(all).filter(gap -> gap >= now + LAPSE_DAYS).count();
        put(Feature.GAPS_AS_LONG, asLong / all.length);
        put(Feature.PAUSE_GOES_ON, (wentOn + PRIOR_WEIGHT * PRIOR_SHARE) / (asLong + PRIOR_WEIGHT));
        double quarters = days(Duration.between(plan.start(), cutOff)) / QUARTER_DAYS;
        put(
                Feature.LONG_PAUSES,
                Arrays.stream(all).filter(gap -> gap > LAPSE_DAYS).count() / (1 + quarters));
    }

    /** Days between each session and the next, planned breaks not counted. */
    private double[] gaps(List<SessionFact> some) {
        double[] gaps = new double[Math.max(0, some.size() - 1)];
        for (int i = 0; i < gaps.length; i++)
            gaps[i] = plan.activeDays(some.get(i).endedAt(), some.get(i + 1).endedAt());
        return gaps;
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
        put(Feature.SESSIONS_3D, last(3).size());
        put(Feature.SESSIONS_7D, last(7).size());
        put(Feature.SESSIONS_14D, last(14).size());
        put(Feature.SESSIONS_28D, last(28).size());
        put(Feature.SESSIONS_84D, last(LONG_DAYS).size());
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
            if (ratio.getAsDouble() < RiskFeatures.KEPT_SHARE) break;
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
            double angle =
                    2 * Math.PI * session.endedAt().atZone(zone).toLocalTime().toSecondOfDay() / DAY_SECONDS;
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
            if (pain != null) points.add(new double[] {-days(Duration.between(session.endedAt(), cutOff)) / 7, pain});
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
