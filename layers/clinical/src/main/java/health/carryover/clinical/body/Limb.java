package health.carryover.clinical.body;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Landmark;
import java.util.EnumSet;
import java.util.Set;

/** What something else may hide: a chair, a table, the edge of the picture. */
public enum Limb {
    LEFT_ARM(EnumSet.of(LEFT_ELBOW, LEFT_WRIST, LEFT_PINKY, LEFT_INDEX, LEFT_THUMB)),
    RIGHT_ARM(EnumSet.of(RIGHT_ELBOW, RIGHT_WRIST, RIGHT_PINKY, RIGHT_INDEX, RIGHT_THUMB)),
    LEFT_LEG(EnumSet.of(LEFT_KNEE, LEFT_ANKLE, LEFT_HEEL, LEFT_FOOT_INDEX)),
    RIGHT_LEG(EnumSet.of(RIGHT_KNEE, RIGHT_ANKLE, RIGHT_HEEL, RIGHT_FOOT_INDEX)),
    FEET(EnumSet.of(LEFT_ANKLE, RIGHT_ANKLE, LEFT_HEEL, RIGHT_HEEL, LEFT_FOOT_INDEX, RIGHT_FOOT_INDEX));

    private final Set<Landmark> landmarks;

    Limb(Set<Landmark> landmarks) {
        this.landmarks = landmarks;
    }

    boolean holds(Landmark landmark) {
        return landmarks.contains(landmark);
    }
}
