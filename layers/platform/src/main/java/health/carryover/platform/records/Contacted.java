package health.carryover.platform.records;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item per patient that every sender must renew: of two at the same moment only one can. Beside that it holds what
 * the next sender needs to know.
 *
 * @param lastText id of the last message, so that it is not repeated; absent when none was sent
 * @param milestones percent that the patient was told of last, by goal
 */
public record Contacted(@Nullable String lastText, Map<String, Integer> milestones) {
    static final Contacted NEVER = new Contacted(null, Map.of());

    public Contacted {
        milestones = Map.copyOf(milestones);
    }

    Contacted after(SentContact contact) {
        return contact.text() == null ? this : new Contacted(contact.text(), milestones);
    }

    Contacted told(String goal, int percent) {
        Map<String, Integer> all = new HashMap<>(milestones);
        all.merge(goal, percent, Math::max);
        return new Contacted(lastText, all);
    }
}
