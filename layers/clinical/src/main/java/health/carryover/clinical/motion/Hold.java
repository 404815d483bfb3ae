package health.carryover.clinical.motion;

import java.time.Duration;
import java.util.List;

/**
 * A position that is held: all its angles stay within their bands, each on at least one side.
 * @param shortest time of the shortest hold that is told, (0, 60 s]
 */
public record Hold(List<Band> bands, Duration shortest) implements Measurement {
    /** An angle and where it must stay, degrees, both ends included. */
    public record Band(Joint joint, double fromDeg, double toDeg) {
        public Band {
            if (!(fromDeg >= -90 && toDeg <= 180 && fromDeg < toDeg))
                throw new IllegalArgumentException("band outside [-90, 180] degrees or empty");
        }
    }

    public Hold {
        bands = List.copyOf(bands);
        if (bands.isEmpty()) throw new IllegalArgumentException("a hold needs an angle");
        if (!shortest.isPositive() || shortest.compareTo(Duration.ofSeconds(60)) > 0)
            throw new IllegalArgumentException("shortest hold outside (0, 60] seconds");
    }
}
