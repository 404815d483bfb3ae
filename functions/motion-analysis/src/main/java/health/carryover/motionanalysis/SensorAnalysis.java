package health.carryover.motionanalysis;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.session.SensorMeter;
import health.carryover.clinical.session.SensorMeter.Counted;
import health.carryover.clinical.session.SensorMeter.NotMeasurable;
import health.carryover.clinical.session.SensorMeter.Worn;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.records.Measurement.Movement;
import health.carryover.platform.records.Measurement.NotMeasured;
import health.carryover.platform.streams.ImuDecoder;
import health.carryover.platform.streams.ImuDecoder.Streamed;
import health.carryover.platform.streams.ImuHeader;
import health.carryover.platform.streams.StreamLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the repetitions of a sensor recording from the joint angle that its sensors give, and what each sensor's radio
 * lost, doubled and delivered late.
 */
final class SensorAnalysis {
    private final Exercise exercise;
    private final List<SensorLinkCounter> links = new ArrayList<>();
    private @Nullable SensorMeter meter;

    private SensorAnalysis(Exercise exercise) {
        this.exercise = exercise;
    }

    /** @throws IOException if the stream cannot be read; a bad file is a value */
    static Analysis of(InputStream content, Exercise exercise) throws IOException {
        SensorAnalysis analysis = new SensorAnalysis(exercise);
        return switch (ImuDecoder.stream(content, StreamLimits.IMU, analysis::header, analysis::block)) {
            case Streamed.Refused(var problem) -> new Analysis.Refused(problem);
            case Streamed.Whole(ImuHeader header, long _, long _) -> analysis.measured(header);
        };
    }

    private void header(ImuHeader header) {
        header.sensors().forEach(_ -> links.add(new SensorLinkCounter()));
        meter = new SensorMeter(
                exercise, header.sensors().stream().map(SensorAnalysis::worn).toList());
    }

    private static Worn worn(ImuHeader.Sensor sensor) {
        return new Worn(
                sensor.segment(),
                switch (sensor.side()) {
                    case LEFT -> Optional.of(Side.LEFT);
                    case RIGHT -> Optional.of(Side.RIGHT);
                    case MIDDLE -> Optional.empty();
                });
    }

    private void block(ImuBlock block) {
        links.get(block.sensor()).add(block);
        Objects.requireNonNull(meter).accept(block);
    }

    private Analysis measured(ImuHeader header) {
        List<Measurement.SensorLink> sensors = new ArrayList<>();
        for (int i = 0; i < links.size(); i++)
            sensors.add(links.get(i).link(header.sensors().get(i)));
        return switch (Objects.requireNonNull(meter).finish()) {
            case Counted counted -> new Analysis.Measured(SensorMeter.VERSION, movement(counted), sensors, null);
            case NotMeasurable(var reason, var details) ->
                new Analysis.Measured(SensorMeter.VERSION, null, sensors, new NotMeasured(reason.name(), details));
        };
    }

    private static Movement movement(Counted counted) {
        return new Movement(
                counted.of(Rep.Kind.FULL).size(),
                counted.of(Rep.Kind.PARTIAL).size(),
                Analysis.peaks(counted.of(Rep.Kind.FULL)),
                null,
                Math.round(counted.measuredShare() * 100) / 100.0,
                Analysis.names(counted.flags()));
    }
}
