package health.carryover.motionanalysis;

import health.carryover.clinical.motion.MotionFlag;
import health.carryover.clinical.motion.Rep;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.streams.StreamProblem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came of reading a recording. */
sealed interface Analysis {
    /** @param algorithm what measured, without the build */
    record Measured(
            String algorithm,
            Measurement.@Nullable Movement movement,
            List<Measurement.SensorLink> sensors,
            Measurement.@Nullable NotMeasured notMeasured)
            implements Analysis {}

    record Refused(StreamProblem problem) implements Analysis {}

    /** A set has ten or twenty; beyond this the peaks say nothing more, and an item has its limits. */
    int MOST_PEAKS = 500;

    /** Peak angles, degrees to a tenth. */
    static List<Double> peaks(List<Rep> reps) {
        return reps.stream()
                .limit(MOST_PEAKS)
                .map(rep -> Math.round(rep.peak().degrees() * 10) / 10.0)
                .toList();
    }

    static List<String> names(Set<MotionFlag> flags) {
        return flags.stream().map(Enum::name).sorted().toList();
    }
}
