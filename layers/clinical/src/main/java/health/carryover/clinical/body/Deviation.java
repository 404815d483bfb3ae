package health.carryover.clinical.body;

/** A compensation: another way to move than asked. Grows with the repetition, 0 at rest, its full size at the peak. */
public enum Deviation {
    /** Degrees the knee of the working side goes inward, frontal plane projection angle. Little fits a straight knee. */
    KNEE_VALGUS,
    /** Degrees the trunk leans to the working side; of both sides working, to the left. */
    TRUNK_SIDE_LEAN,
    /** Degrees the trunk leans forward; negative = backward, as when swinging a weight. The legs stay. */
    TRUNK_FORWARD_LEAN,
    /** Degrees of the pelvis in the frontal plane, the working side up; of both sides working, the left. */
    HIP_HIKE,
    /** Degrees of the pelvis in the frontal plane, the side that does not carry down. */
    PELVIC_DROP,
    /** Share of the trunk's length that the working shoulder rises towards the ear. */
    SHOULDER_SHRUG,
    /**
     * Degrees the lumbar spine extends too far. Landmarks show little of a back: a shorter trunk, shoulders behind (lying on the
     * back: ribs and shoulders up by a quarter of it), and where the pelvis is free (bridge, prone, on all fours) the hip
     * extends by half of it more.
     */
    LUMBAR_ARCH,
    /** Degrees the spine flexes, from pelvis to neck: shorter from hip to shoulder, shoulders and head forward. */
    ROUNDED_BACK,
    /** Degrees the upper arm leaves the trunk. */
    ELBOW_DRIFT,
    /** Degrees the knee stays bent where it should be straight. */
    KNEE_LAG,
    /** Degrees the heel leaves the floor. */
    HEEL_RISE;

    /**
     * @param size how much of it now
     * @param side the working side, 0 left, 1 right; both when both work
     */
    void apply(Pose pose, Person person, Move move, double size, boolean both, int side) {
        double sign = side == 0 ? 1 : -1;
        for (int i = 0; i < 2; i++) {
            if (!both && i != side) continue;
            switch (this) {
                case KNEE_VALGUS -> pose.valgus[i] += size;
                case SHOULDER_SHRUG -> pose.shrug[i] += size * person.trunk();
                case ELBOW_DRIFT -> pose.elevation[i] += size;
                case KNEE_LAG -> pose.knee[i] += size;
                case HEEL_RISE -> pose.ankle[i] -= size;
                default -> {}
            }
        }
        switch (this) {
            case TRUNK_SIDE_LEAN -> pose.sideLean += sign * size;
            case TRUNK_FORWARD_LEAN -> lean(pose, size);
            case HIP_HIKE -> pose.obliquity += sign * size;
            case PELVIC_DROP -> pose.obliquity += (carries(move) ? sign : -sign) * size;
            case LUMBAR_ARCH -> {
                pose.spine -= size;
                boolean free = pose.basePitch > 45 || move == Move.BRIDGE;
                if (free) for (int i = 0; i < 2; i++) pose.hip[i] -= size / 2;
                else lean(pose, -size / 4);
                if (pose.basePitch < -45 && !free) lean(pose, size / 2);
            }
            case ROUNDED_BACK -> {
                pose.spine += size;
                for (int i = 0; i < 2; i++) pose.protraction[i] += 0.0025 * size * person.trunk();
            }
            default -> {}
        }
    }

    /** Whether the working leg is the one that is stood on. */
    private static boolean carries(Move move) {
        return move == Move.STEP_UP;
    }

    private static void lean(Pose pose, double degrees) {
        pose.lean += degrees;
        for (int i = 0; i < 2; i++) pose.hip[i] += degrees;
    }
}
