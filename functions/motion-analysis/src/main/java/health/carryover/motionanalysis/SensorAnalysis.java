package health.carryover.motionanalysis;

import health.carryover.clinical.imu.ImuBlock;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.streams.ImuDecoder;
import health.carryover.platform.streams.ImuDecoder.Streamed;
import health.carryover.platform.streams.ImuHeader;
import health.carryover.platform.streams.StreamLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Counts what each sensor's radio lost, doubled and delivered late, holding one block at a time. */
final class SensorAnalysis {
    private static final String ALGORITHM = "imu-link-1";

    private final List<SensorLinkCounter> links = new ArrayList<>();

    private SensorAnalysis() {}

    /** @throws IOException if the stream cannot be read; a bad file is a value */
    static Analysis of(InputStream content) throws IOException {
        SensorAnalysis analysis = new SensorAnalysis();
        return switch (ImuDecoder.stream(content, StreamLimits.IMU, analysis::header, analysis::block)) {
            case Streamed.Refused(var problem) -> new Analysis.Refused(problem);
            case Streamed.Whole(ImuHeader header, long _, long _) ->
                // JOINT ANGLES: the seam. What the fusion of layers/clinical makes of the blocks stands here as
                // movement;
                // until then a sensor recording is not counted, and its check says so.
                new Analysis.Measured(ALGORITHM, null, analysis.links(header));
        };
    }

    private void header(ImuHeader header) {
        header.sensors().forEach(_ -> links.add(new SensorLinkCounter()));
    }

    private void block(ImuBlock block) {
        links.get(block.sensor()).add(block);
    }

    private List<Measurement.SensorLink> links(ImuHeader header) {
        List<Measurement.SensorLink> counted = new ArrayList<>();
        for (int i = 0; i < links.size(); i++)
            counted.add(links.get(i).link(header.sensors().get(i)));
        return counted;
    }
}
