package health.carryover.clinical.motion;

/** What a reader of the numbers should know about how they came about. */
public enum MotionFlag {
    /** Nobody was seen in any frame. */
    NOBODY,
    /** Tracking was lost for longer than the 0.3 s that are bridged. */
    GAPS,
    /** A repetition was under way when the recording began or after tracking was lost. */
    STARTED_MID_REP,
    /** A repetition was under way when the recording ended or tracking was lost. */
    ENDED_MID_REP,
    /** Landmarks of the primary angle were hardly visible most of the time. */
    LOW_VISIBILITY,
    /** Seen from a side on which the primary angle is not to be trusted; counts hold, degrees do not. */
    VIEW,
    /** Movement was left out because the person walked, lay down or got up. */
    MOVED_ABOUT
}
