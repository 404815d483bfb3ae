package health.carryover.clinical.safety;

import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.setup.Language;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A symptom that a patient is asked for before a session. Data with a source: {@code symptoms.csv}.
 * @param code upper case letters, digits and underscores: stable, sent by phones
 * @param screen what is shown when it is reported
 * @param diagnoses of whom it is asked; empty = of everybody. Whoever reports it is taken at their word all the same
 * @param question as the patient reads it
 * @param forTherapist as the task names it
 */
public record Symptom(
        String code,
        SafetyScreen.Id screen,
        Set<String> diagnoses,
        Phrase question,
        String forTherapist,
        String source) {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");

    public Symptom {
        if (!CODE.matcher(code).matches())
            throw new IllegalArgumentException("code: upper case letters, digits and underscores");
        if (forTherapist.isBlank()) throw new IllegalArgumentException("therapist: missing");
        if (source.isBlank()) throw new IllegalArgumentException("source: missing");
        diagnoses = Set.copyOf(diagnoses);
    }

    public String question(Language language) {
        return SafetyScreen.in(question, language);
    }

    public boolean askedOf(String diagnosis) {
        return diagnoses.isEmpty() || diagnoses.contains(diagnosis);
    }
}
