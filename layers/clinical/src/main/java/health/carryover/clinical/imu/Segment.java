package health.carryover.clinical.imu;

/** The part of the body that a sensor moves with. */
public enum Segment {
    HEAD,
    /** On the sternum or between the shoulder blades. */
    TRUNK,
    /** On the sacrum. */
    PELVIS,
    UPPER_ARM,
    FOREARM,
    HAND,
    THIGH,
    SHANK,
    FOOT
}
