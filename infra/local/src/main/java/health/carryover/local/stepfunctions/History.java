package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened in one execution, in order. Thread-safe: written on the clock's thread, read by requests. */
final class History {
    /** As on AWS: the execution fails rather than write more. */
    static final int LIMIT = 25_000;

    /**
     * One event.
     *
     * @param previous id of the event that led to this one, 0 for none
     * @param state the state it belongs to where the details do not say so
     * @param details as the wire protocol has them, absent for types without
     */
    record Event(
            long id,
            long previous,
            Instant time,
            String type,
            @Nullable String state,
            @Nullable ObjectNode details) {
        /** Name of the member that holds the details. */
        String detailsName() {
            if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
            if (type.endsWith("StateExited")) return "stateExitedEventDetails";
            return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1) + "EventDetails";
        }
    }

    private final List<Event> events = new ArrayList<>();

    synchronized long add(
            Instant time, long previous, String type, @Nullable String state, @Nullable ObjectNode details) {
        Event event = new Event(events.size() + 1L, previous, time, type, state, details);
        events.add(event);
        return event.id();
    }

    synchronized int size() {
        return events.size();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }
}
