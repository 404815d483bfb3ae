package health.carryover.platform.library;

import health.carryover.clinical.engagement.Encouragement;
import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.engagement.Wording;
import health.carryover.clinical.engagement.Wording.Unsaid;
import health.carryover.clinical.engagement.Wording.Why;
import health.carryover.clinical.setup.Language;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What encourages a patient, from {@code encouragement.csv}, none of it in the words of {@code unsaid-words.csv}; both
 * beside this class.
 */
public final class Encouragements {
    static final String FILE = "encouragement.csv";
    static final List<String> COLUMNS = List.of("id", "reason", "language", "place", "text");
    static final String UNSAID_FILE = "unsaid-words.csv";
    static final List<String> UNSAID_COLUMNS = List.of("language", "words", "why");

    /** Pushes for each reason, so that nobody reads the same too soon. */
    static final int LEAST_PUSHES = 4;

    /** Texts inside the app for each reason that has a number to show. */
    static final int LEAST_WITH_NUMBER = 2;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    private Encouragements() {}

    public static Encouragement inForce() {
        return read(CsvTable.builtIn(FILE), wording());
    }

    /** The words that are not said, and the other rules for texts. */
    public static Wording wording() {
        return wording(CsvTable.builtIn(UNSAID_FILE));
    }

    /** @throws InvalidLibraryException naming row and column of all that is wrong */
    static Wording wording(String text) {
        List<Problem> problems = new ArrayList<>();
        List<Unsaid> unsaid = new ArrayList<>();
        Set<Unsaid> seen = new HashSet<>();
        for (CsvRow row : CsvTable.read(UNSAID_FILE, text, UNSAID_COLUMNS, problems)) {
            Language language = row.one("language", Language.class);
            Why why = row.one("why", Why.class);
            if (!row.isGood()) continue;
            try {
                Unsaid each = new Unsaid(language, row.text("words"), why);
                if (seen.add(each)) unsaid.add(each);
                else row.wrong("words", "stands there twice");
            } catch (IllegalArgumentException e) { // its message begins with the column
                row.wrong(e, "words");
            }
        }
        for (Language language : Language.values())
            if (unsaid.stream().noneMatch(each -> each.language() == language) && problems.isEmpty())
                problems.add(new Problem(UNSAID_FILE, 0, "language", "no words of " + language));
        CsvTable.refuse(problems);
        return new Wording(unsaid);
    }

    /** @throws InvalidLibraryException naming row and column of all that is wrong */
    static Encouragement read(String file, Wording wording) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Message> messages = new LinkedHashMap<>();
        List<Text> texts = new ArrayList<>();
        for (CsvRow row : CsvTable.read(FILE, file, COLUMNS, problems)) {
            String id = row.text("id");
            if (!ID.matcher(id).matches()) row.wrong("id", "2 to 40 of lower case letters, digits and underscores");
            Reason reason = row.one("reason", Reason.class);
            Language language = row.one("language", Language.class);
            Place place = row.one("place", Place.class);
            if (!row.isGood()) continue;
            Text text = new Text(id, reason, language, place, row.text("text"));
            for (String fault : wording.faults(text)) row.wrong("text", fault);
            Message message =
                    messages.computeIfAbsent(id, _ -> new Message(row, reason, place, EnumSet.noneOf(Language.class)));
            if (message.reason() != reason) row.wrong("reason", "another one in another language");
            if (message.place() != place) row.wrong("place", "another one in another language");
            if (!message.languages().add(language)) row.wrong("language", "stands there twice for this id");
            texts.add(text);
        }
        complete(messages, problems);
        CsvTable.refuse(problems);
        return new Encouragement(texts);
    }

    /** One message in the languages in which it stands there; first seen in a row. */
    private record Message(CsvRow row, Reason reason, Place place, EnumSet<Language> languages) {}

    private static void complete(Map<String, Message> messages, List<Problem> problems) {
        for (Message message : messages.values())
            for (Language language : EnumSet.complementOf(message.languages()))
                message.row().wrong("language", "missing in " + language);
        for (Reason reason : Reason.values()) {
            enough(messages, reason, Place.PUSH, LEAST_PUSHES, problems);
            if (!reason.placeholders().isEmpty()) enough(messages, reason, Place.APP, LEAST_WITH_NUMBER, problems);
        }
    }

    private static void enough(
            Map<String, Message> messages, Reason reason, Place place, int least, List<Problem> problems) {
        for (Language language : Language.values()) {
            long found = messages.values().stream()
                    .filter(each -> each.reason() == reason
                            && each.place() == place
                            && each.languages().contains(language))
                    .count();
            if (found < least)
                problems.add(new Problem(
                        FILE,
                        0,
                        "reason",
                        reason + " " + place + " " + language + ": " + found + " texts instead of at least " + least));
        }
    }
}
