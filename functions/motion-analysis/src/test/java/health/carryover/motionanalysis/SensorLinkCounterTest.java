package health.carryover.motionanalysis;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.platform.records.Measurement.SensorLink;
import health.carryover.platform.streams.ImuHeader.Sensor;
import health.carryover.platform.streams.ImuHeader.Side;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SensorLinkCounterTest {
    private static final Sensor SENSOR = new Sensor(Segment.THIGH, Side.RIGHT);

    private static ImuBlock block(long first, int samples, int battery) {
        long[] timesUs = new long[samples];
        for (int i = 0; i < samples; i++) timesUs[i] = i;
        return ImuBlock.of(0, first, 0, battery, false, timesUs, new float[samples * ImuBlock.CHANNELS]);
    }

    private static SensorLink link(ImuBlock... blocks) {
        var counter = new SensorLinkCounter();
        for (ImuBlock block : blocks) counter.add(block);
        return counter.link(SENSOR);
    }

    @Test
    void a_radio_without_faults_loses_and_doubles_nothing() {
        assertThat(link(block(100, 10, 90), block(110, 10, 89)))
                .isEqualTo(new SensorLink("THIGH", "RIGHT", 2, 20, 0, 0, 0, 89, true));
    }

    @Test
    void what_is_lost_doubled_and_late_is_told_apart() {
        // 0-9, then 20-29, then 10-14 late, then 12-21 late: doubles 12-14 and 20-21, fills 15-19; 30-39 lost
        assertThat(link(block(0, 10, -1), block(20, 10, -1), block(10, 5, -1), block(12, 10, -1), block(40, 1, -1)))
                .isEqualTo(new SensorLink("THIGH", "RIGHT", 5, 31, 5, 10, 2, null, true));
    }

    @Test
    void a_sensor_that_never_sent_has_nothing_to_lose() {
        assertThat(link()).isEqualTo(new SensorLink("THIGH", "RIGHT", 0, 0, 0, 0, 0, null, true));
    }

    /** Against a bit for every number. */
    @Test
    void the_figures_are_those_of_counting_one_by_one() {
        var random = new Random(11);
        for (int round = 0; round < 500; round++) {
            var counter = new SensorLinkCounter();
            var there = new BitSet();
            int doubled = 0;
            for (int i = 0; i < 30; i++) {
                int first = random.nextInt(300);
                int samples = 1 + random.nextInt(20);
                for (int n = first; n < first + samples; n++) {
                    if (there.get(n)) doubled++;
                    there.set(n);
                }
                counter.add(block(first, samples, 50));
            }
            SensorLink link = counter.link(SENSOR);
            assertThat(link.samples()).isEqualTo(there.cardinality());
            assertThat(link.doubledSamples()).isEqualTo(doubled);
            assertThat(link.lostSamples()).isEqualTo(there.length() - there.nextSetBit(0) - there.cardinality());
            assertThat(link.exact()).isTrue();
        }
    }

    @Test
    void numbers_from_end_to_end_of_a_long_do_not_overflow() {
        SensorLink link = link(block(0, 1, 1), block(Long.MAX_VALUE - 5, 5, 1));
        assertThat(link.lostSamples()).isEqualTo(Long.MAX_VALUE - 6);
    }

    @Test
    void a_stream_of_nothing_but_gaps_is_bounded_and_says_that_it_is_not_exact() {
        var counter = new SensorLinkCounter();
        for (long i = 0; i < 3 * SensorLinkCounter.MOST_STRETCHES; i++) counter.add(block(2 * i, 1, 1));
        SensorLink link = counter.link(SENSOR);
        assertThat(link.exact()).isFalse();
        assertThat(link.samples()).isEqualTo(3L * SensorLinkCounter.MOST_STRETCHES);
    }
}
