package health.carryover.clinical.engagement;

import java.util.Locale;

/**
 * Counts the syllables of a Spanish word by its spelling, which tells them: a strong vowel (a, e, o) or a stressed weak
 * one (í, ú) makes a syllable of its own; unstressed weak ones (i, u, ü, final y) join the vowel beside them, as the
 * silent u of que does. An h between vowels parts nothing. Ortografía de la lengua española (RAE 2010), diphthongs and
 * hiatus; words that are spoken otherwise, as guion, count as the rule says.
 */
final class SpanishSyllables {
    private SpanishSyllables() {}

    static int of(String word) {
        String letters = word.toLowerCase(Locale.ROOT)
                .replaceAll("y(?![aeiouáéíóú])", "i")
                .replaceAll("(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])", "");
        int syllables = 0;
        for (String vowels : letters.split("[^aeiouáéíóúü]+", -1)) if (!vowels.isEmpty()) syllables += group(vowels);
        return Math.max(1, syllables);
    }

    /** Vowels without a consonant between them. */
    private static int group(String vowels) {
        int strong = 0;
        int alike = 0; // weak ones, as in chiita
        for (int i = 0; i < vowels.length(); i++) {
            if ("aeoáéóíú".indexOf(vowels.charAt(i)) >= 0) strong++;
            else if (i > 0 && vowels.charAt(i) == vowels.charAt(i - 1)) alike++;
        }
        return Math.max(1, strong) + alike;
    }
}
