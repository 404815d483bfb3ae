package health.carryover.clinical.setup;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an exercise needs from the camera.
 * @param views from where it may be looked at, at least one, the best first, never MIXED. The check does not tell front
 *     from back: the tracker takes one for the other (one of two recordings from behind), and an angle is the same in both.
 * @param landmarks that must be seen, at least one besides the head; of left and right one side is enough
 * @param posture of the person at the start
 */
public record SetupWish(List<View> views, Set<Landmark> landmarks, Posture posture) {
    public SetupWish {
        if (views.isEmpty()) throw new IllegalArgumentException("views: at least one");
        if (views.contains(View.MIXED)) throw new IllegalArgumentException("views: mixed is not a view to ask for");
        if (landmarks.stream().noneMatch(one -> one.compareTo(Landmark.LEFT_SHOULDER) >= 0))
            throw new IllegalArgumentException("landmarks: at least one besides the head");
        views = List.copyOf(views);
        landmarks = Set.copyOf(landmarks);
    }

    /**
     * What an exercise of the library needs, and the head: the tracker finds a person by it. Source: BlazePose
     * (Bazarevsky et al., arXiv 2006.10204, section 2.1: a face detector stands for the person detector, the head is
     * assumed to be visible).
     */
    public static SetupWish of(Exercise exercise) {
        Set<Landmark> landmarks = new HashSet<>(exercise.landmarks());
        landmarks.add(Landmark.NOSE);
        return new SetupWish(exercise.views(), landmarks, exercise.posture());
    }

    View bestView() {
        return views.getFirst();
    }
}
