package health.carryover.clinical.setup;

import java.time.Duration;

/**
 * Where each fault begins, and the times of the dialogue. "Recordings" are 25 of real people exercising, nearly all of
 * them usable: no default may refuse what they show. "Sweep" is the table of severities in SetupSweepTest.
 */
public record SetupLimits(Framing framing, Aim aim, Light light, Steadiness steadiness, Timing timing) {
    /** A fault begins where a measure passes {@code raise} and is over where it has come back past {@code clear}. */
    public record Bound(double raise, double clear) {
        public Bound {
            if (!(Math.abs(raise) < 1000 && Math.abs(clear) < 1000) || raise == clear)
                throw new IllegalArgumentException("bound: raise and clear differ and are below 1000");
        }

        /** Whether the fault holds. NaN, a measure that cannot be had, is no fault. */
        boolean holds(double measure, boolean before) {
            double limit = before ? clear : raise;
            return raise > clear ? measure > limit : measure < limit;
        }
    }

    /**
     * @param absent share of the frames without a person. Own choice; the counter holds with a tenth lost (its tests)
     * @param share of the frames in which a part is outside, or that show two people. Own choice: more often than not
     * @param size statures in the shorter side of the picture. Own choice: the counter holds down to 0.3 (its tests)
     * @param fit share of the picture that the needed part of the body may take up before "too near" is the reason
     *     for a part being outside. Own choice; recordings with everything inside go up to 0.95
     * @param edge a point not seen this near to the edge counts as outside, picture widths or heights. Own choice
     * @param seen visibility from which a point counts as seen. MediaPipe's usual 0.5, as in the counter
     * @param visibility of the least visible of the needed points on the better side, median. Recordings: 0.82 or more
     */
    public record Framing(
            Bound absent, Bound share, Bound size, double fit, double edge, double seen, Bound visibility) {}

    /**
     * @param view degrees outside the wanted view: frontal up to 28, oblique to 52, lateral beyond, as in
     *     ViewEstimator. Own choice; of the recordings labelled oblique, three look up to 29 degrees more lateral
     * @param upright lean of trunk and legs to the same side, standing, degrees. Recordings: 5 at rest, less while
     *     squatting, when trunk and legs lean to opposite sides
     * @param trunk lean of the trunk when the legs cannot be seen, degrees. Recordings: 7
     * @param sitting lean of trunk and shanks to the same side, sitting: who is about to rise leans both, up to 31
     * @param lying slant of trunk and body to the same side, degrees: seen at an angle the floor slants too, up to 13
     * @param legsToTrunk length of the legs in trunks, standing. 1.70 after Winter, recordings 1.1 to 1.8; above, the
     *     phone lies low and leans back: 2.2 at 1.4 statures from a phone on the floor, 2.6 at 1. Looking down from high
     *     up stays within what people differ, and cannot be told
     */
    public record Aim(Bound view, Bound upright, Bound trunk, Bound sitting, Bound lying, Bound legsToTrunk) {}

    /**
     * Light is judged twice: what is dark beyond doubt, and what is dim while the tracker suffers. A dark skin, black
     * clothes or a dim room with a steady tracker are no fault.
     * @param dark luma of the brightest of picture, person and background. Face capture kits refuse at 30, 40 or 60 of 255 (Baidu face
     *     collection: loose, normal, strict), that is 0.12 to 0.24; half the usual 40 is beyond doubt, 60 is dim
     * @param dim the same with the tracker suffering
     * @param shape luma of the person in lumas of the background, beyond doubt. Own choice
     * @param against the same with the tracker suffering. Own choice
     * @param bright luma from which a background can be against somebody. Own choice: the middle
     * @param suffering visibility of half the body's points below which the tracker suffers; recordings 0.9 or more
     * @param noise jitter of shoulders and ankles above which it suffers, as {@link Steadiness#wander}
     */
    public record Light(
            Bound dark, Bound dim, Bound shape, Bound against, double bright, double suffering, double noise) {}

    /**
     * @param frameRate frames a second. Own choice: the counter holds at 10 (its tests)
     * @param jump way of the body's middle between two looks up to 125 ms apart, in body sizes (three times the spread of
     *     the points, about a stature): no walk is that fast. Recordings: see SetupRecordingsTest
     * @param growth factor of size, either way, between two looks
     * @param jumps that make a second person
     * @param wander jitter of hips and knees in statures: median second difference over looks 50 to 125 ms apart.
     *     Recordings: 0.015 in fast squats, all points alike. An error of the knee of 10 to 15 degrees, as published for
     *     loose clothes (Cosoli et al. 2026: 95 % within 29 degrees, 7 with tight trousers), moves points by 0.04
     * @param ratio of that jitter to the one of shoulders and ankles. Recordings: 1.5 at most where above 0.01
     */
    public record Steadiness(Bound frameRate, double jump, double growth, int jumps, Bound wander, double ratio) {}

    /**
     * Own choices around the mission's "ready in 20 s" and "after three refusals".
     * @param window over which a measure is taken
     * @param needed time before anything is decided
     * @param stable how long the same fault must lead before it is told
     * @param shown an instruction stands at least, even if its fault has gone
     * @param apart between two different instructions at least
     * @param fair time a person has to follow an instruction; then it counts as refused and is repeated
     * @param good how long all must be well to be ready
     * @param refusals after which it goes without the camera
     * @param undecided time after which even an unsteady fault is told
     * @param patience time after which it goes without the camera whatever was told
     */
    public record Timing(
            Duration window,
            Duration needed,
            Duration stable,
            Duration shown,
            Duration apart,
            Duration fair,
            Duration good,
            int refusals,
            Duration undecided,
            Duration patience) {}

    public static final SetupLimits DEFAULT = new SetupLimits(
            new Framing(
                    new Bound(0.4, 0.25),
                    new Bound(0.6, 0.3),
                    new Bound(0.33, 0.37),
                    0.85,
                    0.04,
                    0.5,
                    new Bound(0.5, 0.6)),
            new Aim(
                    new Bound(8, 4),
                    new Bound(14, 11),
                    new Bound(18, 15),
                    new Bound(38, 34),
                    new Bound(20, 16),
                    new Bound(2.05, 1.95)),
            new Light(
                    new Bound(0.08, 0.11),
                    new Bound(0.235, 0.26),
                    new Bound(0.12, 0.16),
                    new Bound(0.4, 0.45),
                    0.5,
                    0.75,
                    0.02),
            new Steadiness(new Bound(8, 9), 0.35, 1.4, 2, new Bound(0.015, 0.012), 1.8),
            new Timing(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(1500),
                    Duration.ofMillis(700),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(7),
                    Duration.ofMillis(1500),
                    3,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60)));
}
