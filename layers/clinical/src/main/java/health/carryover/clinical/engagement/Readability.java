package health.carryover.clinical.engagement;

import health.carryover.clinical.setup.Language;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How hard a text is to read, by its counts. A screen for our own texts, no proof that somebody understands them.
 * @param words groups of letters or digits; an apostrophe stands inside a word
 * @param sentences ended by a full stop, question or exclamation mark; at least 1
 */
public record Readability(int syllables, int words, int sentences) {
    private static final Pattern WORD = Pattern.compile("\\p{L}+(?:['’]\\p{L}+)*|\\p{N}+");
    private static final Pattern END = Pattern.compile("[.!?…]+");

    /** A number has no letters to count; "sixty-five" has four, "doce" two. Our own choice. */
    private static final int SYLLABLES_OF_A_NUMBER = 3;

    public Readability {
        if (words < 1 || sentences < 1 || syllables < words)
            throw new IllegalArgumentException("counts: at least a word, a sentence and a syllable a word");
    }

    /** @throws IllegalArgumentException if there is no word in it */
    public static Readability of(String text, Language language) {
        int words = 0;
        int syllables = 0;
        for (Matcher word = WORD.matcher(text); word.find(); words++)
            syllables += Character.isLetter(word.group().codePointAt(0))
                    ? syllables(word.group(), language)
                    : SYLLABLES_OF_A_NUMBER;
        int sentences = 0;
        int after = 0;
        for (Matcher end = END.matcher(text); end.find(); after = end.end()) {
            if (WORD.matcher(text.substring(after, end.start())).find()) sentences++;
        }
        if (WORD.matcher(text.substring(after)).find()) sentences++;
        return new Readability(syllables, words, sentences);
    }

    private static int syllables(String word, Language language) {
        return switch (language) {
            case ENGLISH -> EnglishSyllables.of(word);
            case SPANISH -> SpanishSyllables.of(word);
        };
    }

    /**
     * Flesch-Kincaid grade level, US school years: {@code 0.39 words/sentences + 11.8 syllables/words - 15.59} (Kincaid
     * and others 1975); less is easier. Example: 26 syllables in 13 words of one sentence are 13.08.
     */
    public double fleschKincaidGrade() {
        return 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    }

    /**
     * Szigriszt-Pazos perspicuity, read on the INFLESZ scale: {@code 206.835 - 62.3 syllables/words - words/sentences};
     * 55 to 65 is normal, more is easier (Barrio-Cantalejo and others, An Sist Sanit Navar 2008; 31(2): 135-152).
     * Example: 28 syllables in 13 words of one sentence are 59.65.
     */
    public double inflesz() {
        return 206.835 - 62.3 * syllables / words - 1.0 * words / sentences;
    }
}
