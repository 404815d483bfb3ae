package health.carryover.platform.records;

import health.carryover.clinical.adherence.Session;
import java.time.Duration;
import java.time.Instant;

/**
 * A session as stored.
 *
 * @param session with the times corrected for the phone's clock
 * @param raw what the phone sent, whose clock may have been wrong
 * @param clockCorrection what was added to the phone's times
 */
public record StoredSession(Session session, Raw raw, Duration clockCorrection, Instant receivedAt) {
    public record Raw(Instant startedAt, Instant endedAt) {}
}
