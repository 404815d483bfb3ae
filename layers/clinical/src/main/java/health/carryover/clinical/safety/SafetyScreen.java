package health.carryover.clinical.safety;

import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.setup.Language;
import org.jspecify.annotations.Nullable;

/**
 * What fills the screen when a symptom was reported; the session is locked. The phone shows it at once, with or without a
 * network. Data with a source: {@code safety-screens.csv}.
 * @param dial the number that the screen offers to call; empty = the surgeon's or the clinic's
 * @param closed what is added while the clinic is closed
 */
public record SafetyScreen(Id id, Danger danger, String dial, Phrase title, Phrase text, Phrase closed, String source) {
    public enum Id {
        EMERGENCY,
        CRISIS,
        URGENT
    }

    public enum Danger {
        /** Nobody waits for the clinic. */
        EMERGENCY,
        /** The surgeon or the clinic now, urgent care otherwise. */
        URGENT
    }

    /** The screen in one language. @param closed absent while the clinic is open */
    public record Shown(
            Danger danger,
            String dial,
            String title,
            String text,
            @Nullable String closed) {}

    public SafetyScreen {
        if (!dial.matches("[0-9]{0,15}")) throw new IllegalArgumentException("dial: digits, or none");
        if ((danger == Danger.EMERGENCY) == dial.isEmpty())
            throw new IllegalArgumentException("dial: a number exactly for emergencies");
        if (source.isBlank()) throw new IllegalArgumentException("source: missing");
    }

    public Shown in(Language language, boolean clinicOpen) {
        return new Shown(
                danger, dial, in(title, language), in(text, language), clinicOpen ? null : in(closed, language));
    }

    static String in(Phrase phrase, Language language) {
        return language == Language.SPANISH ? phrase.spanish() : phrase.english();
    }
}
