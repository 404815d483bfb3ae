package health.carryover.training;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Does outreach work? The share that came back within the 48 hours in which one arm had its call and the other had not,
 * in outreaches to patients who were still silent when the arms parted. What is before that moment cannot differ between
 * the arms, so leaving out who came back earlier costs nothing and makes the difference larger.
 *
 * <p>Each outreach counts by the inverse of its propensity (Hajek's ratio), and the interval takes the outreaches of one
 * patient together (linearisation over clusters, t with one degree less than there are patients; Cameron and Miller 2015,
 * J Hum Resour 50:317).
 */
public final class HoldOutTrial {
    /** A difference smaller than this would change nothing in a clinic: ten in a hundred; our own choice. */
    public static final double WORTH_KNOWING = 0.10;

    /** Longer than this nobody waits for an answer; our own choice. */
    static final double LONGEST_YEARS = 2;

    /** With fewer of a kind in an arm the interval promises more than it keeps. */
    static final int LEAST_OF_A_KIND = 5;

    /** What is taken for the later arm's share while there is too little of it to say. */
    static final double ASSUMED_SHARE = 0.3;

    private static final int LEAST_FOR_SHARE = 30;
    private static final double POWER = 0.8;
    private static final double CONFIDENCE = 0.95;
    private static final double WEEKS_A_YEAR = 52.18;

    private HoldOutTrial() {}

    /**
     * An outreach whose answer is in.
     *
     * @param later whether its call was held back
     * @param propensity probability of the arm that it is in; 1 = no lot was drawn, and it is left out
     * @param cameBack within the 48 hours after the usual deadline
     */
    public record Flag(
            String clinic, String patient, Instant flaggedAt, boolean later, double propensity, boolean cameBack) {
        public Flag {
            if (!(propensity > 0 && propensity <= 1)) throw new IllegalArgumentException("propensity outside (0, 1]");
        }
    }

    /**
     * @param notRandomised flags that took no part
     * @param usual share that came back in the usual arm; NaN without anybody
     * @param difference usual less later: above 0, the call brings patients back
     * @param readable whether each arm has enough of either kind for the interval to mean what it says
     * @param needed outreaches in all for a power of 80 % to find {@code effect}, half of them held back
     * @param stillNeeded of them
     * @param perWeek randomised outreaches that these clinics bring; NaN for less than a week of them
     * @param years until there are enough; NaN likewise
     */
    public record Result(
            int clinics,
            int notRandomised,
            int usualFlags,
            int laterFlags,
            double usual,
            double later,
            double difference,
            double low,
            double high,
            boolean readable,
            double effect,
            int needed,
            int stillNeeded,
            double perWeek,
            double years) {
        /** Whether these clinics can answer the question in a time that anybody waits for. */
        public boolean canBePowered() {
            return stillNeeded == 0 || years <= LONGEST_YEARS;
        }

        /** For people, who get the doubts before the number. */
        public String text() {
            StringBuilder text = new StringBuilder();
            line(
                    text,
                    "%d clinics, %d outreaches still silent after 48 hours: %d called then, %d called after 96 hours;"
                            + " %d not randomised",
                    clinics,
                    usualFlags + laterFlags,
                    usualFlags,
                    laterFlags,
                    notRandomised);
            if (!readable)
                line(
                        text,
                        "TOO FEW TO SAY ANYTHING: each arm needs %d who came back and %d who did not",
                        LEAST_OF_A_KIND,
                        LEAST_OF_A_KIND);
            if (usualFlags > 0 && laterFlags > 0)
                line(
                        text,
                        "came back in the next 48 hours: %.1f %% with the call, %.1f %% without; difference %+.1f"
                                + " points (95 %% %+.1f to %+.1f)",
                        100 * usual,
                        100 * later,
                        100 * difference,
                        100 * low,
                        100 * high);
            line(
                    text,
                    "to find a difference of %.0f points with a power of 80 %%: %d outreaches, %d still needed",
                    100 * effect,
                    needed,
                    stillNeeded);
            if (stillNeeded > 0 && Double.isNaN(years))
                line(
                        text,
                        "CANNOT BE POWERED AS FAR AS CAN BE TOLD: there is less than a week of outreaches to reckon"
                                + " with");
            else if (stillNeeded > 0)
                line(
                        text,
                        canBePowered()
                                ? "at %.1f a week that is %.1f years"
                                : "CANNOT BE POWERED by %3$s: at %1$.1f a week it would take %2$.1f years; pool %4$d"
                                        + " clinics like these",
                        perWeek,
                        years,
                        clinics == 1 ? "one clinic alone" : clinics + " clinics",
                        (int) Math.ceil(clinics * years / LONGEST_YEARS));
            return text.toString().strip();
        }

        private static void line(StringBuilder text, String format, Object... values) {
            text.append(String.format(Locale.ROOT, format, values)).append('\n');
        }
    }

    /** @param effect the smallest difference of the shares that would be worth knowing, in (0, 0.5] */
    public static Result of(List<Flag> flags, double effect) {
        if (!(effect > 0 && effect <= 0.5)) throw new IllegalArgumentException("effect outside (0, 0.5]");
        List<Flag> drawn = flags.stream().filter(flag -> flag.propensity() < 1).toList();
        Arm usual = new Arm(drawn, false);
        Arm later = new Arm(drawn, true);
        double difference = usual.share - later.share;
        Map<String, Double> clusters = new HashMap<>();
        Set<String> clinics = new HashSet<>();
        for (Flag flag : flags) clinics.add(flag.clinic());
        for (Flag flag : drawn) {
            double influence = flag.later() ? -later.influence(flag) : usual.influence(flag);
            clusters.merge(flag.clinic() + "/" + flag.patient(), influence, Double::sum);
        }
        int patients = clusters.size();
        double half = Double.NaN;
        if (patients >= 2 && usual.flags > 0 && later.flags > 0) {
            double squares = 0;
            for (double sum : clusters.values()) squares += sum * sum;
            half = new TDistribution(patients - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                    * Math.sqrt(squares * patients / (patients - 1.0));
        }
        int needed = needed(later.flags >= LEAST_FOR_SHARE ? later.share : ASSUMED_SHARE, effect);
        int stillNeeded = Math.max(0, needed - drawn.size());
        double perWeek = perWeek(drawn);
        return new Result(
                clinics.size(),
                flags.size() - drawn.size(),
                usual.flags,
                later.flags,
                usual.share,
                later.share,
                difference,
                difference - half,
                difference + half,
                usual.readable() && later.readable(),
                effect,
                needed,
                stillNeeded,
                perWeek,
                stillNeeded / perWeek / WEEKS_A_YEAR);
    }

    /**
     * Outreaches in all, for two equal arms and a two-sided test at 5 %: {@code 2 (z.975 + z.8)^2 (p q + p' q') / d^2}
     * (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, eq. 4.14 without correction). Example:
     * 0.3 against 0.4 needs 706.
     */
    static int needed(double share, double effect) {
        NormalDistribution normal = new NormalDistribution();
        double z =
                normal.inverseCumulativeProbability((1 + CONFIDENCE) / 2) + normal.inverseCumulativeProbability(POWER);
        double other = share + effect <= 1 ? share + effect : share - effect;
        double spread = share * (1 - share) + other * (1 - other);
        return 2 * (int) Math.ceil(z * z * spread / (effect * effect));
    }

    private static double perWeek(List<Flag> drawn) {
        if (drawn.size() < 2) return Double.NaN;
        Instant first =
                drawn.stream().map(Flag::flaggedAt).min(Instant::compareTo).orElseThrow();
        Instant last =
                drawn.stream().map(Flag::flaggedAt).max(Instant::compareTo).orElseThrow();
        double weeks = Duration.between(first, last).toHours() / 168.0;
        return weeks < 1 ? Double.NaN : drawn.size() / weeks;
    }

    private static final class Arm {
        private final int flags;
        private final int back;
        private final double weight;
        private final double share;

        Arm(List<Flag> drawn, boolean later) {
            int all = 0;
            int returned = 0;
            double sum = 0;
            double of = 0;
            for (Flag flag : drawn) {
                if (flag.later() != later) continue;
                all++;
                if (flag.cameBack()) returned++;
                sum += 1 / flag.propensity();
                if (flag.cameBack()) of += 1 / flag.propensity();
            }
            flags = all;
            back = returned;
            weight = sum;
            share = of / sum;
        }

        double influence(Flag flag) {
            return ((flag.cameBack() ? 1 : 0) - share) / flag.propensity() / weight;
        }

        boolean readable() {
            return back >= LEAST_OF_A_KIND && flags - back >= LEAST_OF_A_KIND;
        }
    }
}
