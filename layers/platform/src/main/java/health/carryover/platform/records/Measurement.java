package health.carryover.platform.records;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured from one recording in the cloud, or why nothing was.
 *
 * @param algorithm what measured it; absent when nothing was measured
 * @param movement absent when the recording was refused or nothing of it could be counted
 * @param sensors how well each sensor's radio did; empty for a camera
 * @param notMeasured why sensors that were read give no movement; absent when they do, and for a camera
 * @param refusal why the recording was refused, as a code; absent when it was not
 */
public record Measurement(
        String uploadId,
        String exercise,
        @Nullable String algorithm,
        Instant at,
        @Nullable Movement movement,
        List<SensorLink> sensors,
        @Nullable NotMeasured notMeasured,
        @Nullable String refusal) {
    public Measurement {
        sensors = List.copyOf(sensors);
    }

    public static Measurement refused(Recording recording, String refusal, Instant at) {
        return new Measurement(recording.uploadId(), recording.exercise(), null, at, null, List.of(), null, refusal);
    }

    /**
     * Repetitions counted from landmarks or joint angles of sensors.
     *
     * @param peakAnglesDegrees of the full repetitions in order, neutral-zero, to a tenth; of a very long recording the first
     * @param view as the engine names it, as are the flags; absent for sensors
     * @param confidence [0, 1]; of sensors the share of the time in which the angle was known
     * @param excursions absent for sensors, and of recordings that were measured before they were kept
     */
    public record Movement(
            int repetitions,
            int partialRepetitions,
            List<Double> peakAnglesDegrees,
            @Nullable String view,
            double confidence,
            List<String> flags,
            @Nullable Excursions excursions) {
        public Movement {
            peakAnglesDegrees = List.copyOf(peakAnglesDegrees);
            flags = List.copyOf(flags);
        }

        public Movement(
                int repetitions,
                int partialRepetitions,
                List<Double> peakAnglesDegrees,
                @Nullable String view,
                double confidence,
                List<String> flags) {
            this(repetitions, partialRepetitions, peakAnglesDegrees, view, confidence, flags, null);
        }
    }

    /**
     * How far full repetitions went from rest to peak, by their medians, degrees to a tenth.
     *
     * @param all absent when there was none, as of a side
     * @param left of those that only the left side did
     */
    public record Excursions(
            @Nullable Double all,
            @Nullable Double left,
            @Nullable Double right) {}

    /**
     * Nothing was guessed instead.
     *
     * @param reason a code, such as {@code NO_STILL_POSE}
     * @param details codes that say more, such as the segment without a sensor
     */
    public record NotMeasured(String reason, List<String> details) {
        public NotMeasured {
            details = List.copyOf(details);
        }
    }

    /**
     * One sensor's radio link, by counting sequence numbers.
     *
     * @param samples that arrived, each number once
     * @param doubledSamples that arrived again
     * @param lostSamples numbers between the first and the last that never arrived
     * @param lateBlocks that arrived after one with higher numbers
     * @param lowestBatteryPercent absent when the sensor never said
     * @param exact false when so many gaps were found that they were no longer told apart: then lost and doubled are too
     *     high and too low
     */
    public record SensorLink(
            String segment,
            String side,
            long blocks,
            long samples,
            long doubledSamples,
            long lostSamples,
            long lateBlocks,
            @Nullable Integer lowestBatteryPercent,
            boolean exact) {}
}
