package health.carryover.clinical.motion;

/**
 * One move away from rest and back, not yet judged.
 * @param channel 0 left or both together, 1 right
 * @param rise degrees from rest to peak, as far as seen
 * @param fall degrees from peak back, as far as seen
 * @param peakMs the middle of the time at the peak: in a hold nobody can say which instant is the highest
 * @param peak the signal at the peak: the primary angle, negated when it shrinks towards the peak
 * @param whole whether nothing of it was hidden by a gap too long to bridge
 * @param agreement correlation of left and right meanwhile, [-1, 1]; NaN when one was hardly seen
 * @param travel how far the hips went across the picture between start and end, in trunk lengths
 * @param approach the same towards the camera or away
 * @param turned difference of the trunk's inclination between start and end, degrees
 * @param bent how far the trunk's inclination went from that at the start, degrees
 * @param inclinationBefore of the trunk at the start, degrees against the vertical, as inclinationAfter at the end
 * @param thighBefore how far the knees hung below the hips at the start, trunk lengths, NaN when not seen, as thighAfter
 * @param azimuth mean of that from where the camera looked, degrees: 0 the front, 90 the side, 180 the back
 * @param lesserRise degrees that the side that moves less goes on the way to the peak
 * @param lifted how far the hips were higher at the peak than at the start, trunk lengths; NaN without a picture
 * @param visibility mean of the side or sides used
 * @param otherVisibility mean of the other side
 * @param strays for each watched thing: left up, left down, right up, right down from its level at the start
 */
record Excursion(
        int channel,
        long startMs,
        long peakMs,
        long endMs,
        double rise,
        double fall,
        double peak,
        long upMs,
        long holdMs,
        long downMs,
        boolean cutAtStart,
        boolean cutAtEnd,
        boolean whole,
        double agreement,
        double travel,
        double approach,
        double turned,
        double bent,
        double inclinationBefore,
        double inclinationAfter,
        double thighBefore,
        double thighAfter,
        double azimuth,
        double lesserRise,
        double lifted,
        double visibility,
        double otherVisibility,
        double[] strays) {

    /** The smaller of the way there and the way back; of a cut excursion, the one that was seen. */
    double degrees() {
        return cutAtStart ? fall : cutAtEnd ? rise : Math.min(rise, fall);
    }

    /** Share of the shorter of the two that they have in common, [0, 1]. */
    double overlap(Excursion other) {
        long common = Math.min(endMs, other.endMs) - Math.max(startMs, other.startMs);
        long shorter = Math.max(1, Math.min(endMs - startMs, other.endMs - other.startMs));
        return Math.max(0, (double) common / shorter);
    }
}
