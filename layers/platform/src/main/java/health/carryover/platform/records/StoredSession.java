package health.carryover.platform.records;

import health.carryover.clinical.adherence.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A session as stored.
 *
 * @param session with the times corrected for the phone's clock
 * @param raw what the phone sent, whose clock may have been wrong
 * @param clockCorrection what was added to the phone's times
 * @param movement what its recordings show, exercise by exercise; written by {@link Measurements}
 */
public record StoredSession(
        Session session, Raw raw, Duration clockCorrection, Instant receivedAt, List<MovementCheck> movement) {
    public record Raw(Instant startedAt, Instant endedAt) {}

    public StoredSession {
        // Items that were stored before there were checks have none.
        movement = List.copyOf(Objects.requireNonNullElse(movement, List.of()));
    }

    /** As it arrives. */
    public StoredSession(Session session, Raw raw, Duration clockCorrection, Instant receivedAt) {
        this(session, raw, clockCorrection, receivedAt, List.of());
    }

    StoredSession with(List<MovementCheck> checks) {
        return new StoredSession(session, raw, clockCorrection, receivedAt, checks);
    }
}
