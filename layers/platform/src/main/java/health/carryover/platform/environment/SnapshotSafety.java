package health.carryover.platform.environment;

import java.security.SecureRandom;

/** What a snapshot must not freeze. */
final class SnapshotSafety {
    private SnapshotSafety() {}

    /**
     * Ids and nonces come from {@link SecureRandom}, whose state would be the same in every sandbox that a snapshot
     * becomes, and two sandboxes would seal under one nonce. {@code NativePRNG} is safe: it mixes in what it reads from
     * the operating system, and throws away what it read more than 100 ms ago ({@code sun.security.provider.NativePRNG},
     * {@code MAX_BUFFER_TIME}).
     *
     * @throws IllegalStateException for any other
     */
    static void requireRandomOfTheSystem() {
        String algorithm = new SecureRandom().getAlgorithm();
        if (!algorithm.startsWith("NativePRNG"))
            throw new IllegalStateException(
                    "the random generator " + algorithm + " would repeat itself after each restore of a snapshot");
    }
}
