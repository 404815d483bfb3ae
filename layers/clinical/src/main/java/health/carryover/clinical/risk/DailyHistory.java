package health.carryover.clinical.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The last eight weeks day by day, for models that read a sequence instead of features. Days are stretches of 24 hours
 * that end at the cut-off, so that no time zone and no change of the clock has any influence.
 */
public final class DailyHistory {
    public static final int DAYS = 56;
    /** Sessions (at most 3, as a share of 3), completed fraction, pain before (0..1), and 1 when pain is known. */
    public static final int CHANNELS = 4;

    private static final int MOST_A_DAY = 3;
    private static final double WORST_PAIN = 10;
    private static final double DAY_SECONDS = 86_400;

    private DailyHistory() {}

    /** The columns in the order of {@link #of}: {@code day_1_sessions}, {@code day_1_completed}, ... */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int day = 1; day <= DAYS; day++)
            for (String channel : List.of("sessions", "completed", "pain", "pain_known"))
                names.add("day_" + day + "_" + channel);
        return List.copyOf(names);
    }

    /** What staff would call each column; reasons replace a group's features and days together. */
    public static List<FeatureGroup> groups() {
        List<FeatureGroup> groups = new ArrayList<>();
        for (int day = 0; day < DAYS; day++)
            groups.addAll(List.of(FeatureGroup.DOSE, FeatureGroup.COMPLETION, FeatureGroup.PAIN, FeatureGroup.PAIN));
        return List.copyOf(groups);
    }

    /**
     * Nothing that happened or became known after the cut-off has any influence, nor has a session sent twice.
     *
     * @return {@link #DAYS} x {@link #CHANNELS} numbers in 0..1, the day before the cut-off first; 0 where nothing was done
     */
    public static float[] of(CarePlan plan, Collection<SessionFact> sessions, Instant cutOff) {
        float[] history = new float[DAYS * CHANNELS];
        double[] count = new double[DAYS];
        double[] completed = new double[DAYS];
        double[] pain = new double[DAYS];
        double[] rated = new double[DAYS];
        Instant since = cutOff.minus(Duration.ofDays(DAYS));
        Instant begin = since.isAfter(plan.start()) ? since : plan.start();
        for (SessionFact session : SessionFact.distinct(RiskFeatures.known(sessions, begin, cutOff))) {
            int day = (int) (Duration.between(session.endedAt(), cutOff).toSeconds() / DAY_SECONDS);
            if (day >= DAYS) continue;
            count[day]++;
            completed[day] += session.completedFraction();
            Integer before = session.painBefore();
            if (before == null) continue;
            pain[day] += before / WORST_PAIN;
            rated[day]++;
        }
        for (int day = 0; day < DAYS; day++) {
            int at = day * CHANNELS;
            history[at] = (float) (Math.min(count[day], MOST_A_DAY) / MOST_A_DAY);
            if (count[day] > 0) history[at + 1] = (float) (completed[day] / count[day]);
            if (rated[day] == 0) continue;
            history[at + 2] = (float) (pain[day] / rated[day]);
            history[at + 3] = 1;
        }
        return history;
    }
}
