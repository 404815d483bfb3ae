package health.carryover.clinical.motion;

import java.time.Duration;
import java.util.Map;

/**
 * One repetition.
 * @param start since the start of the recording, as peakAt and end
 * @param peak the primary angle at the peak, neutral-zero: of the side that moved, of both weighted by visibility otherwise
 * @param excursionDeg degrees between rest and peak, the smaller of the way there and the way back
 * @param cut whether the recording, or a loss of tracking, hides a part of it
 * @param confidence mean visibility of the landmarks used, [0, 1]
 * @param strays how far each watched thing strayed on the side that moved, in the compensation's unit, not negative
 */
public record Rep(
        Kind kind,
        Sides sides,
        Duration start,
        Duration peakAt,
        Duration end,
        Angle peak,
        double excursionDeg,
        Tempo tempo,
        boolean cut,
        double confidence,
        Map<Compensation, Double> strays) {
    public Rep {
        strays = Map.copyOf(strays);
    }

    public enum Kind {
        FULL,
        PARTIAL,
        /** One of either, but a part of it was not seen: not counted. */
        NOT_SEEN
    }

    public enum Sides {
        LEFT,
        RIGHT,
        BOTH
    }
}
