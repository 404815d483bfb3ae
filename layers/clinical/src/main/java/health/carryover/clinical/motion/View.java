package health.carryover.clinical.motion;

/** From where the camera looks at the person. */
public enum View {
    FRONTAL,
    OBLIQUE,
    LATERAL,
    REAR,
    /** The person turned, or the camera moved round them. */
    MIXED
}
