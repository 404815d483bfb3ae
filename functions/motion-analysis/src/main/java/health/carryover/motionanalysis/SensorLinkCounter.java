package health.carryover.motionanalysis;

import health.carryover.clinical.imu.ImuBlock;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.streams.ImuHeader;
import java.util.Map;
import java.util.TreeMap;

/**
 * One sensor's sequence numbers, as stretches that arrived without a gap. Its memory is bounded: after
 * {@value #MOST_STRETCHES} stretches a further one is left out, and the figures say that they are not exact.
 */
final class SensorLinkCounter {
    /** Two hours at 100 Hz in blocks of ten have 72,000 blocks; with every seventh lost there are as many gaps as this. */
    static final int MOST_STRETCHES = 10_000;

    /** First number to the number after the last. */
    private final TreeMap<Long, Long> stretches = new TreeMap<>();

    private long first = Long.MAX_VALUE;
    private long next;
    private long blocks;
    private long arrived;
    private long doubled;
    private long lateBlocks;
    private int lowestBattery = Integer.MAX_VALUE;
    private boolean exact = true;

    void add(ImuBlock block) {
        long from = block.firstSequence();
        long to = from + block.samples();
        blocks++;
        arrived += block.samples();
        if (from < next) lateBlocks++;
        first = Math.min(first, from);
        next = Math.max(next, to);
        if (block.batteryPercent() >= 0) lowestBattery = Math.min(lowestBattery, block.batteryPercent());
        merge(from, to);
    }

    /** Joins the stretch with all that it touches or overlaps; what overlaps was there before. */
    private void merge(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> touching = stretches.floorEntry(end);
        while (touching != null && touching.getValue() >= start) {
            doubled += Math.max(0, Math.min(to, touching.getValue()) - Math.max(from, touching.getKey()));
            start = Math.min(start, touching.getKey());
            end = Math.max(end, touching.getValue());
            stretches.remove(touching.getKey());
            touching = stretches.floorEntry(end);
        }
        if (stretches.size() < MOST_STRETCHES) stretches.put(start, end);
        else exact = false;
    }

    Measurement.SensorLink link(ImuHeader.Sensor sensor) {
        long there = stretches.entrySet().stream()
                .mapToLong(stretch -> stretch.getValue() - stretch.getKey())
                .sum();
        return new Measurement.SensorLink(
                sensor.segment().name(),
                sensor.side().name(),
                blocks,
                arrived - doubled,
                doubled,
                blocks == 0 ? 0 : next - first - there,
                lateBlocks,
                lowestBattery == Integer.MAX_VALUE ? null : lowestBattery,
                exact);
    }
}
