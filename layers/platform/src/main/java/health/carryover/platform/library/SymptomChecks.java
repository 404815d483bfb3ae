package health.carryover.platform.library;

import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.safety.SafetyScreen;
import health.carryover.clinical.safety.SafetyScreen.Danger;
import health.carryover.clinical.safety.Symptom;
import health.carryover.clinical.safety.SymptomCheck;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** "Any of these today?", from {@code symptoms.csv} and {@code safety-screens.csv} beside this class. */
public final class SymptomChecks {
    static final String SYMPTOMS = "symptoms.csv";
    static final String SCREENS = "safety-screens.csv";
    static final List<String> SYMPTOM_COLUMNS =
            List.of("code", "screen", "diagnoses", "english", "spanish", "therapist", "source", "reviewer");
    static final List<String> SCREEN_COLUMNS = List.of(
            "screen",
            "danger",
            "dial",
            "title_english",
            "title_spanish",
            "text_english",
            "text_spanish",
            "closed_english",
            "closed_spanish",
            "source",
            "reviewer");

    private SymptomChecks() {}

    public static SymptomCheck inForce() {
        return read(CsvTable.builtIn(SYMPTOMS), CsvTable.builtIn(SCREENS));
    }

    /** @throws InvalidLibraryException naming row and column of all that is wrong */
    static SymptomCheck read(String symptoms, String screens) {
        List<Problem> problems = new ArrayList<>();
        List<SafetyScreen> shown = screens(screens, problems);
        List<Symptom> asked = symptoms(symptoms, problems);
        CsvTable.refuse(problems);
        return new SymptomCheck(asked, shown);
    }

    private static List<Symptom> symptoms(String text, List<Problem> problems) {
        List<Symptom> symptoms = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (CsvRow row : CsvTable.read(SYMPTOMS, text, SYMPTOM_COLUMNS, problems)) {
            SafetyScreen.Id screen = row.one("screen", SafetyScreen.Id.class);
            if (!codes.add(row.text("code"))) row.wrong("code", "stands there twice");
            if (!row.isGood()) continue;
            try {
                symptoms.add(new Symptom(
                        row.text("code"),
                        screen,
                        Set.copyOf(row.words("diagnoses")),
                        new Phrase(row.text("english"), row.text("spanish")),
                        row.text("therapist"),
                        row.text("source")));
            } catch (IllegalArgumentException e) { // its message begins with the column
                row.wrong(e, "code");
            }
        }
        return symptoms;
    }

    private static List<SafetyScreen> screens(String text, List<Problem> problems) {
        List<SafetyScreen> screens = new ArrayList<>();
        Set<SafetyScreen.Id> missing = EnumSet.allOf(SafetyScreen.Id.class);
        for (CsvRow row : CsvTable.read(SCREENS, text, SCREEN_COLUMNS, problems)) {
            SafetyScreen.Id id = row.one("screen", SafetyScreen.Id.class);
            Danger danger = row.one("danger", Danger.class);
            if (row.isGood() && !missing.remove(id)) row.wrong("screen", "stands there twice");
            if (!row.isGood()) continue;
            try {
                screens.add(new SafetyScreen(
                        id,
                        danger,
                        row.text("dial"),
                        phrase(row, "title"),
                        phrase(row, "text"),
                        phrase(row, "closed"),
                        row.text("source")));
            } catch (IllegalArgumentException e) {
                row.wrong(e, "screen");
            }
        }
        for (SafetyScreen.Id id : missing) problems.add(new Problem(SCREENS, 0, "screen", "no row of " + id));
        return screens;
    }

    private static Phrase phrase(CsvRow row, String name) {
        try {
            return new Phrase(row.text(name + "_english"), row.text(name + "_spanish"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "_" + e.getMessage(), e);
        }
    }
}
