package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The exercises of the library that the stick figure can do: views, points and posture as in exercises.csv. */
final class Exercises {
    static final Map<Move, SetupWish> WISHES = Map.of(
            Move.STANDING, wish(Posture.STANDING, side(), hip(), knee(), ankle()),
            Move.SQUAT, wish(Posture.STANDING, side(), hip(), knee(), ankle()),
            Move.SIT_TO_STAND, wish(Posture.SITTING, side(), hip(), knee(), ankle()),
            Move.KNEE_EXTENSION, wish(Posture.SITTING, side(), hip(), knee(), ankle()),
            Move.HEEL_SLIDE, wish(Posture.LYING, side(), hip(), knee(), ankle()),
            Move.STRAIGHT_LEG_RAISE, wish(Posture.LYING, side(), shoulder(), hip(), knee()),
            Move.BRIDGE, wish(Posture.LYING, side(), shoulder(), hip(), knee()),
            Move.BICEP_CURL,
                    wish(
                            Posture.STANDING,
                            List.of(View.LATERAL, View.OBLIQUE, View.FRONTAL),
                            shoulder(),
                            elbow(),
                            wrist()),
            Move.LATERAL_RAISE, wish(Posture.STANDING, front(), hip(), shoulder(), elbow()),
            Move.SHOULDER_PRESS, wish(Posture.ANY, front(), shoulder(), elbow(), wrist()));

    private Exercises() {}

    static List<View> side() {
        return List.of(View.LATERAL, View.OBLIQUE);
    }

    static List<View> front() {
        return List.of(View.FRONTAL, View.REAR, View.OBLIQUE);
    }

    static Set<Landmark> shoulder() {
        return Set.of(LEFT_SHOULDER, RIGHT_SHOULDER);
    }

    static Set<Landmark> elbow() {
        return Set.of(LEFT_ELBOW, RIGHT_ELBOW);
    }

    static Set<Landmark> wrist() {
        return Set.of(LEFT_WRIST, RIGHT_WRIST);
    }

    static Set<Landmark> hip() {
        return Set.of(LEFT_HIP, RIGHT_HIP);
    }

    static Set<Landmark> knee() {
        return Set.of(LEFT_KNEE, RIGHT_KNEE);
    }

    static Set<Landmark> ankle() {
        return Set.of(LEFT_ANKLE, RIGHT_ANKLE);
    }

    @SafeVarargs
    static SetupWish wish(Posture posture, List<View> views, Set<Landmark>... parts) {
        Set<Landmark> landmarks = new HashSet<>(Set.of(NOSE));
        for (Set<Landmark> part : parts) landmarks.addAll(part);
        return new SetupWish(views, landmarks, posture);
    }
}
