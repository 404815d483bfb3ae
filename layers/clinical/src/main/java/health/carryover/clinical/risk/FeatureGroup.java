package health.carryover.clinical.risk;

/** Features that staff would think of as one thing; reasons are given by group. */
public enum FeatureGroup {
    RECENCY("Time since the last session"),
    PAUSES("Earlier pauses and how even the rhythm is"),
    DOSE("Sessions done of those prescribed"),
    STREAK("Weeks kept in a row"),
    TIME_OF_DAY("Habit: time of day"),
    COMPLETION("How much of a session is done"),
    SKIPPED("Exercises left out again and again"),
    PAIN("Pain"),
    FORM("Quality of movement"),
    RECORDING("How sessions are recorded"),
    PLAN("Stage and size of the plan"),
    VISITS("Visits"),
    OUTREACH("Answers to our messages");

    private final String label;

    FeatureGroup(String label) {
        this.label = label;
    }

    /** Plain words, as a heading. */
    public String label() {
        return label;
    }
}
