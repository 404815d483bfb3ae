package health.carryover.platform.outreach;

import health.carryover.clinical.escalation.Escalation.Reviewed;

/** How a call to a patient ended. */
public enum CallOutcome {
    RESUMED,
    BARRIER_PAIN,
    BARRIER_EQUIPMENT,
    BARRIER_TIME,
    BARRIER_UNDERSTANDING,
    BARRIER_OTHER,
    NO_ANSWER,
    DECLINED,
    CLINICAL_CONCERN;

    /** Calls without an answer, each on a day of its own, before a therapist looks. */
    public static final int TRIES = 3;

    public Step step() {
        return switch (this) {
            case RESUMED -> Step.close("REACHED_AND_RESUMED");
            case BARRIER_PAIN, BARRIER_EQUIPMENT, BARRIER_TIME, BARRIER_UNDERSTANDING, BARRIER_OTHER ->
                Step.review(Reviewed.BARRIER);
            case NO_ANSWER -> Step.review(Reviewed.NOT_REACHED);
            case DECLINED -> Step.review(Reviewed.DECLINED);
            case CLINICAL_CONCERN -> Step.review(Reviewed.CLINICAL_CONCERN);
        };
    }
}
