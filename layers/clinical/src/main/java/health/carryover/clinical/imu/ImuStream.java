package health.carryover.clinical.imu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Brings blocks of sensors, which come in any order and more than once, into order: hands on samples in sequence, states
 * gaps and restarts. Blocks are first sorted by when the phone got them, then by sequence number. As long as no block comes
 * more than {@link #WINDOW_BLOCKS} places of its sensor out of order, the result depends neither on the order nor on how
 * often a block comes. Memory per sensor: six windows of blocks.
 */
public final class ImuStream {
    /** Blocks of one sensor that are held back so that late ones find their place. */
    public static final int WINDOW_BLOCKS = 64;
    /** How far the sequence may fall before it is a restart, in samples. */
    public static final int WINDOW_SAMPLES = 4_000;
    /** A radio sends a packet again within that time; the same numbers later are a new count. */
    static final long SENT_AGAIN_WITHIN_US = 5_000_000;
    /** Blocks whose like is known for a duplicate after they were handed on. */
    private static final int REMEMBERED_BLOCKS = 4 * WINDOW_BLOCKS;
    /** Gaps that are listed; more are only counted. */
    public static final int MOST_GAPS = 1_000;
    /** Restarts in one recording; more mean a broken sensor. */
    public static final int MOST_EPOCHS = 256;

    /** What became of a block. */
    public enum Taken {
        HELD,
        DUPLICATE,
        /** Its place was passed. */
        LATE
    }

    private static final Comparator<ImuBlock> AS_RECEIVED = Comparator.comparingLong(ImuBlock::receivedUs)
            .thenComparingLong(ImuBlock::firstSequence)
            .thenComparingLong(block -> block.timeUs(0))
            .thenComparingInt(ImuBlock::samples);

    private final Consumer<? super ImuEvent> out;
    private final Map<Integer, Arrivals> sensors = new TreeMap<>();

    public ImuStream(Consumer<? super ImuEvent> out) {
        this.out = out;
    }

    /** @throws IllegalStateException if a sensor restarts more than {@link #MOST_EPOCHS} times */
    public Taken accept(ImuBlock block) {
        return sensors.computeIfAbsent(block.sensor(), sensor -> new Arrivals(new SensorStream(sensor, out)))
                .accept(block);
    }

    /** Hands on all that is held back; nothing is to be accepted after it. */
    public StreamReport finish() {
        List<StreamReport.Sensor> reports = new ArrayList<>();
        for (Arrivals arrivals : sensors.values()) reports.add(arrivals.finish());
        return new StreamReport(reports);
    }

    /** Blocks of one sensor in the order of their reception. */
    private static final class Arrivals {
        private final SensorStream stream;
        private final TreeSet<ImuBlock> held = new TreeSet<>(AS_RECEIVED);
        /** Passed lately. */
        private final TreeSet<ImuBlock> passed = new TreeSet<>(AS_RECEIVED);

        Arrivals(SensorStream stream) {
            this.stream = stream;
        }

        Taken accept(ImuBlock block) {
            boolean gone = !passed.isEmpty() && AS_RECEIVED.compare(block, passed.last()) < 0;
            if (gone && !passed.contains(block)) return stream.tooLate(block) ? Taken.LATE : Taken.DUPLICATE;
            if (passed.contains(block) || !held.add(block)) {
                stream.countDuplicate(block);
                return Taken.DUPLICATE;
            }
            if (held.size() > WINDOW_BLOCKS) pass();
            return Taken.HELD;
        }

        private void pass() {
            ImuBlock first = held.removeFirst();
            passed.add(first);
            if (passed.size() > REMEMBERED_BLOCKS) passed.removeFirst();
            stream.accept(first);
        }

        StreamReport.Sensor finish() {
            while (!held.isEmpty()) pass();
            return stream.finish();
        }
    }
}
