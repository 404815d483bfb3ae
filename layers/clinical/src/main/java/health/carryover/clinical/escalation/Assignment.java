package health.carryover.clinical.escalation;

import java.time.Duration;

/**
 * Which arm of the hold-out an outreach is in, and how probable that was. "Does outreach work?" is asked by letting the
 * call of some outreaches, drawn by lot, come two days later. The push is never held back, nor is anything that safety
 * needs.
 *
 * @param propensity probability of this arm when the lot was drawn, in (0, 1]; 1 = no lot was drawn
 */
public record Assignment(Arm arm, double propensity) {
    public enum Arm {
        /** The call comes when the 48 hours are over. */
        USUAL,
        /** The call comes 48 hours after it usually would. */
        LATER
    }

    /** Halves tell most from a given number of outreaches. */
    public static final double SHARE_LATER = 0.5;

    /** From 48 hours to 96. */
    public static final Duration HELD_BACK = Duration.ofHours(48);

    /** What happens where a clinic takes no part. */
    public static final Assignment NOT_RANDOMISED = new Assignment(Arm.USUAL, 1);

    private static final double DRAWS = 0x1p53;

    public Assignment {
        if (!(propensity > 0 && propensity <= 1))
            throw new IllegalArgumentException("a propensity lies above 0 and is at most 1");
    }

    /**
     * The lot of one flag: the same whenever it is drawn again, and to be told beforehand by nobody without the clinic's
     * key.
     *
     * @param digest keyed digest of the flag's name; at least 8 bytes, of which the last 8 count: some
     *     digests begin with the name of the key, which is the same for all flags of a clinic
     */
    public static Assignment draw(byte[] digest) {
        if (digest.length < Long.BYTES) throw new IllegalArgumentException("a digest of at least 8 bytes");
        long last = 0;
        for (int i = digest.length - Long.BYTES; i < digest.length; i++) last = last << Byte.SIZE | digest[i] & 0xff;
        double uniform = (last >>> 11) / DRAWS;
        return uniform < SHARE_LATER
                ? new Assignment(Arm.LATER, SHARE_LATER)
                : new Assignment(Arm.USUAL, 1 - SHARE_LATER);
    }

    public boolean randomised() {
        return propensity < 1;
    }

    /** How much later than usual the call comes. */
    public Duration heldBack() {
        return switch (arm) {
            case USUAL -> Duration.ZERO;
            case LATER -> HELD_BACK;
        };
    }
}
