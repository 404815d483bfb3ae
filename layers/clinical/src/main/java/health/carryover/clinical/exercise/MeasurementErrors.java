package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far one camera errs, by joint and view. */
public final class MeasurementErrors {
    private final Map<Joint, Map<View, MeasurementError>> byJoint = new HashMap<>();
    private final List<MeasurementError> all;

    /**
     * @throws IllegalArgumentException if a joint and view stand there twice
     */
    public MeasurementErrors(List<MeasurementError> errors) {
        all = List.copyOf(errors);
        for (MeasurementError error : all)
            if (byJoint.computeIfAbsent(error.joint(), _ -> new HashMap<>()).put(error.view(), error) != null)
                throw new IllegalArgumentException(error.joint() + " " + error.view() + " stands there twice");
    }

    /** Empty for a mixed view and for what was never measured: no degrees are shown then. */
    public Optional<MeasurementError> of(Joint joint, View view) {
        return Optional.ofNullable(byJoint.getOrDefault(joint, Map.of()).get(view));
    }

    public List<MeasurementError> all() {
        return all;
    }
}
