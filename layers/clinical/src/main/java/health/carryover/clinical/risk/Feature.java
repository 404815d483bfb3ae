package health.carryover.clinical.risk;

/**
 * The features of the risk model, in the order of its input. Values are cut to their range. A feature that may be
 * missing has an indicator column beside it: value 0 and indicator 1 say "not known", which is not the same as 0.
 *
 * <p>How much was done looks at 7, 14 and 28 days; how it was done looks at 42, so that it is still known of somebody who
 * has stayed away for weeks.
 */
public enum Feature {
    /** Days since the last session (since the plan began when there is none), days of planned breaks not counted. */
    DAYS_SINCE_SESSION("days_since_session", "days", 0, 60, false, FeatureGroup.RECENCY),
    /** 1 when the plan has seen no session at all. */
    NO_SESSION_YET("no_session_yet", "0 or 1", 0, 1, false, FeatureGroup.RECENCY),
    /** Median gap between sessions of the last 42 days; needs three sessions. */
    USUAL_GAP_DAYS("usual_gap_days", "days", 0, 21, true, FeatureGroup.RECENCY),
    /** Days since the last session as a multiple of the usual gap (at least half a day); needs three sessions. */
    GAP_RATIO("gap_ratio", "ratio", 0, 15, true, FeatureGroup.RECENCY),

    /** Mean gap between sessions of the last 84 days; needs three sessions. */
    MEAN_GAP_DAYS("mean_gap_days", "days", 0, 42, true, FeatureGroup.PAUSES),
    /** Standard deviation of those gaps: how even the rhythm is. */
    GAP_SPREAD_DAYS("gap_spread_days", "days", 0, 42, true, FeatureGroup.PAUSES),
    /** Share of the person's own gaps, since the plan began, that were at least as long as the present one; three sessions. */
    GAPS_AS_LONG("gaps_as_long", "0..1", 0, 1, true, FeatureGroup.PAUSES),
    /**
     * Of the person's own gaps that reached the length of the present one, the share that went on for 14 days more;
     * drawn towards 1 in 20 by the weight of half a gap; three sessions.
     */
    PAUSE_GOES_ON("pause_goes_on", "0..1", 0, 1, true, FeatureGroup.PAUSES),
    /** Gaps of more than 14 days since the plan began, per quarter of a year begun; three sessions. */
    LONG_PAUSES("long_pauses", "pauses per quarter", 0, 10, true, FeatureGroup.PAUSES),

    /** Sessions of the last 3 days. */
    SESSIONS_3D("sessions_3d", "sessions", 0, 12, false, FeatureGroup.DOSE),
    SESSIONS_7D("sessions_7d", "sessions", 0, 28, false, FeatureGroup.DOSE),
    SESSIONS_14D("sessions_14d", "sessions", 0, 56, false, FeatureGroup.DOSE),
    SESSIONS_28D("sessions_28d", "sessions", 0, 112, false, FeatureGroup.DOSE),
    SESSIONS_84D("sessions_84d", "sessions", 0, 336, false, FeatureGroup.DOSE),
    /** Sessions done of those prescribed in the last 7 days; missing when less than one was prescribed. */
    DOSE_RATIO_7D("dose_ratio_7d", "ratio", 0, 3, true, FeatureGroup.DOSE),
    DOSE_RATIO_14D("dose_ratio_14d", "ratio", 0, 3, true, FeatureGroup.DOSE),
    DOSE_RATIO_28D("dose_ratio_28d", "ratio", 0, 3, true, FeatureGroup.DOSE),
    /** Least-squares slope of the weekly ratio over the last four whole weeks; needs three weeks with a dose. */
    DOSE_RATIO_SLOPE("dose_ratio_slope", "ratio per week", -1.5, 1.5, true, FeatureGroup.DOSE),

    /** Weeks in a row before the last seven days that were kept (70 % of the dose or more); breaks do not end them. */
    KEPT_WEEKS_BEFORE("kept_weeks_before", "weeks", 0, 12, false, FeatureGroup.STREAK),
    /** 1 when at least two kept weeks are followed by seven days under half of the dose. */
    STREAK_BROKEN("streak_broken", "0 or 1", 0, 1, false, FeatureGroup.STREAK),

