package health.carryover.clinical.exercise;

/** What is said or shown to a patient, in the languages offered. */
public record Phrase(String english, String spanish) {
    public static final int LONGEST = 120;

    public Phrase {
        check(english);
        check(spanish);
    }

    private static void check(String text) {
        if (text.isBlank() || text.length() > LONGEST)
            throw new IllegalArgumentException("a phrase has 1 to " + LONGEST + " characters");
    }
}
