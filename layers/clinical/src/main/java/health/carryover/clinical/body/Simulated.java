package health.carryover.clinical.body;

import health.carryover.clinical.motion.Recording;
import java.util.List;

/**
 * A recording and what really happened in it.
 * @param recording image landmarks, as a tracker gives them
 * @param world the same frames in metres: x to the right of the picture, y down, z away from the camera, origin between the
 *     hips; the image size is 1 x 1, so that a fraction is a metre
 * @param reps in order, with those whose peak came before the recording left out
 */
public record Simulated(Recording recording, Recording world, List<TrueRep> reps) {
    public Simulated {
        reps = List.copyOf(reps);
    }
}
