package health.carryover.clinical.exercise;

/** What is said or shown to a patient, in the languages offered. */
public record Phrase(String english, String spanish) {
    public static final int LONGEST = 120;

    public Phrase {
        check("english", english);
        check("spanish", spanish);
    }

    private static void check(String language, String text) {
        if (text.isBlank() || text.length() > LONGEST)
            throw new IllegalArgumentException(language + ": a phrase has 1 to " + LONGEST + " characters");
    }
}
