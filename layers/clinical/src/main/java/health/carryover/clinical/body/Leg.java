package health.carryover.clinical.body;

/**
 * A stretch of everyday life: on the way from one pose to another, in place or on foot.
 * @param start seconds
 * @param length seconds
 * @param walks whether the way is walked
 */
record Leg(double start, double length, Pose from, Pose to, boolean walks) {
    private static final double STRIDE = 1.25; // metres

    Pose at(Person person, double seconds) {
        double share = length == 0 ? 1 : Math.clamp((seconds - start) / length, 0, 1);
        return walks ? onFoot(person, share) : Pose.between(person, from, to, Timeline.ease(share));
    }

    /** Steps begin and end gently. */
    private Pose onFoot(Person person, double share) {
        double way = Math.hypot(to.x - from.x, to.z - from.z);
        double vigour = Math.min(1, Math.min(share, 1 - share) * length / 0.4);
        Pose pose = Gait.pose(share * way / STRIDE + 0.25, Math.max(0.05, vigour));
        pose.facing = to.facing;
        // the stance of a standing pose is told by its toes, that of a stride by its hips
        double toes = person.foot() - 0.02 * person.stature();
        pose.x = from.x + share * (to.x - from.x) - toes * Math.sin(Math.toRadians(pose.facing));
        pose.z = from.z + share * (to.z - from.z) - toes * Math.cos(Math.toRadians(pose.facing));
        return pose;
    }
}