    /**
     * How alike the times of day of the last 42 days are: length of the mean of unit vectors on the 24-hour circle, 1 =
     * always the same time, 0 = spread evenly; needs four sessions. Mean resultant length, Mardia and Jupp,
     * Directional Statistics, 2.3.1.
     */
    TIME_OF_DAY_CONSISTENCY("time_of_day_consistency", "0..1", 0, 1, true, FeatureGroup.TIME_OF_DAY),
    /**
     * Consistency of the other sessions of the 42 days less that of the last six; positive = a habit is coming apart;
     * needs three of each.
     */
    TIME_OF_DAY_LOSS("time_of_day_loss", "difference", -1, 1, true, FeatureGroup.TIME_OF_DAY),

    /**
     * Mean completed fraction of the recent sessions: the last six of the last 42 days, so that the value does not vanish
     * when somebody stays away.
     */
    COMPLETION_RECENT("completion_recent", "0..1", 0, 1, true, FeatureGroup.COMPLETION),
    /** The same less that of the other sessions of the 42 days. */
    COMPLETION_CHANGE("completion_change", "difference", -1, 1, true, FeatureGroup.COMPLETION),
    /** Exercises left out in at least three of the last six sessions; needs three sessions in 42 days. */
    SKIPPED_REPEATEDLY("skipped_repeatedly", "exercises", 0, 20, true, FeatureGroup.SKIPPED),

    /** Mean pain before the recent sessions. */
    PAIN_RECENT("pain_recent", "points 0-10", 0, 10, true, FeatureGroup.PAIN),
    /** Least-squares slope of pain before sessions over 42 days; needs three ratings across seven days. */
    PAIN_SLOPE("pain_slope", "points per week", -5, 5, true, FeatureGroup.PAIN),
    /**
     * Share of the last 42 days' rated sessions after which pain was two points or more higher: two points is the
     * smallest change that matters in chronic musculoskeletal pain (PMC7990728).
     */
    FLARE_SHARE("flare_share", "0..1", 0, 1, true, FeatureGroup.PAIN),

    /** Mean form score of the recent sessions. */
    FORM_RECENT("form_recent", "0..1", 0, 1, true, FeatureGroup.FORM),
    /** The same less that of the other sessions of the 42 days. */
    FORM_CHANGE("form_change", "difference", -1, 1, true, FeatureGroup.FORM),
    /** Share of the last 42 days' sessions that were checked off by hand. */
    MANUAL_SHARE("manual_share", "0..1", 0, 1, true, FeatureGroup.RECORDING),

    /** Weeks since the plan began, with decimals. */
    WEEK_OF_PLAN("week_of_plan", "weeks", 0, 104, false, FeatureGroup.PLAN),
    /** The dose in force. */
    PRESCRIBED_PER_WEEK("prescribed_per_week", "sessions per week", 0, 28, false, FeatureGroup.PLAN),

    /** Visits of the last 42 days that the patient missed or cancelled, and visits ahead that were cancelled then. */
    VISITS_MISSED("visits_missed", "visits", 0, 20, false, FeatureGroup.VISITS),
    /** Days to the next booked visit; missing when none is booked. */
    DAYS_TO_VISIT("days_to_visit", "days", 0, 60, true, FeatureGroup.VISITS),

    /** Messages of the last 60 days that stayed without an answer for 48 hours or more. */
    UNANSWERED_OUTREACH("unanswered_outreach", "messages", 0, 10, false, FeatureGroup.OUTREACH);

    private final String column;
    private final String unit;
    private final double min;
    private final double max;
    private final boolean mayBeMissing;
    private final FeatureGroup group;

    Feature(String column, String unit, double min, double max, boolean mayBeMissing, FeatureGroup group) {
        this.column = column;
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.mayBeMissing = mayBeMissing;
        this.group = group;
    }

    /** The name in the model's schema. */
    public String column() {
        return column;
    }

    public String unit() {
        return unit;
    }

    /** Smallest value, included. */
    public double min() {
        return min;
    }

    /** Largest value, included. */
    public double max() {
        return max;
    }

    public boolean mayBeMissing() {
        return mayBeMissing;
    }

    public FeatureGroup group() {
        return group;
    }
}
