package health.carryover.platform.records;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** New ids: UUIDv7 (RFC 9562), which sort by the time at which they were made. */
public final class Ids {
    private final SecureRandom random = new SecureRandom();

    public String next(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000);
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** When an id of ours was made; {@link Instant#EPOCH} for what is none. */
    public static Instant madeAt(String id) {
        try {
            UUID uuid = UUID.fromString(id);
            return uuid.version() == 7 ? Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16) : Instant.EPOCH;
        } catch (IllegalArgumentException e) {
            return Instant.EPOCH;
        }
    }
}
