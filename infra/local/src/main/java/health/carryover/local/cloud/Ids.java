package health.carryover.local.cloud;

import java.util.Random;
import java.util.UUID;

/** Identifiers that the cloud gives out: UUIDs that come in the same order in every run. */
final class Ids {
    private final Random random = new Random(4566);

    synchronized String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    /** Lower-case hexadecimal digits. */
    synchronized String hex(int length) {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < length) hex.append(Integer.toHexString(random.nextInt(16)));
        return hex.toString();
    }
}
