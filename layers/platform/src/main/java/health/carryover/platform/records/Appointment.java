package health.carryover.platform.records;

import java.time.Instant;

/** A visit at the clinic. */
public record Appointment(Instant at, State state) {
    public enum State {
        BOOKED,
        ATTENDED,
        CANCELLED,
        MISSED
    }
}
