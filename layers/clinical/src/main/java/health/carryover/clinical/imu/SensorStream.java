package health.carryover.clinical.imu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Blocks of one sensor in the order in which the phone got them: brought into sequence, with gaps and restarts. */
final class SensorStream {
    private final int sensor;
    private final Consumer<? super ImuEvent> out;
    /** By first sequence number: came before what lies between. */
    private final TreeMap<Long, ImuBlock> waiting = new TreeMap<>();

    private final List<ImuEvent.Gap> gaps = new ArrayList<>();
    private final List<StreamReport.Epoch> epochs = new ArrayList<>();
    private ClockFitter clock = new ClockFitter();
    private boolean begun;
    private long begunAt;
    private long next;
    private long highest;
    private long newestUs;
    private long firstUs;
    private long lastUs;
    private long lastReceivedUs;
    private long leastDelayUs;

    private long samples;
    private long lost;
    private long duplicates;
    private long late;
    private long gapCount;
    private int firstBattery = -1;
    private int lastBattery = -1;
    private int lowestBattery = -1;

    SensorStream(int sensor, Consumer<? super ImuEvent> out) {
        this.sensor = sensor;
        this.out = out;
    }

    void accept(ImuBlock block) {
        battery(block.batteryPercent());
        long first = block.firstSequence();
        long past = first + block.samples();
        if (!begun) {
            begin(block);
        } else if (first < highest - ImuStream.WINDOW_SAMPLES
                || past <= next && delayUs(block) > leastDelayUs + ImuStream.SENT_AGAIN_WITHIN_US) {
            restart(block, ImuEvent.Restart.SEQUENCE_FELL);
        } else if (first >= highest && block.timeUs(0) <= newestUs) {
            restart(block, ImuEvent.Restart.CLOCK_FELL);
        }
        lastReceivedUs = block.receivedUs();
        leastDelayUs = Math.min(leastDelayUs, delayUs(block));
        if (past > highest) {
            highest = past;
            newestUs = block.timeUs(block.samples() - 1);
        }
        clock.add(block.timeUs(block.samples() - 1), block.receivedUs());
        if (past <= begunAt) {
            // Before the first that came in this epoch: handed on is handed on.
            late++;
            return;
        }
        if (past <= next) {
            duplicates += block.samples();
            return;
        }
        ImuBlock same = waiting.get(first);
        if (same != null) {
            duplicates += Math.min(same.samples(), block.samples());
            if (same.samples() >= block.samples()) return;
        }
        waiting.put(first, block);
        while (!waiting.isEmpty() && (waiting.firstKey() <= next || highest - next > ImuStream.WINDOW_SAMPLES))
            release();
    }

    /** How late the block came, by clocks that differ. */
    private static long delayUs(ImuBlock block) {
        return block.receivedUs() - block.timeUs(block.samples() - 1);
    }

    private void begin(ImuBlock block) {
        begun = true;
        begunAt = next = highest = block.firstSequence();
        firstUs = lastUs = block.timeUs(0);
        newestUs = Long.MIN_VALUE;
        leastDelayUs = delayUs(block);
    }

    private void restart(ImuBlock block, ImuEvent.Restart why) {
        endEpoch();
        if (epochs.size() >= ImuStream.MOST_EPOCHS)
            throw new IllegalStateException("sensor " + sensor + " restarted " + ImuStream.MOST_EPOCHS + " times");
        out.accept(new ImuEvent.Restarted(sensor, epochs.size(), why, block.receivedUs() - lastReceivedUs));
        begin(block);
    }

    /** Hands on the first of those waiting; what is missing before it is lost. */
    private void release() {
        Map.Entry<Long, ImuBlock> entry = waiting.pollFirstEntry();
        ImuBlock block = entry.getValue();
        long first = entry.getKey();
        long past = first + block.samples();
        if (first > next) gap(first, block.timeUs(0));
        int from = (int) Math.max(0, next - first);
        duplicates += Math.min(from, block.samples());
        if (past <= next) return;
        samples += block.samples() - from;
        next = past;
        lastUs = block.timeUs(block.samples() - 1);
        out.accept(new ImuEvent.Samples(sensor, epochs.size(), block, from));
    }

    private void gap(long past, long untilUs) {
        ImuEvent.Gap gap = new ImuEvent.Gap(sensor, epochs.size(), next, past, untilUs - lastUs);
        lost += gap.samples();
        gapCount++;
        if (gaps.size() < ImuStream.MOST_GAPS) gaps.add(gap);
        out.accept(gap);
    }

    private void endEpoch() {
        while (!waiting.isEmpty()) release();
        epochs.add(new StreamReport.Epoch(epochs.size(), firstUs, lastUs, clock.fit()));
        clock = new ClockFitter();
    }

    /** Of a block whose place among the receptions was passed: whether it would have brought something new. */
    boolean tooLate(ImuBlock block) {
        boolean known = block.firstSequence() + block.samples() <= next || waiting.containsKey(block.firstSequence());
        if (known) duplicates += block.samples();
        else late++;
        return !known;
    }

    void countDuplicate(ImuBlock block) {
        duplicates += block.samples();
    }

    private void battery(int percent) {
        if (percent < 0) return;
        if (firstBattery < 0) firstBattery = percent;
        lastBattery = percent;
        lowestBattery = lowestBattery < 0 ? percent : Math.min(lowestBattery, percent);
    }

    StreamReport.Sensor finish() {
        if (begun) endEpoch();
        return new StreamReport.Sensor(
                sensor,
                samples,
                lost,
                duplicates,
                late,
                gaps,
                gapCount,
                firstBattery,
                lastBattery,
                lowestBattery,
                epochs);
    }
}
