package health.carryover.clinical.setup;

/** Languages in which a patient is spoken to. */
public enum Language {
    ENGLISH,
    SPANISH
}
