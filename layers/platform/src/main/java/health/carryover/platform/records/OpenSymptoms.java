package health.carryover.platform.records;

import java.util.HashMap;
import java.util.Map;

/**
 * The symptoms of a patient that no therapist has cleared yet, so that however often one is reported there is one task. One
 * sealed item, since a key must not tell what is amiss.
 *
 * @param tasks by code of the symptom
 */
public record OpenSymptoms(Map<String, String> tasks) {
    public static final OpenSymptoms NONE = new OpenSymptoms(Map.of());

    public OpenSymptoms {
        tasks = Map.copyOf(tasks);
    }

    public OpenSymptoms with(String symptom, String task) {
        Map<String, String> changed = new HashMap<>(tasks);
        changed.put(symptom, task);
        return new OpenSymptoms(changed);
    }

    public OpenSymptoms without(String task) {
        Map<String, String> changed = new HashMap<>(tasks);
        changed.values().remove(task);
        return new OpenSymptoms(changed);
    }
}
