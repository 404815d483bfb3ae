package health.carryover.platform.records;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which review items a patient has or had, so that none is opened again while it is open nor soon after. One sealed item,
 * since a key must not tell what is amiss.
 *
 * @param last the latest of each kind and subject
 */
public record ReviewMarks(Map<String, Mark> last) {
    /** @param closedAt when a therapist closed it; absent while it is open */
    public record Mark(String task, @Nullable Instant closedAt) {}

    public static final ReviewMarks NONE = new ReviewMarks(Map.of());

    public ReviewMarks {
        last = Map.copyOf(last);
    }

    public ReviewMarks opened(String subject, String task) {
        return with(subject, new Mark(task, null));
    }

    /** Unchanged when no item has this task. */
    public ReviewMarks closed(String task, Instant at) {
        return last.entrySet().stream()
                .filter(each -> each.getValue().task().equals(task))
                .findFirst()
                .map(each -> with(each.getKey(), new Mark(task, at)))
                .orElse(this);
    }

    private ReviewMarks with(String subject, Mark mark) {
        Map<String, Mark> changed = new HashMap<>(last);
        changed.put(subject, mark);
        return new ReviewMarks(changed);
    }
}
