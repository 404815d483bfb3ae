package health.carryover.clinical.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.imu.ImuEvent.Gap;
import health.carryover.clinical.imu.ImuEvent.Restarted;
import health.carryover.clinical.imu.ImuEvent.Samples;
import health.carryover.clinical.imu.ImuStream.Taken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImuStreamTest {
    private static final int SIZE = 10;

    /** Ten samples at 100 Hz; the sensor's clock may be slow. */
    private static ImuBlock block(int sensor, long first, long clockUs, long receivedUs, int battery) {
        long[] times = new long[SIZE];
        float[] values = new float[9 * SIZE];
        for (int i = 0; i < SIZE; i++) {
            times[i] = clockUs + i * 10_000L;
            values[9 * i] = (first + i) % 1000;
        }
        return ImuBlock.of(sensor, first, receivedUs, battery, true, times, values);
    }

    /** Blocks of a sensor as sent, received 20-50 ms after their last sample. */
    private static List<ImuBlock> blocks(int sensor, int count, long seed) {
        Random random = new Random(seed);
        List<ImuBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++)
            blocks.add(block(
                    sensor,
                    (long) i * SIZE,
                    i * 100_000L,
                    i * 100_000L + 110_000 + random.nextInt(30_000),
                    Math.max(0, 90 - i / 20)));
        return blocks;
    }

    private record Run(List<String> events, StreamReport report) {}

    private static Run run(List<ImuBlock> blocks) {
        List<String> events = new ArrayList<>();
        ImuStream stream = new ImuStream(event -> events.add(described(event)));
        for (ImuBlock block : blocks) stream.accept(block);
        return new Run(events, stream.finish());
    }

    private static String described(ImuEvent event) {
        return event instanceof Samples s
                ? "samples " + s.sensor() + " " + s.epoch() + " " + (s.block().firstSequence() + s.from()) + " to "
                        + (s.block().firstSequence() + s.block().samples())
                : event.toString();
    }

    private static List<String> of(List<String> events, int sensor) {
        return events.stream()
                .filter(e -> e.startsWith("samples " + sensor) || e.contains("sensor=" + sensor))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void order_and_repetition_of_blocks_change_nothing(long seed) {
        Random random = new Random(seed);
        List<ImuBlock> sent = new ArrayList<>();
        for (int sensor = 0; sensor < 3; sensor++) {
            List<ImuBlock> of = blocks(sensor, 60, seed + sensor);
            of.removeIf(_ -> random.nextInt(8) == 0);
            sent.addAll(of);
        }
        // The second sensor is switched off and on again: count and clock begin anew.
        for (int i = 0; i < 40; i++) sent.add(block(1, (long) i * SIZE, i * 100_000L, 30_000_000L + i * 100_000L, 80));
        List<ImuBlock> shuffled = new ArrayList<>(sent);
        for (int i = 0; i < 100; i++) shuffled.add(sent.get(random.nextInt(sent.size())));
        Collections.shuffle(shuffled, random);
        // Sensor 1 has more blocks than the window, so it may only be disturbed within the window.
        shuffled.removeIf(b -> b.sensor() == 1);
        List<ImuBlock> second =
                new ArrayList<>(sent.stream().filter(b -> b.sensor() == 1).toList());
        for (int i = 0; i + 30 <= second.size(); i += 30) Collections.shuffle(second.subList(i, i + 30), random);
        for (int i = 0; i < second.size(); i += 3) second.add(i, second.get(i));
        shuffled.addAll(second);
        Run straight = run(sent);
        Run disturbed = run(shuffled);
        for (int sensor = 0; sensor < 3; sensor++) {
            assertThat(of(disturbed.events(), sensor)).isEqualTo(of(straight.events(), sensor));
            StreamReport.Sensor one = straight.report().sensors().get(sensor);
            StreamReport.Sensor other = disturbed.report().sensors().get(sensor);
            assertThat(other.duplicateSamples()).isGreaterThan(one.duplicateSamples());
            assertThat(other)
                    .usingRecursiveComparison()
                    .ignoringFields("duplicateSamples")
                    .isEqualTo(one);
        }
        assertThat(straight.events().stream().filter(e -> e.startsWith("Restarted")))
                .hasSize(1);
    }

    @Test
    void a_gap_is_stated_with_its_numbers_and_its_length() {
        List<ImuBlock> sent = blocks(4, 50, 1);
        sent.subList(20, 25).clear();
        List<ImuEvent> events = new ArrayList<>();
        ImuStream stream = new ImuStream(events::add);
        sent.forEach(stream::accept);
        StreamReport.Sensor report = stream.finish().sensors().getFirst();
        // From the sample of number 199 to that of 250: 51 steps of 10 ms.
        assertThat(events.stream().filter(Gap.class::isInstance)).containsExactly(new Gap(4, 0, 200, 250, 510_000));
        assertThat(report.lost()).isEqualTo(50);
        assertThat(report.samples()).isEqualTo(450);
        assertThat(report.loss()).isCloseTo(0.1, within(1e-9));
        assertThat(report.firstBattery()).isEqualTo(90);
        assertThat(report.lowestBattery()).isEqualTo(88);
    }

    @Test
    void a_packet_sent_again_later_closes_its_gap() {
        List<ImuBlock> sent = blocks(0, 50, 2);
        ImuBlock late = sent.remove(20);
        sent.add(30, block(0, late.firstSequence(), late.timeUs(0), sent.get(29).receivedUs() + 1, 88));
        Run run = run(sent);
        assertThat(run.events().stream().filter(e -> e.startsWith("Gap"))).isEmpty();
        assertThat(run.report().sensors().getFirst().samples()).isEqualTo(500);
    }

    @Test
    void a_sensor_connected_again_is_stated_and_goes_on() {
        List<ImuBlock> sent = new ArrayList<>(blocks(0, 500, 3));
        // The count goes on, the clock begins anew.
        for (int i = 0; i < 10; i++)
            sent.add(block(0, 5_000 + (long) i * SIZE, i * 100_000L, 90_000_000L + i * 100_000L, 50));
        List<ImuEvent> events = new ArrayList<>();
        ImuStream stream = new ImuStream(events::add);
        sent.forEach(stream::accept);
        StreamReport.Sensor report = stream.finish().sensors().getFirst();
        assertThat(events.stream().filter(Restarted.class::isInstance).map(Restarted.class::cast))
                .singleElement()
                .satisfies(restarted -> {
                    assertThat(restarted.why()).isEqualTo(ImuEvent.Restart.CLOCK_FELL);
                    assertThat(restarted.epoch()).isEqualTo(1);
                    assertThat(restarted.silentUs()).isBetween(39_900_000L, 40_100_000L);
                });
        assertThat(report.samples()).isEqualTo(5_100);
        assertThat(report.lost()).isZero();
        assertThat(report.epochs()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-80, 0, 35, 80})
    void the_drift_of_a_clock_is_found_behind_an_uneven_radio(double ppm) {
        Random random = new Random(5);
        ImuStream stream = new ImuStream(_ -> {});
        for (int i = 0; i < 6_000; i++) {
            long clock = i * 100_000L;
            double phone = 3_000_000 + (1 + ppm * 1e-6) * (clock + 90_000);
            // Mostly a few ms late, sometimes a second.
            double late = -5_000 * Math.log(1 - random.nextDouble()) + (random.nextInt(50) == 0 ? 1e6 : 0);
            stream.accept(block(0, (long) i * SIZE, clock, Math.round(phone + late), -1));
        }
        StreamReport.Sensor report = stream.finish().sensors().getFirst();
        ClockFit fit = report.epochs().getFirst().clock();
        assertThat(fit.driftPpm()).isCloseTo(ppm, within(3.0));
        assertThat((double) fit.phoneUs(300_000_000))
                .isCloseTo(3_000_000 + (1 + ppm * 1e-6) * 300_000_000, within(1_000.0));
        assertThat(report.firstBattery()).as("never said").isEqualTo(-1);
    }

    @Test
    void what_comes_when_its_place_has_passed_is_counted_and_dropped() {
        List<ImuBlock> sent = blocks(0, 200, 6);
        ImuBlock lost = sent.remove(10);
        ImuStream stream = new ImuStream(_ -> {});
        sent.forEach(stream::accept);
        assertThat(stream.accept(sent.get(5))).isEqualTo(Taken.DUPLICATE);
        stream.accept(lost);
        StreamReport.Sensor report = stream.finish().sensors().getFirst();
        assertThat(report.lost() + report.samples()).isEqualTo(2_000);
        assertThat(report.duplicateSamples()).isGreaterThanOrEqualTo(SIZE);
    }

    @Test
    void an_hour_of_blocks_keeps_no_more_than_two_windows() {
        int[] handedOn = {0};
        ImuStream stream = new ImuStream(event -> {
            if (event instanceof Samples) handedOn[0]++;
        });
        List<ImuBlock> sent = blocks(0, 36_000, 7);
        for (int i = 0; i < sent.size(); i++) {
            stream.accept(sent.get(i));
            assertThat(i + 1 - handedOn[0]).isLessThanOrEqualTo(ImuStream.WINDOW_BLOCKS + 1);
        }
    }
}
