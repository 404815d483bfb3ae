package health.carryover.clinical.motion;

import java.util.List;
import java.util.Set;

/**
 * What a recording holds: the repetitions in order: full, partial, and those not wholly seen, which do not count.
 * @param ownRangeDeg the range that the person's repetitions were judged by, degrees; 0 when there were none
 * @param confidence in the degrees, [0, 1]: visibility of the landmarks used, times the share of frames with a person,
 *     times how well the view suits the angle
 */
public record MotionReport(View view, List<Rep> reps, double ownRangeDeg, double confidence, Set<MotionFlag> flags) {
    public MotionReport {
        reps = List.copyOf(reps);
        flags = Set.copyOf(flags);
    }

    public List<Rep> full() {
        return reps.stream().filter(rep -> rep.kind() == Rep.Kind.FULL).toList();
    }

    public List<Rep> partial() {
        return reps.stream().filter(rep -> rep.kind() == Rep.Kind.PARTIAL).toList();
    }
}
