package health.carryover.clinical.safety;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** "Any of these today?": the symptoms that are asked for and the screens that they lead to. */
public final class SymptomCheck {
    private final List<Symptom> symptoms;
    private final Map<SafetyScreen.Id, SafetyScreen> screens = new EnumMap<>(SafetyScreen.Id.class);

    /** @throws IllegalArgumentException if a code or screen stands there twice, or a screen is missing */
    public SymptomCheck(List<Symptom> symptoms, List<SafetyScreen> screens) {
        this.symptoms = List.copyOf(symptoms);
        for (SafetyScreen screen : screens)
            if (this.screens.put(screen.id(), screen) != null)
                throw new IllegalArgumentException("screen: " + screen.id() + " stands there twice");
        Set<String> codes = new HashSet<>();
        for (Symptom symptom : symptoms) {
            if (!codes.add(symptom.code()))
                throw new IllegalArgumentException("code: " + symptom.code() + " stands there twice");
            if (!this.screens.containsKey(symptom.screen()))
                throw new IllegalArgumentException("screen: there is no " + symptom.screen());
        }
    }

    public List<Symptom> symptoms() {
        return symptoms;
    }

    public List<Symptom> askedOf(String diagnosis) {
        return symptoms.stream().filter(each -> each.askedOf(diagnosis)).toList();
    }

    public Optional<Symptom> find(String code) {
        return symptoms.stream().filter(each -> each.code().equals(code)).findFirst();
    }

    public SafetyScreen screen(Symptom symptom) {
        return Objects.requireNonNull(screens.get(symptom.screen()));
    }
}
