package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewEstimatorTest {
    @ParameterizedTest(name = "a camera at {0} degrees sees the person {1}")
    @CsvSource({
        "0,FRONTAL",
        "15,FRONTAL",
        "-15,FRONTAL",
        "40,OBLIQUE",
        "-40,OBLIQUE",
        "75,LATERAL",
        "-90,LATERAL",
        "180,REAR",
        "165,REAR"
    })
    void a_camera_at(double azimuth, View expected) {
        var estimator = new ViewEstimator(new ImageSize(1280, 720));
        BodyModel.doing(Move.BICEP_CURL, 1).seenFrom(azimuth).record().frames().forEach(estimator::add);
        assertThat(estimator.view()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "someone lying on the back, seen from {0} degrees, is seen {1}")
    @CsvSource({"90,LATERAL", "-90,LATERAL"})
    void lying(double azimuth, View expected) {
        var estimator = new ViewEstimator(new ImageSize(1280, 720));
        BodyModel.doing(Move.HEEL_SLIDE, 1).seenFrom(azimuth).record().frames().forEach(estimator::add);
        assertThat(estimator.view()).isEqualTo(expected);
    }

    @Test
    void someone_who_turns_is_seen_mixed() {
        var estimator = new ViewEstimator(new ImageSize(1280, 720));
        List<Frame> frames = new ArrayList<>();
        frames.addAll(BodyModel.doing(Move.BICEP_CURL, 1).seenFrom(0).record().frames());
        frames.addAll(BodyModel.doing(Move.BICEP_CURL, 1).seenFrom(90).record().frames());
        frames.forEach(estimator::add);
        assertThat(estimator.view()).isEqualTo(View.MIXED);
    }
}
