package health.carryover.clinical.engagement;

import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.setup.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text to a patient must be: short, easy, kind, and on a locked screen without anything about the person.
 * @param unsaid words that are not said
 */
public record Wording(List<Unsaid> unsaid) {
    /** Characters of a push, about what a locked phone shows; our own bound. */
    public static final int LONGEST = 178;

    /** US school year above which English is too hard, Flesch-Kincaid; our own bound. */
    public static final double HARDEST_GRADE = 6;

    /** Spanish under this is "somewhat hard" on the INFLESZ scale; this itself is "normal". */
    public static final double LEAST_INFLESZ = 55;

    private static final String ACCENTED = "áéíóúüñ";
    private static final String WITHOUT_ACCENT = "aeiouun";
    private static final Pattern FOREIGN = Pattern.compile("[\\p{L}\\p{M}&&[^a-zA-ZáéíóúüñÁÉÍÓÚÜÑ]]");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]{1,20})}");

    public enum Why {
        /** Blames, shames or commands: nowhere. */
        SHAMING,
        /** Tells of the person's health: not where others can read it. */
        PRIVATE
    }

    /**
     * Words that are not said.
     * @param words one or more with single spaces, letters only; a star at the end stands for any ending
     */
    public record Unsaid(Language language, String words, Why why) {
        public Unsaid {
            if (!words.matches("\\p{L}+( \\p{L}+)*\\*?")
                    || FOREIGN.matcher(words).find())
                throw new IllegalArgumentException("words: letters, single spaces, and a star at the end or none");
        }

        private boolean isIn(String plain) {
            String wanted = plain(words.replace("*", "")).stripTrailing();
            return plain.contains(words.endsWith("*") ? wanted : wanted + " ");
        }
    }

    public Wording {
        unsaid = List.copyOf(unsaid);
    }

    /** All that is against saying it; empty when nothing is. Names our own words only, never the text's. */
    public List<String> faults(Text text) {
        String words = text.text();
        if (words.isBlank()) return List.of("missing");
        List<String> faults = new ArrayList<>();
        if (words.codePoints().anyMatch(Wording::isInvisible)) faults.add("holds characters that are not seen");
        // An accent of its own, or a letter that only looks like one of ours, would hide a word that is not said.
        if (FOREIGN.matcher(words).find()) faults.add("holds letters of neither English nor Spanish");
        placeholders(text, faults);
        boolean push = text.place() == Place.PUSH;
        if (push && words.codePoints().anyMatch(Character::isDigit)) faults.add("no numbers on a locked screen");
        int length = text.with(100).length();
        if (length > LONGEST) faults.add(length + " characters instead of at most " + LONGEST);
        String plain = plain(words);
        for (Unsaid each : unsaid)
            if (each.language() == text.language() && (push || each.why() == Why.SHAMING) && each.isIn(plain))
                faults.add("says " + each.words());
        if (plain.isBlank()) faults.add("no words");
        else hardness(text).ifPresent(faults::add);
        return faults;
    }

    private static Optional<String> hardness(Text text) {
        Readability counts = Readability.of(text.with(100), text.language());
        return switch (text.language()) {
            case ENGLISH ->
                counts.fleschKincaidGrade() > HARDEST_GRADE
                        ? fault("grade %.1f of at most %.0f", counts.fleschKincaidGrade(), HARDEST_GRADE)
                        : Optional.empty();
            case SPANISH ->
                counts.inflesz() < LEAST_INFLESZ
                        ? fault("INFLESZ %.1f of at least %.0f", counts.inflesz(), LEAST_INFLESZ)
                        : Optional.empty();
        };
    }

    private static Optional<String> fault(String format, double found, double limit) {
        return Optional.of("too hard to read: " + String.format(Locale.ROOT, format, found, limit));
    }

    private static void placeholders(Text text, List<String> faults) {
        Matcher found = PLACEHOLDER.matcher(text.text());
        while (found.find()) {
            if (text.place() == Place.PUSH) faults.add("no placeholder on a locked screen");
            else if (!text.reason().placeholders().contains(found.group(1)))
                faults.add("a placeholder that this reason does not fill; it fills "
                        + text.reason().placeholders());
        }
        if (PLACEHOLDER.matcher(text.text()).replaceAll("").matches("(?s).*[{}].*"))
            faults.add("a brace that is no placeholder");
    }

    private static boolean isInvisible(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }

    /** Lower case without accents, words parted by single spaces and one at both ends. */
    private static String plain(String text) {
        StringBuilder letters = new StringBuilder(" ");
        String lower = text.toLowerCase(Locale.ROOT).replaceAll("['’]", "");
        for (int i = 0; i < lower.length(); i++) {
            char letter = lower.charAt(i);
            int accented = ACCENTED.indexOf(letter);
            letters.append(accented >= 0 ? WITHOUT_ACCENT.charAt(accented) : Character.isLetter(letter) ? letter : ' ');
        }
        return letters.append(' ').toString().replaceAll(" +", " ");
    }
}
