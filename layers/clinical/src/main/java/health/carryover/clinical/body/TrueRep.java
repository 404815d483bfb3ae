package health.carryover.clinical.body;

import health.carryover.clinical.motion.Side;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One repetition as it was done.
 * @param start leaving rest, since the start of the recording, as peakAt and end; negative when the recording began later
 * @param peakAt the middle of the hold
 * @param sides which side worked; of a mirrored video the person's own, not those that the picture shows
 * @param share of the full range that was meant, 1 = full
 * @param peakDeg the primary angle farthest from rest, in space, mean of the working sides, degrees
 * @param excursionDeg between the angle at rest and the peak, degrees
 * @param deviations those asked for, at their full size
 * @param cut whether the recording began after its start
 */
public record TrueRep(
        Duration start,
        Duration peakAt,
        Duration end,
        Set<Side> sides,
        double share,
        double peakDeg,
        double excursionDeg,
        Map<Deviation, Double> deviations,
        boolean cut) {
    public TrueRep {
        sides = Set.copyOf(sides);
        deviations = Map.copyOf(deviations);
    }
}
