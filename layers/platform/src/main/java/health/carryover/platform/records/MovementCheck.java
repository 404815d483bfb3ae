package health.carryover.platform.records;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One exercise of a session: what the device claims beside what its recordings show.
 *
 * @param claimedRepetitions full ones, of all entries of the session for this exercise; absent when it claims none
 * @param countedRepetitions full ones, of all recordings together; absent when none could be counted. Camera and sensors
 *     watch the same repetitions: where both counted, the one that is complete and surer stands here
 * @param medianPeakAngleDegrees of the counted full repetitions, neutral-zero
 * @param confidence the lowest of the recordings
 * @param notMeasured why sensor recordings give no count, each reason once
 * @param refusals why recordings were refused, as codes
 * @param recordings upload ids, those still awaited included
 * @param tolerance version of the rule that judged
 */
public record MovementCheck(
        String exercise,
        Verdict verdict,
        @Nullable Integer claimedRepetitions,
        @Nullable Integer countedRepetitions,
        @Nullable Integer countedPartialRepetitions,
        @Nullable Double medianPeakAngleDegrees,
        @Nullable Double confidence,
        List<String> views,
        List<String> flags,
        List<Measurement.SensorLink> sensors,
        List<Measurement.NotMeasured> notMeasured,
        List<String> refusals,
        List<String> recordings,
        List<String> algorithms,
        String tolerance) {
    public enum Verdict {
        AGREES,
        /** The device's count is not what its own recording shows. */
        DISAGREES,
        /** The recordings show too little of the person to say, or one of several sensor recordings could not be counted. */
        UNCERTAIN,
        /** A recording was refused, so that its repetitions are missing. */
        REFUSED,
        /** A recording that the session names has not arrived or is not measured yet. */
        WAITING,
        /** The session claims no count for this exercise. */
        NOT_CLAIMED,
        /** Nothing could be counted; of sensors {@code notMeasured} says why. */
        NOT_COUNTED
    }

    public MovementCheck {
        views = List.copyOf(views);
        flags = List.copyOf(flags);
        sensors = List.copyOf(sensors);
        // Checks that were stored before sensors were measured have none.
        notMeasured = List.copyOf(Objects.requireNonNullElse(notMeasured, List.of()));
        refusals = List.copyOf(refusals);
        recordings = List.copyOf(recordings);
        algorithms = List.copyOf(algorithms);
    }
}
