package health.carryover.motionanalysis;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Rep;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.LandmarksDecoder.Streamed;
import health.carryover.platform.streams.StreamLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the repetitions of a landmark recording with the engine that the phone has too, holding one chunk at a time. */
final class LandmarkAnalysis {
    private LandmarkAnalysis() {}

    /**
     * What a camera does not measure is read, so that a bad file is found, and has no movement.
     * @throws IOException if the stream cannot be read; a bad file is a value
     */
    static Analysis of(InputStream content, Exercise exercise) throws IOException {
        AtomicReference<@Nullable MotionMeter> meter = new AtomicReference<>();
        Streamed read = LandmarksDecoder.stream(
                content,
                StreamLimits.LANDMARKS,
                header ->
                        meter.set(exercise.meter(header.size(), RangeGoal.NONE).orElse(null)),
                frame -> {
                    MotionMeter measuring = meter.get();
                    if (measuring != null) measuring.accept(frame);
                });
        return switch (read) {
            case Streamed.Refused(var problem) -> new Analysis.Refused(problem);
            case Streamed.Whole _ -> {
                MotionMeter measured = meter.get();
                yield new Analysis.Measured(
                        MotionMeter.VERSION, measured == null ? null : movement(measured.finish()), List.of(), null);
            }
        };
    }

    private static Measurement.Movement movement(MotionReport report) {
        return new Measurement.Movement(
                report.full().size(),
                report.partial().size(),
                Analysis.peaks(report.full()),
                report.view().name(),
                Math.round(report.confidence() * 100) / 100.0,
                Analysis.names(report.flags()),
                new Measurement.Excursions(
                        excursion(report.full()),
                        excursion(of(report.full(), Rep.Sides.LEFT)),
                        excursion(of(report.full(), Rep.Sides.RIGHT))));
    }

    private static List<Rep> of(List<Rep> reps, Rep.Sides sides) {
        return reps.stream().filter(rep -> rep.sides() == sides).toList();
    }

    /** Median, to a tenth of a degree. */
    private static @Nullable Double excursion(List<Rep> reps) {
        double[] degrees = reps.stream().mapToDouble(Rep::excursionDeg).sorted().toArray();
        if (degrees.length == 0) return null;
        return Math.round((degrees[(degrees.length - 1) / 2] + degrees[degrees.length / 2]) * 5) / 10.0;
    }
}
