package health.carryover.motionanalysis;

import health.carryover.platform.records.Measurement;
import health.carryover.platform.streams.StreamProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading a recording. */
sealed interface Analysis {
    /** @param algorithm what measured, without the build */
    record Measured(String algorithm, Measurement.@Nullable Movement movement, List<Measurement.SensorLink> sensors)
            implements Analysis {}

    record Refused(StreamProblem problem) implements Analysis {}
}
