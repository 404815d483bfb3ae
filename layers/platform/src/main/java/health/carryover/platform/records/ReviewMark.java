package health.carryover.platform.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a review item of a kind was opened, so that it is not opened again while it is open nor soon after.
 *
 * @param closedAt when a therapist closed it; absent while it is open
 */
public record ReviewMark(String task, Instant openedAt, @Nullable Instant closedAt) {
    public ReviewMark closed(Instant at) {
        return new ReviewMark(task, openedAt, at);
    }
}
