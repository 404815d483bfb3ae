package health.carryover.clinical.exercise;

import java.util.OptionalInt;

/**
 * When an exercise may usually begin. A default for the editor: the surgeon's protocol overrides it, and phases open by
 * a therapist's clearance, never by the calendar.
 * @param usualWeek after surgery, [0, 104]; empty when there is none
 * @param clearance whether a therapist must clear it
 * @param ceiling whether the protocol sets a range that must not be passed
 * @param note what to watch, in a few words; may be empty
 */
public record Gate(OptionalInt usualWeek, boolean clearance, boolean ceiling, String note) {
    public Gate {
        if (usualWeek.isPresent() && (usualWeek.getAsInt() < 0 || usualWeek.getAsInt() > 104))
            throw new IllegalArgumentException("gate_week: outside [0, 104]");
    }
}
