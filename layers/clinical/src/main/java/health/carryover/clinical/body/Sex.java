package health.carryover.clinical.body;

/** Female hips are wider and shoulders narrower against the stature, by about 4 % each (ANSUR breadths, rounded). */
public enum Sex {
    FEMALE,
    MALE,
    EITHER
}
