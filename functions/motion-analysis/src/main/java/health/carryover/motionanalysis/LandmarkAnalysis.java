package health.carryover.motionanalysis;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.RepCounter;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.LandmarksDecoder.Streamed;
import health.carryover.platform.streams.StreamLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the repetitions of a landmark recording with the engine that the phone has too, holding one chunk at a time. */
final class LandmarkAnalysis {
    /** To be raised whenever the same recording may come out differently. */
    private static final String ALGORITHM = "motion-1";

    /** A set has ten or twenty; beyond this the peaks say nothing more, and an item has its limits. */
    private static final int MOST_PEAKS = 500;

    private LandmarkAnalysis() {}

    /** @throws IOException if the stream cannot be read; a bad file is a value */
    static Analysis of(InputStream content, Exercise exercise) throws IOException {
        AtomicReference<RepCounter> counter = new AtomicReference<>();
        Streamed read = LandmarksDecoder.stream(
                content,
                StreamLimits.LANDMARKS,
                header -> counter.set(exercise.counter(header.size(), OptionalDouble.empty())),
                frame -> Objects.requireNonNull(counter.get()).accept(frame));
        return switch (read) {
            case Streamed.Refused(var problem) -> new Analysis.Refused(problem);
            case Streamed.Whole _ ->
                new Analysis.Measured(
                        ALGORITHM,
                        movement(Objects.requireNonNull(counter.get()).finish()),
                        List.of());
        };
    }

    private static Measurement.Movement movement(MotionReport report) {
        return new Measurement.Movement(
                report.full().size(),
                report.partial().size(),
                report.full().stream()
                        .limit(MOST_PEAKS)
                        .map(rep -> Math.round(rep.peak().degrees() * 10) / 10.0)
                        .toList(),
                report.view().name(),
                Math.round(report.confidence() * 100) / 100.0,
                report.flags().stream().map(Enum::name).sorted().toList());
    }
}
